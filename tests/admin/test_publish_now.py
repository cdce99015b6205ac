"""The one screen that publishes: what it asks, what it proposes, whose work it leaves alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.admin.forms import in_force, page_url, save
from tests.workflow.conftest import READY, edit
from trends.models import Article, Assignment, Correction, Stage, Status
from trends.models.making import make_article

YEAR = "<p>The first one dates from 1963. [[E1]]</p>"


@pytest.fixture
def draft(wes: User) -> Article:
    return make_article("A second pump house for the harbour", by=wes, **READY)


@pytest.fixture
def live(draft: Article, pam: User) -> Article:
    draft.publish_now(by=pam, now=timezone.now() - timedelta(days=2))
    return draft


def screen(client: Any, article: Article) -> Any:
    return client.get(page_url(article, "publish_now"))


def form_on(client: Any, article: Article) -> Any:
    return screen(client, article).context_data["form"]


def press(client: Any, article: Article, verb: str = "publish_now", **fields: Any) -> Any:
    """As the screen came, but for these fields."""
    form = client.get(page_url(article, verb)).context_data["form"]
    values = {field.name: field.value() for field in form} | fields
    data = {name: value for name, value in values.items() if value is not None}
    response = client.post(page_url(article, verb), data)
    article.refresh_from_db()
    return response


def choices(form: Any) -> dict[str, str]:
    """Section → its label without its name."""
    return {name: label.partition(" — ")[2] for name, label in form.fields["sections"].choices}


def test_the_first_publication_is_one_click(desk: Any, pam: User, draft: Article) -> None:
    form = form_on(desk(pam), draft)
    assert [field.name for field in form.visible_fields()] == ["note"]
    assert press(desk(pam), draft).status_code == 302
    assert in_force(draft).change == "first"


class TestWhoseWork:
    def test_own_work_is_chosen(self, desk: Any, pam: User, live: Article) -> None:
        edit(live, by=pam, context=YEAR)
        form = form_on(desk(pam), live)
        assert form["sections"].value() == ["context"]
        assert choices(form) == {"context": ""}

    def test_a_colleagues_is_not_and_says_whose(
        self, desk: Any, pam: User, wes: User, live: Article
    ) -> None:
        edit(live, by=pam, context=YEAR)
        edit(live, by=wes, analysis="<p>Half a thou</p>")
        live.revisions.filter(number=live.latest_revision.number).update(
            created_at=timezone.now() - timedelta(days=1)
        )
        form = form_on(desk(pam), live)
        assert form["sections"].value() == ["context"]
        assert choices(form) == {"context": "", "analysis": "Wes, yesterday, not approved"}

    def test_what_is_approved_is_chosen(
        self, desk: Any, pam: User, wes: User, live: Article
    ) -> None:
        edit(live, by=wes, analysis="<p>What we think.</p>")
        live.submit(by=wes)
        live.approve(by=pam)
        edit(live, by=pam, context=YEAR)
        assert form_on(desk(pam), live)["sections"].value() == ["context", "analysis"]

    def test_a_later_edition_of_other_sections_hides_nobody(
        self, desk: Any, pam: User, wes: User, live: Article
    ) -> None:
        edit(live, by=wes, analysis="<p>Half a thou</p>")
        edit(live, by=pam, context=YEAR)
        live.publish(by=pam, sections=["context"])
        assert form_on(desk(pam), live)["sections"].value() == []

    def test_an_open_assignment_is_a_claim(
        self, desk: Any, pam: User, wes: User, live: Article
    ) -> None:
        edit(live, by=pam, analysis="<p>A first thought.</p>")
        row = Assignment.objects.create(article=live, section="analysis", owner=wes)
        assert choices(form_on(desk(pam), live)) == {"analysis": "assigned to Wes, not done"}
        Assignment.objects.filter(pk=row.pk).update(done_at=timezone.now(), done_by=wes)
        assert form_on(desk(pam), live)["sections"].value() == ["analysis"]

    def test_what_is_left_out_is_not_approved(
        self, desk: Any, pam: User, wes: User, live: Article
    ) -> None:
        edit(live, by=pam, context=YEAR)
        edit(live, by=wes, analysis="<p>Half a thou</p>")
        press(desk(pam), live, change="update", update_line="The year.")
        assert "1963" in str(in_force(live).content)
        assert "Half" not in str(in_force(live).content)
        assert live.stage == Stage.DRAFT
        assert live.transitions.first().details["sections"] == ["context"]

    def test_all_of_it_is_approved(self, desk: Any, pam: User, live: Article) -> None:
        edit(live, by=pam, context=YEAR)
        press(desk(pam), live, change="update", update_line="The year.")
        verbs = live.transitions.values_list("verb", flat=True)[:3]
        assert (live.stage, list(verbs)) == (Stage.APPROVED, ["publish", "approve", "submit"])


class TestKindOfChange:
    def test_a_typo_is_proposed_as_one(self, desk: Any, pam: User, live: Article) -> None:
        edit(live, by=pam, context=live.context.replace("dates", "daets"))
        assert form_on(desk(pam), live)["change"].value() == "minor"
        assert press(desk(pam), live).status_code == 302

    def test_a_filled_section_is_an_update(self, desk: Any, pam: User, live: Article) -> None:
        edit(live, by=pam, analysis="<p>It pays in 12 years.</p>")
        form = form_on(desk(pam), live)
        assert form["change"].value() == "update"
        press(desk(pam), live)
        assert in_force(live).update_line == "Added: Analysis"

    def test_where_facts_differ_people_decide(self, desk: Any, pam: User, live: Article) -> None:
        edit(live, by=pam, context=YEAR)
        page = screen(desk(pam), live)
        assert page.context_data["form"]["change"].value() is None
        assert "“1962” became “1963”" in page.content.decode()
        refused = press(desk(pam), live)
        assert "Select what kind of change it is" in refused.content.decode()

    def test_a_minor_change_of_facts_needs_a_reason(
        self, desk: Any, pam: User, live: Article
    ) -> None:
        edit(live, by=pam, context=YEAR)
        refused = press(desk(pam), live, change="minor")
        assert (refused.status_code, "more than a typo" in refused.content.decode()) == (409, True)
        assert press(desk(pam), live, change="minor", note="Misread.").status_code == 302

    def test_a_correction_is_made_here_too(self, desk: Any, pam: User, live: Article) -> None:
        edit(live, by=pam, context=YEAR)
        refused = press(desk(pam), live, change="correction")
        assert "Readers must be told" in refused.content.decode()
        press(desk(pam), live, change="correction", text="It was 1963.", severity="serious")
        correction = Correction.objects.get()
        assert (correction.severity, in_force(live).change) == ("serious", "correction")
        assert live.transitions.filter(verb="correct").exists()


@pytest.mark.parametrize(
    ("level", "words"),
    [("off", "nobody else has approved it."), ("warn", "The history will say so.")],
)
@pytest.mark.parametrize("verb", ["publish_now", "schedule"])
def test_second_eyes_are_spoken_of(
    desk: Any, pam: User, live: Article, settings: Any, level: str, words: str, verb: str
) -> None:
    settings.NEWSROOM_FOUR_EYES = level
    edit(live, by=pam, context=YEAR)
    assert words in desk(pam).get(page_url(live, verb)).content.decode()


@pytest.mark.parametrize("sections", [["context"], ["context", "analysis"]])
def test_second_eyes_may_be_asked_for(
    desk: Any, pam: User, live: Article, settings: Any, sections: list[str]
) -> None:
    settings.NEWSROOM_FOUR_EYES = "block"
    edit(live, by=pam, context=YEAR, analysis="<p>So.</p>")
    response = press(desk(pam), live, change="update", update_line="So.", sections=sections)
    assert response.status_code == 409
    assert "Ask somebody else to approve it" in response.content.decode()
    assert "1963" not in str(in_force(live).content)


def test_yours_are_the_second_pair(desk: Any, pam: User, wes: User, live: Article) -> None:
    edit(live, by=wes, context=YEAR)
    assert (
        "Changed by Wes since the last approval: yours" in screen(desk(pam), live).content.decode()
    )


class TestGrace:
    @pytest.fixture(autouse=True)
    def ten_seconds(self, settings: Any) -> None:
        settings.NEWSROOM_PUBLISH_GRACE = 10

    @pytest.mark.parametrize("verb", ["publish", "publish_now"])
    def test_it_can_be_undone(self, desk: Any, pam: User, draft: Article, verb: str) -> None:
        draft.submit(by=pam)
        draft.approve(by=pam)
        client = desk(pam)
        page = client.get(press(client, draft, verb).url).content.decode()
        assert "Readers see it in 10 seconds." in page
        assert page_url(draft, "undo") in page
        said = client.post(page_url(draft, "undo"), follow=True).content.decode()
        assert "Undone. Readers never saw it." in said
        assert draft.status(timezone.now() + timedelta(hours=1)) == Status.UNPUBLISHED

    def test_a_save_meanwhile_does_not_stop_it(self, desk: Any, pam: User, draft: Article) -> None:
        client = desk(pam)
        press(client, draft)
        save(client, draft, title="Another title")
        assert client.post(page_url(draft, "undo")).status_code == 302

    def test_a_correction_too(self, desk: Any, pam: User, live: Article) -> None:
        press(desk(pam), live, "correct", text="It was south.")
        desk(pam).post(page_url(live, "undo"))
        assert not Correction.objects.exists()

    def test_afterwards_it_says_why_not(self, desk: Any, pam: User, live: Article) -> None:
        response = desk(pam).post(page_url(live, "undo"))
        assert response.status_code == 409
        assert "It is public already" in response.content.decode()

    def test_who_may_not_publish_sees_no_button(
        self, desk: Any, pam: User, wes: User, draft: Article
    ) -> None:
        press(desk(pam), draft)
        page = desk(wes).get(page_url(draft)).content.decode()
        assert "Readers see it in" in page
        assert page_url(draft, "undo") not in page

    def test_nothing_is_offered_twice(self, desk: Any, pam: User, draft: Article) -> None:
        press(desk(pam), draft)
        bar = desk(pam).get(page_url(draft)).context_data["bar"]
        offered = {step.name for step in bar.possible}
        assert not offered & {"publish_now", "publish", "schedule", "reschedule", "undo"}
        assert "hold" in offered
