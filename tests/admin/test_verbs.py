"""A page for each verb: GET asks, POST does, and what can't be done now is said with its reason."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.admin.forms import in_force, page_url, save
from trends.models import Article, Correction, Edition, Stage, Status
from trends.models.making import make_article

STANDFIRST = "The maker of warehouse robots leaves the coast, and takes a town along."


@pytest.fixture
def draft(wes: User) -> Article:
    return make_article("Norlake moves", by=wes, standfirst=STANDFIRST, lede="It goes west.")


@pytest.fixture
def live(wes: User, pam: User, draft: Article) -> Article:
    draft.publish_now(by=pam)
    return draft


def ask(client: Any, article: Article, verb: str) -> Any:
    return client.get(page_url(article, verb))


def do(client: Any, article: Article, verb: str, **fields: Any) -> Any:
    """Press the button of a verb's page, filled in as it came but for these fields."""
    form = ask(client, article, verb).context_data["form"]
    values = {field.name: field.value() for field in form}
    data = {name: value for name, value in values.items() if value is not None}
    response = client.post(page_url(article, verb), data | fields)
    article.refresh_from_db()
    return response


def in_(**delta: int) -> str:
    return (timezone.now() + timedelta(**delta)).strftime("%Y-%m-%dT%H:%M")


def labels(response: Any, which: str) -> list[str]:
    return [step.label for step in getattr(response.context_data["bar"], which)]


def test_a_piece_goes_the_whole_way(
    desk: Any, wes: User, ada: User, pam: User, draft: Article
) -> None:
    assert do(desk(wes), draft, "submit").status_code == 302
    do(desk(ada), draft, "return_to_writer", note="Who says so?")
    do(desk(wes), draft, "submit")
    do(desk(ada), draft, "approve", note="Good.")
    do(desk(pam), draft, "publish")
    assert draft.status() == Status.LIVE
    verbs = list(draft.transitions.order_by("pk").values_list("verb", "by__username"))
    assert verbs == [
        ("submit", "wes"), ("return_to_writer", "ada"), ("submit", "wes"), ("approve", "ada"),
        ("publish", "pam"),
    ]  # fmt: skip


def test_publish_now_is_three_steps_as_one(desk: Any, pam: User, draft: Article) -> None:
    do(desk(pam), draft, "publish_now", note="Urgent.")
    assert draft.status() == Status.LIVE
    assert draft.transitions.count() == 3
    assert draft.transitions.get(verb="publish").note == "Urgent."


def test_the_bar_offers_what_the_user_may_do(desk: Any, wes: User, draft: Article) -> None:
    page = desk(wes).get(page_url(draft))
    assert (labels(page, "possible"), labels(page, "impossible")) == (["Submit for review"], [])


def test_what_is_not_possible_is_shown_with_its_reason(
    desk: Any, pam: User, draft: Article
) -> None:
    page = desk(pam).get(page_url(draft))
    assert labels(page, "possible") == ["Submit for review", "Publish now", "Hold", "Discard"]
    assert "Its stage is draft; it must be approved first." in page.content.decode()


def test_readers_who_have_it_all_need_no_publishing(desk: Any, pam: User, live: Article) -> None:
    page = desk(pam).get(page_url(live))
    assert "Publish" not in labels(page, "possible")
    assert "Correct" in labels(page, "possible")


def test_a_reason_is_asked_for(desk: Any, ada: User, draft: Article) -> None:
    response = do(desk(ada), draft, "hold", note="")
    assert response.status_code == 200
    assert draft.held_at is None
    do(desk(ada), draft, "hold", note="The lawyer called.")
    assert draft.hold_reason == "The lawyer called."
    do(desk(ada), draft, "release")
    assert draft.held_at is None


def test_a_piece_goes_to_the_bin_and_back(desk: Any, ada: User, draft: Article) -> None:
    do(desk(ada), draft, "discard")
    assert draft.discarded_by == ada
    do(desk(ada), draft, "recover")
    assert draft.discarded_at is None


def test_a_refusal_keeps_what_was_typed(desk: Any, pam: User, draft: Article) -> None:
    response = do(desk(pam), draft, "publish", note="At last.")
    text = response.content.decode()
    assert response.status_code == 409
    assert "it must be approved first" in text
    assert "At last." in text


def test_what_somebody_changed_meanwhile_is_looked_at_again(
    desk: Any, ada: User, pam: User, draft: Article
) -> None:
    do(desk(pam), draft, "submit")
    seen = draft.version
    save(desk(ada), draft, title="Another claim")
    stale = {"version": seen, "note": "Fine."}
    response = desk(pam).post(page_url(draft, "approve"), stale)
    assert response.status_code == 409
    assert "Somebody changed this piece meanwhile" in response.content.decode()
    again = response.context_data["form"]["version"].value()
    assert desk(pam).post(page_url(draft, "approve"), {"version": again}).status_code == 302


def test_what_is_not_ready_is_said_in_groups(desk: Any, pam: User, wes: User) -> None:
    article = make_article("Norlake moves", by=wes)
    page = ask(desk(pam), article, "publish_now")
    outlook = page.context_data["outlook"]
    assert [label.split(":")[0] for label, _ in outlook.groups] == ["Before publishing", "Later"]
    assert {found.issue.code for found in outlook.found if found.stops} == {
        "standfirst-empty", "lede-empty",
    }  # fmt: skip
    assert f"{page_url(article)}#section-lede" in page.content.decode()


def test_a_publisher_overrides_with_a_reason(desk: Any, pam: User, wes: User) -> None:
    article = make_article("Norlake moves", by=wes, lede="It goes.")
    client = desk(pam)
    assert do(client, article, "publish_now").status_code == 409
    assert article.status() == Status.UNPUBLISHED
    do(client, article, "publish_now", override="It is happening now.")
    assert article.status() == Status.LIVE
    step = article.transitions.get(verb="publish")
    assert step.details["override"] == "It is happening now."


def test_nothing_gets_past_a_final_rule(desk: Any, pam: User, wes: User) -> None:
    article = make_article("Norlake moves", by=wes, standfirst=STANDFIRST, lede="Lorem ipsum.")
    assert "override" not in ask(desk(pam), article, "publish_now").context_data["form"].fields
    assert do(desk(pam), article, "publish_now", override="Please.").status_code == 409


def test_chosen_sections_go_out(desk: Any, pam: User, live: Article) -> None:
    client = desk(pam)
    save(client, live, context="<p>It opened in 2011.</p>", analysis="<p>Half an idea.</p>")
    page = ask(client, live, "publish")
    assert page.context_data["outlook"].changed == ["context", "analysis"]
    assert "It opened in 2011." in page.content.decode()
    do(client, live, "publish", sections=["context"])
    content = in_force(live).content
    assert content["context"]["text"] == "<p>It opened in 2011.</p>"
    assert content["analysis"]["text"] == ""


def test_what_is_not_approved_is_not_chosen_unasked(desk: Any, pam: User, live: Article) -> None:
    client = desk(pam)
    save(client, live, context="<p>It opened in 2011.</p>")
    live.refresh_from_db()
    assert live.stage == Stage.DRAFT
    assert ask(client, live, "publish").context_data["form"]["sections"].value() == []
    response = do(client, live, "publish")
    assert "No section is chosen" in response.content.decode()


def test_all_that_is_approved_is_chosen(desk: Any, pam: User, live: Article) -> None:
    client = desk(pam)
    save(client, live, context="<p>It opened in 2011.</p>")
    do(client, live, "submit")
    do(client, live, "approve")
    assert ask(client, live, "publish").context_data["form"]["sections"].value() == ["context"]
    do(client, live, "publish")
    assert "sections" not in live.transitions.filter(verb="publish")[0].details


def test_an_update_carries_a_line_for_readers(desk: Any, pam: User, live: Article) -> None:
    client = desk(pam)
    save(client, live, lede="<p>It goes west in May.</p>")
    wanted = {"sections": ["lede"], "change": "update"}
    assert do(client, live, "publish", **wanted).status_code == 200
    do(client, live, "publish", **wanted, update_line="The month is known.")
    edition = in_force(live)
    assert (edition.change, edition.update_line) == ("update", "The month is known.")


def test_a_minor_change_says_nothing(desk: Any, pam: User, live: Article) -> None:
    client = desk(pam)
    save(client, live, lede="<p>It goes West.</p>")
    do(client, live, "publish", sections=["lede"], change="minor", update_line="Oops")
    assert in_force(live).update_line == ""


def test_a_new_address_alone_can_be_published(desk: Any, pam: User, live: Article) -> None:
    client = desk(pam)
    save(client, live, slug="norlake-goes")
    do(client, live, "publish")
    assert in_force(live).slug == "norlake-goes"


def test_a_correction_is_said_in_public(desk: Any, pam: User, live: Article) -> None:
    client = desk(pam)
    save(client, live, lede="<p>It goes east.</p>")
    do(client, live, "correct", text="We had west for east.", severity="serious",
       sections=["lede"])  # fmt: skip
    correction = Correction.objects.get()
    assert (correction.text, correction.severity) == ("We had west for east.", "serious")
    assert in_force(live).content["lede"]["text"] == "<p>It goes east.</p>"


def test_a_correction_may_be_words_alone(desk: Any, pam: User, live: Article) -> None:
    do(desk(pam), live, "correct", text="An earlier text had west for east.")
    assert Correction.objects.get().edition == in_force(live)


def test_schedule_move_and_cancel(desk: Any, pam: User, draft: Article) -> None:
    client = desk(pam)
    do(client, draft, "submit")
    do(client, draft, "approve")
    do(client, draft, "schedule", live_from=in_(hours=5))
    assert len(draft.planned()) == 1
    page = client.get(page_url(draft)).content.decode()
    assert "Planned:" in page
    assert "UTC" in page
    do(client, draft, "reschedule", live_from=in_(hours=9))
    assert draft.planned()[0].live_from > timezone.now() + timedelta(hours=8)
    do(client, draft, "cancel_schedule")
    assert draft.planned() == []


def test_the_past_is_refused(desk: Any, pam: User, draft: Article) -> None:
    client = desk(pam)
    do(client, draft, "submit")
    do(client, draft, "approve")
    response = do(client, draft, "schedule", live_from=in_(hours=-5))
    assert response.status_code == 409
    assert "lies in the past" in response.content.decode()


def test_an_embargo_is_the_first_time_offered(desk: Any, pam: User, draft: Article) -> None:
    draft.submit(by=pam)
    draft.approve(by=pam)
    draft.set_embargo(until=timezone.now() + timedelta(days=3), by=pam)
    form = ask(desk(pam), draft, "schedule").context_data["form"]
    assert form["live_from"].initial > draft.embargoed_until
    assert "embargo" not in [found.issue.code for found in form.outlook.found]


@pytest.mark.parametrize(("plans", "left"), [("drop", 0), ("carry", 1)])
def test_what_is_planned_is_cancelled_or_kept(
    desk: Any, pam: User, live: Article, plans: str, left: int
) -> None:
    client = desk(pam)
    save(client, live, context="<p>It opened in 2011.</p>")
    do(client, live, "schedule", live_from=in_(hours=5), sections=["context"])
    save(client, live, lede="<p>It goes east.</p>")
    do(client, live, "correct", text="West for east.", sections=["lede"], plans=plans)
    assert len(live.planned()) == left


def test_one_of_several_plans_moves(desk: Any, pam: User, live: Article) -> None:
    client = desk(pam)
    for hours, text in ((5, "Five"), (7, "Seven")):
        save(client, live, context=f"<p>{text}</p>")
        do(client, live, "schedule", live_from=in_(hours=hours), sections=["context"])
    second = live.planned()[1]
    do(client, live, "reschedule", edition=second.pk, live_from=in_(hours=20))
    second.refresh_from_db()
    assert second.live_from > timezone.now() + timedelta(hours=19)


def test_a_retraction_carries_its_notice(desk: Any, pam: User, live: Article) -> None:
    client = desk(pam)
    assert do(client, live, "retract").status_code == 200
    do(client, live, "retract", reason="wrong", notice="The register was forged.")
    assert in_force(live).notice == "The register was forged."
    do(client, live, "reinstate")
    assert live.status() == Status.LIVE


def test_a_removal_leaves_nothing(desk: Any, pam: User, live: Article) -> None:
    do(desk(pam), live, "remove", note="Court order.")
    assert in_force(live).kind == Edition.Kind.REMOVAL


def test_a_page_of_something_impossible_says_so(desk: Any, pam: User, draft: Article) -> None:
    page = ask(desk(pam), draft, "retract")
    assert page.status_code == 200
    assert "Not possible for a piece that is unpublished." in page.content.decode()
