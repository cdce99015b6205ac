"""Pieces in every state that readers must not see, each with a word of its own in all of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from trends.models import (
    Address,
    Article,
    Edition,
    Evidence,
    Image,
    Note,
    Pin,
    RelatedTrend,
    Release,
    Topic,
)
from trends.models.making import make_article, make_author

from .conftest import READY, make_picture

Reveal = Callable[[], object]
STATES: dict[str, Callable[["Desk", str], Reveal]] = {}


def state(make: Callable[["Desk", str], Reveal]) -> Callable[["Desk", str], Reveal]:
    """Register a state: a function that hides a word and gives the way to publish it."""
    STATES[make.__name__] = make
    return make


def word_of(name: str) -> str:
    return f"zz{name.replace('_', '')}zz"


@dataclass
class Desk:
    """Pam, who may do everything, and what she makes."""

    pam: User

    def secret(self, word: str, **changes: Any) -> Article:
        """A draft with the word in every field, pinned to the front page and to its topic's."""
        article = self.make(f"The {word} title", **loaded(word) | changes)
        for topic in {None, article.topic}:
            self.pin(article, topic)
        return article

    def plain(self, name: str, **content: Any) -> Article:
        """A live piece that everybody may see."""
        return self.make(f"Harbour news {name}", publish=True, **READY | content)

    def make(self, title: str, **content: Any) -> Article:
        # In the past, so that what comes next has a later start.
        then = timezone.now() - timedelta(minutes=5)
        article = make_article(title, by=self.pam, now=then, **content)
        Address.objects.claim(f"/old/{article.pk}/", article_id=article.pk)
        Address.objects.claim(f"/?p={article.pk}", article_id=article.pk)
        return article

    def pin(self, article: Article, topic: Topic | None) -> None:
        for slot in Pin.Slot.values:
            now = timezone.now()
            Pin.objects.create(
                article=article, topic=topic, slot=slot, starts_at=now, at=now, by=None
            )

    def approve(self, article: Article) -> Article:
        article.submit(by=self.pam)
        article.approve(by=self.pam)
        return article

    def edit(self, article: Article, **fields: Any) -> Article:
        for name, value in fields.items():
            setattr(article, name, value)
        article.save()
        article.record_revision(by=self.pam)
        return article

    def publish(self, article: Article) -> object:
        return article.publish_now(by=self.pam)


def loaded(word: str) -> dict[str, Any]:
    source = {"claim": word, "excerpt": word, "source_title": word, "publisher": word}
    return {
        "standfirst": f"The {word} standfirst. The town pays for half of the pump house.",
        "lede": f"The {word} lede. [[E1]]",
        "context": f"The {word} context.",
        "analysis": f"The {word} analysis.",
        "backstory": f"The {word} backstory.",
        "disclosure": f"The {word} disclosure.",
        "dateline": word.upper(),
        "evidence": [source | {"url": f"https://example.org/{word}"}],
        "key_points": [f"The {word} point."],
        "actions": [{"audience": word, "text": f"Read {word}.", "timing": word}],
        "topic": Topic.objects.create(name=word, slug=word, description=word),
        "author": [make_author(word, bio=f"The {word} bio.", job_title=word)],
        "hero": make_picture(alt_text=word, caption=word, credit=word),
    }


@state
def draft(desk: Desk, word: str) -> Reveal:
    article = desk.secret(word)
    return lambda: desk.publish(article)


@state
def in_review(desk: Desk, word: str) -> Reveal:
    article = desk.secret(word)
    article.submit(by=desk.pam)
    return lambda: desk.publish(article)


@state
def approved(desk: Desk, word: str) -> Reveal:
    article = desk.approve(desk.secret(word))
    return lambda: desk.publish(article)


@state
def scheduled(desk: Desk, word: str) -> Reveal:
    article = desk.approve(desk.secret(word))
    article.schedule(by=desk.pam, live_from=timezone.now() + timedelta(days=1))
    return lambda: desk.publish(article)


@state
def in_a_release(desk: Desk, word: str) -> Reveal:
    """The name of the release is no reader's business, before and after."""
    start = timezone.now() + timedelta(days=1)
    release = Release.objects.create(name=f"The {word} release", live_from=start)
    article = desk.approve(desk.secret(word))
    release.add([article], by=desk.pam)
    release.plan(by=desk.pam)

    def reveal() -> object:
        release.cancel(by=desk.pam)
        return desk.publish(article)

    return reveal


@state
def scheduled_change(desk: Desk, word: str) -> Reveal:
    article = desk.plain("that will change")
    desk.edit(article, lede=f"<p>The {word} lede.</p>", slug=f"{word}-slug", title=f"News {word}")
    desk.approve(article).schedule(by=desk.pam, live_from=timezone.now() + timedelta(days=1))
    return lambda: desk.publish(article)


@state
def embargoed(desk: Desk, word: str) -> Reveal:
    article = desk.approve(desk.secret(word))
    article.set_embargo(until=timezone.now() + timedelta(days=1), by=desk.pam)

    def reveal() -> object:
        article.set_embargo(until=None, by=desk.pam)
        return desk.publish(article)

    return reveal


@state
def held(desk: Desk, word: str) -> Reveal:
    article = desk.approve(desk.secret(word))
    article.hold(by=desk.pam, note=f"The {word} reason.")

    def reveal() -> object:
        article.release(by=desk.pam)
        return desk.publish(article)

    return reveal


@state
def retracted(desk: Desk, word: str) -> Reveal:
    """Title and notice stay; the text and its corrections go."""
    article = desk.make("A claim about the harbour", publish=True, **loaded(word))
    article.correct(by=desk.pam, text=f"The {word} correction.")
    article.retract(by=desk.pam, notice="It was not so.")
    return lambda: article.reinstate(by=desk.pam)


@state
def removed(desk: Desk, word: str) -> Reveal:
    article = desk.secret(word, publish=True)
    desk.edit(article, slug=f"{word}-second-slug", lede=f"<p>The {word} second lede.</p>")
    desk.publish(article)
    article.remove(by=desk.pam, note=f"The {word} court order.")
    return lambda: article.editions.latest("live_from").delete()


@state
def ended(desk: Desk, word: str) -> Reveal:
    article = desk.secret(word, publish=True)
    end = Edition.objects.create(
        article=article, kind=Edition.Kind.END, title=article.title, slug=article.slug,
        live_from=timezone.now(), pressed_at=timezone.now(), notice="It has ended.",
    )  # fmt: skip
    return end.delete


@state
def discarded(desk: Desk, word: str) -> Reveal:
    article = desk.secret(word)
    article.discard(by=desk.pam)

    def reveal() -> object:
        article.recover(by=desk.pam)
        return desk.publish(article)

    return reveal


@state
def unpublished_change(desk: Desk, word: str) -> Reveal:
    article = desk.plain("with a change on the desk")
    desk.edit(article, lede=f"<p>The {word} lede.</p>", title=f"News {word}")
    return lambda: desk.publish(article)


@state
def superseded(desk: Desk, word: str) -> Reveal:
    """What an earlier edition said."""
    article = desk.secret(word, publish=True)
    desk.edit(article, title="A new title", slug="new", topic=None, hero=None, **PLAIN)
    article.bylines.all().delete()
    article.evidence.all().delete()
    article.key_points.all().delete()
    article.actions.all().delete()
    desk.publish(desk.edit(article))
    return lambda: article.editions.latest("live_from").delete()


PLAIN = READY | {"context": "", "analysis": "", "backstory": "", "disclosure": "", "dateline": ""}


def with_source(desk: Desk, name: str, word: str, **fields: Any) -> Evidence:
    row = {"claim": "The council voted.", "source_title": "Minutes"} | fields
    text = "The town will build it. [[E1]]"
    return desk.plain(name, lede=text, evidence=[row]).evidence.get()


def change_source(desk: Desk, source: Evidence, **fields: Any) -> object:
    for name, value in fields.items():
        setattr(source, name, value)
    source.save()
    return desk.publish(desk.edit(Article.objects.get(pk=source.article_id)))


@state
def internal_evidence(desk: Desk, word: str) -> Reveal:
    all_of_it = {"claim": word, "excerpt": word, "source_title": word, "disclosure": "internal"}
    source = with_source(desk, "with internal proof", word, **all_of_it)
    return lambda: change_source(desk, source, disclosure="named")


@state
def private_note(desk: Desk, word: str) -> Reveal:
    source = with_source(desk, "with a private note", word, private_note=word)
    return lambda: change_source(desk, source, excerpt=source.private_note)


@state
def withheld_source(desk: Desk, word: str) -> Reveal:
    names = dict.fromkeys(("source_title", "publisher", "speaker", "locator"), word)
    names |= {"url": f"https://example.org/{word}", "disclosure": "described"}
    source = with_source(desk, "with a source that is described", word, **names)
    return lambda: change_source(desk, source, disclosure="named")


@state
def linked_piece(desk: Desk, word: str) -> Reveal:
    target = desk.secret(word, slug=f"{word}-linked")
    link = f'<p>It follows <a href="trend:{target.pk}">another one</a>.</p>'
    desk.plain("with a link to a draft", context=link, related=[target])
    return lambda: desk.publish(target)


@state
def related_trend(desk: Desk, word: str) -> Reveal:
    """Pinned by an editor and found by the software: it makes no difference."""
    target = desk.secret(word)
    for name, wish in (("pinned", "pinned"), ("found", "")):
        piece = desk.plain(f"that a draft is {name} for")
        RelatedTrend.objects.create(article=piece, other=target, wish=wish, score=1)
    return lambda: desk.publish(target)


def illustrated(word: str, **fields: Any) -> tuple[Image, str]:
    """A picture that says the word, and a text that holds it."""
    picture = make_picture(alt_text=word, caption=f"The {word} caption", credit=word, **fields)
    return picture, f'<p>See.</p><figure data-picture="{picture.pk}"></figure>'


@state
def picture_in_a_draft(desk: Desk, word: str) -> Reveal:
    """The words of a picture in a text that is not public."""
    article = desk.make("A draft with a picture", **READY | {"context": illustrated(word)[1]})
    return lambda: desk.publish(article)


@state
def picture_in_a_change(desk: Desk, word: str) -> Reveal:
    article = desk.plain("that gets a picture")
    desk.edit(article, analysis=illustrated(word)[1])
    return lambda: desk.publish(article)


@state
def embargoed_picture(desk: Desk, word: str) -> Reveal:
    """In a live text, but not yet for readers."""
    picture, text = illustrated(word)
    desk.plain("with a picture to come", backstory=text)
    tomorrow = timezone.localdate() + timedelta(days=1)
    return change_rights(picture, not_before=tomorrow)


@state
def expired_picture(desk: Desk, word: str) -> Reveal:
    picture, text = illustrated(word)
    desk.plain("with a picture of yesterday", lede="<p>The town will build it.</p>" + text)
    yesterday = timezone.localdate() - timedelta(days=1)
    return change_rights(picture, rights_expire_on=yesterday)


def change_rights(picture: Image, **fields: Any) -> Reveal:
    """After publication, where readiness can't stop it."""
    rows = Image.objects.filter(pk=picture.pk)
    rows.update(**fields)
    return lambda: rows.update(**dict.fromkeys(fields))


@state
def notes_and_complaints(desk: Desk, word: str) -> Reveal:
    """What colleagues, a reader and a lawyer say of a live piece, and who they are."""
    article, now = desk.plain("with notes"), timezone.now()
    note = article.notes.create(text=f"The {word} note.", section="context", by=desk.pam, at=now)
    article.notes.create(text=f"The {word} reply.", reply_to=note, by=desk.pam, at=now)
    for kind in ("complaint", "legal"):
        complaint = Note.objects.write(
            article, f"The {word} matter.", kind=kind, by=desk.pam, now=now,
            received_on=now.date(), due_on=now.date(), name=word, contact=f"{word}@example.org",
        )  # fmt: skip
    complaint.close(by=desk.pam, now=now, outcome=f"The {word} outcome.")
    return lambda: desk.publish(desk.edit(article, disclosure=complaint.text))


@state
def words_of_the_desk(desk: Desk, word: str) -> Reveal:
    """Reasons, notes and names of staff round a live piece."""
    desk = Desk(User.objects.create(username=word, first_name=word))
    article = desk.plain("that is held", not_needed={"actions": f"The {word} reason."})
    article.hold(by=desk.pam, note=f"The {word} note.")

    def reveal() -> object:
        article.release(by=desk.pam)
        return desk.publish(desk.edit(article, disclosure=f"The {word} note."))

    return reveal
