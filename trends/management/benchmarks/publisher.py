"""An editor at work, in a process of its own: so many publications and other commits a second.

`python -m trends.management.benchmarks.publisher SECONDS PUBLISHES OTHERS` prints a line when it
begins and in the end {"publishes": a second, "others": a second}.
"""

import json
import sys
import time

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from trends.models import Article, DayViews  # noqa: E402
from trends.models.making import make_article  # noqa: E402

SAID = "It says no more than it has to, since it is made to be published and read by nobody."


def main(seconds: float, publishes: int, others: int) -> None:
    drafts = [
        make_article(f"A publication to measure with, the {n}th", standfirst=SAID, lede=SAID)
        for n in range(round(seconds * publishes) + 1)
    ]
    read = Article.objects.order_by("pk").values_list("pk", flat=True)[0]
    print("ready", flush=True)
    sys.stdin.readline()
    begin = time.monotonic()
    published = noted = 0
    while (now := time.monotonic() - begin) < seconds:
        # What is further behind comes first.
        is_turn = published * others <= noted * publishes
        if drafts and published < now * publishes and (is_turn or noted >= now * others):
            drafts.pop().publish_now(by=None, now=timezone.now())
            published += 1
        elif noted < now * others:
            with transaction.atomic():
                DayViews.objects.add({(read, timezone.localdate()): 1})
            noted += 1
        else:
            time.sleep(0.001)
    print(json.dumps({"publishes": published / seconds, "others": noted / seconds}))


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
