"""Empty the demo newsroom: remove what it made, and nothing that anybody else made.

What people's own pieces use stays and is theirs from then on: a demo trend that one of them
links to, the author of a byline, the account somebody worked with.
"""

from dataclasses import dataclass, field

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Exists, ForeignObjectRel, OuterRef

from ..models import (
    Address,
    Author,
    Correction,
    Edition,
    Image,
    Job,
    RelatedLink,
    Release,
    Revision,
    Topic,
)
from . import made


@dataclass(slots=True)
class Removed:
    """How many rows of each kind went, and the names of those that stayed."""

    counts: dict[str, int] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)


def edited_since() -> int:
    """How many of the demo's trends somebody has changed since it was loaded."""
    loaded = made.log().order_by("action_time").values_list("action_time", flat=True).first()
    newer = Revision.objects.filter(article=OuterRef("pk"), created_at__gt=loaded)
    return made.articles().filter(Exists(newer)).count() if loaded else 0


@transaction.atomic
def reset() -> Removed:
    """Remove what the demo made. Files of pictures go after the commit."""
    done = Removed()
    _remove_articles(done)
    for model in (Release, Author, Topic, Image, User):
        for row in made.rows(model):
            _remove_row(row, done)
    made.log().delete()  # what is left is nobody's demo any more
    return done


def _remove_articles(done: Removed) -> None:
    outside = RelatedLink.objects.exclude(article__in=made.articles())
    linked = made.articles().filter(pk__in=outside.exclude(target=None).values("target"))
    for article in linked:
        done.kept.append(f"trend “{article}”")
    linked.update(legacy_id=None)
    gone = made.articles()
    done.counts["trend"] = gone.count()
    Job.objects.filter(payload__article__in=list(gone.values_list("pk", flat=True))).delete()
    for model in (Correction, Edition, Address):  # they protect their article
        model._default_manager.filter(article__in=gone).delete()
    gone.delete()


def _remove_row(row: models.Model, done: Removed) -> None:
    name = _name(row)
    if _in_use(row):
        done.kept.append(f"{name} “{row}”")
        return
    done.counts[name] = done.counts.get(name, 0) + 1
    row.delete()


def _name(row: models.Model) -> str:
    names = {Image: "picture", User: "account"}
    return names.get(type(row), str(row._meta.verbose_name))


def _in_use(row: models.Model) -> bool:
    """Another row refers to it, or it holds a piece; the log of what somebody did is no
    content."""
    if isinstance(row, Release) and row.articles.exists():
        return True
    for relation in row._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or relation.many_to_many:
            continue
        model = relation.related_model
        if model is LogEntry or model._meta.auto_created:  # the latter: an account's groups
            continue
        if model._base_manager.filter(**{relation.field.name: row}).exists():
            return True
    return False
