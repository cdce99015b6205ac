"""The step over the form of the piece itself, and forms that are sent twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.admin.forms import in_force, page_url, posted
from tests.admin.test_publish_now import press
from tests.workflow.conftest import READY, edit
from trends.models import Article, Correction, Status
from trends.models.making import make_article

STEP = "?step=publish_now"


@pytest.fixture
def draft(wes: User) -> Article:
    return make_article("A second pump house for the harbour", by=wes, **READY)


@pytest.fixture
def live(draft: Article, pam: User) -> Article:
    draft.publish_now(by=pam, now=timezone.now() - timedelta(days=2))
    return draft


def test_save_and_publish_leads_to_the_panel(desk: Any, pam: User, draft: Article) -> None:
    client, url = desk(pam), page_url(draft)
    data = posted(client.get(url), title="A better title") | {"_publish": "1"}
    response = client.post(url, data, follow=True)
    assert response.redirect_chain[-1][0].startswith(f"{url}{STEP}")
    assert "A better title" in response.content.decode()
    assert draft.status() == Status.UNPUBLISHED
    panel = response.context_data["panel"]
    data = {field.name: field.value() or "" for field in panel["form"]}
    assert client.post(panel["action"], data).url == url
    assert in_force(draft).title == "A better title"


def test_a_refusal_keeps_what_was_typed(desk: Any, pam: User, draft: Article) -> None:
    edit(draft, by=pam, standfirst="")
    panel = desk(pam).get(page_url(draft) + STEP).context_data["panel"]
    data = {field.name: field.value() or "" for field in panel["form"]}
    response = desk(pam).post(panel["action"], data | {"note": "At last."})
    assert response.status_code == 409
    assert "At last." in response.content.decode()


@pytest.mark.parametrize("step", ["publish_now", "submit", "approve", "schedule"])
def test_other_steps_stand_there_too(desk: Any, pam: User, draft: Article, step: str) -> None:
    page = desk(pam).get(f"{page_url(draft)}?step={step}")
    assert page.context_data["panel"]["verb"] == step


@pytest.mark.parametrize("step", ["remove", "nonsense", ""])
def test_nothing_else_does(desk: Any, pam: User, draft: Article, step: str) -> None:
    assert "panel" not in desk(pam).get(f"{page_url(draft)}?step={step}").context_data


def test_a_writer_gets_neither_button_nor_panel(desk: Any, wes: User, draft: Article) -> None:
    client, url = desk(wes), page_url(draft)
    page = client.get(url + STEP)
    assert "panel" not in page.context_data
    assert 'name="_publish"' not in page.content.decode()
    data = posted(client.get(url), title="Mine") | {"_publish": "1"}
    assert "step" not in client.post(url, data).url


class TestSentTwice:
    def test_publish_now(self, desk: Any, pam: User, draft: Article) -> None:
        self.twice(desk(pam), draft, "publish_now", {"note": ""})
        assert draft.editions.count() == 1

    def test_publish_now_of_a_change(self, desk: Any, pam: User, live: Article) -> None:
        edit(live, by=pam, context="<p>It dates from long ago. [[E1]]</p>")
        data = {"sections": ["context"], "change": "update", "update_line": "Older."}
        self.twice(desk(pam), live, "publish_now", data)

    def test_correct(self, desk: Any, pam: User, live: Article) -> None:
        data = {"text": "It was south.", "kind": "correction", "severity": "other"}
        self.twice(desk(pam), live, "correct", data)
        assert Correction.objects.count() == 1

    def test_schedule(self, desk: Any, pam: User, draft: Article) -> None:
        draft.submit(by=pam)
        draft.approve(by=pam)
        at = timezone.now() + timedelta(days=9)
        data = {"live_from": at.strftime("%Y-%m-%dT%H:%M")}
        self.twice(desk(pam), draft, "schedule", data)
        assert len(draft.planned()) == 1

    @pytest.mark.parametrize(
        ("verb", "data"),
        [
            ("retract", {"reason": "wrong", "notice": "So."}),
            ("remove", {"note": "Law."}),
            ("hold", {"note": "Law."}),
        ],
    )
    def test_the_others(
        self, desk: Any, pam: User, live: Article, verb: str, data: dict[str, str]
    ) -> None:
        self.twice(desk(pam), live, verb, data)

    @pytest.mark.parametrize("verb", ["publish_now", "undo"])
    def test_within_the_grace(
        self, desk: Any, pam: User, draft: Article, settings: Any, verb: str
    ) -> None:
        settings.NEWSROOM_PUBLISH_GRACE = 10
        if verb == "undo":
            press(desk(pam), draft)
        self.twice(desk(pam), draft, verb, {})

    def twice(self, client: Any, article: Article, verb: str, data: dict[str, Any]) -> None:
        data = {"version": article.version} | data
        first, steps = client.post(page_url(article, verb), data), article.transitions.count()
        second = client.post(page_url(article, verb), data)
        assert (second.status_code, second.url) == (first.status_code, first.url)
        assert article.transitions.count() == steps


@pytest.mark.parametrize("reason", ["wrong", "early", "legal"])
def test_a_retraction_has_words_for_its_reason(
    desk: Any, client: Any, pam: User, live: Article, reason: str
) -> None:
    press(desk(pam), live, "retract", reason=reason)
    edition = in_force(live)
    page = client.get(edition.get_absolute_url()).content.decode()
    assert edition.reason == reason
    assert edition.notice in page
    assert edition.get_reason_display() in page


class TestMoments:
    @pytest.fixture(autouse=True)
    def berlin(self, settings: Any) -> None:
        settings.TIME_ZONE = "Europe/Berlin"

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("2099-03-29T02:30", "The clock skips this time on that day."),
            ("2099-10-25T02:30", "The clock shows this time twice on that day."),
            ("2001-01-01T12:00", "The time lies in the past."),
            ("soon", "This is no date and time."),
        ],
    )
    @pytest.mark.parametrize("verb", ["schedule", "reschedule"])
    def test_odd_ones_are_refused(
        self, desk: Any, pam: User, draft: Article, verb: str, typed: str, said: str
    ) -> None:
        self.approved(draft, pam)
        if verb == "reschedule":
            draft.schedule(by=pam, live_from=timezone.now() + timedelta(days=1))
        response = press(desk(pam), draft, verb, live_from=typed)
        page = response.content.decode()
        assert said in page
        assert "Time zone: Europe/Berlin" in page

    def test_the_chosen_one_is_said_in_words(self, desk: Any, pam: User, draft: Article) -> None:
        self.approved(draft, pam)
        at = timezone.localtime() + timedelta(days=9)
        typed = at.replace(hour=14, minute=0).strftime("%Y-%m-%dT%H:%M")
        client = desk(pam)
        page = client.get(press(client, draft, "schedule", live_from=typed).url).content.decode()
        words = f"{at:%A} {at.day} {at:%B}"
        assert f"Scheduled for {words}" in page
        assert "14:00 Europe/Berlin, in 9 days." in page

    def approved(self, draft: Article, pam: User) -> None:
        draft.submit(by=pam)
        draft.approve(by=pam)
