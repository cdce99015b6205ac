"""Names in a text, and whose they are."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.people import person
from trends.mentions import mentions, parts
from trends.models import Article, Assignment
from trends.models.colleagues import named_in, who_see
from trends.models.making import make_article


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@ada", ["ada"]),
        ("Ask @ada, @wes. (@pam!)", ["ada", "wes", "pam"]),
        ("@Ada and @ada", ["ada"]),
        ("@jo.doe+x@norlake.example: look", ["jo.doe+x@norlake.example"]),
        ("Is it so,@wes?", ["wes"]),
        ("Write to desk@norlake.example", []),
        ("https://norlake.example/@ada", []),
        ("@ at @. noon", []),
        ("@Ärin", ["Ärin"]),
    ],
)
def test_the_names_in_a_text(text: str, names: list[str]) -> None:
    assert mentions(text) == names


def test_a_text_is_cut_at_those_who_are_known() -> None:
    found = parts("@wes, ask @Ada <b>", {"ada"})
    assert found == [("@wes, ask ", False), ("@Ada", True), (" <b>", False)]
    assert parts("", {"ada"}) == []


def test_who_can_be_told_who_can_not_and_who_is_nobody(wes: User, ada: User, otto: User) -> None:
    article = make_article("Norlake", by=wes)
    named = named_in("@WES @ada @otto @zoe", article)
    assert ({*named.seeing}, named.barred, named.unknown) == ({wes, ada}, [otto], ["zoe"])


def test_who_left_is_nobody(wes: User, ada: User) -> None:
    User.objects.filter(pk=ada.pk).update(is_active=False)
    assert named_in("@ada", make_article("Norlake", by=wes)).unknown == ["ada"]


def test_small_and_capital_letters_matter_between_two(wes: User) -> None:
    other = person("Wes")
    other.is_superuser = True
    other.save()
    article = make_article("Norlake", by=wes)
    assert named_in("@Wes", article).seeing == [other]
    assert named_in("@wes", article).seeing == [wes]


def test_the_rule_is_the_same_in_both_spellings(
    wes: User, ada: User, pam: User, otto: User, root: User
) -> None:
    """who_see() asks for people, Article.objects.seen_by() for pieces."""
    kim = person("kim")
    kim.groups.set(wes.groups.all())
    pieces = [make_article("Of Wes", by=wes), make_article("Of Ada", by=ada), make_article("None")]
    Assignment.objects.put(pieces[2], "context", by=ada, now=timezone.now(), owner=kim)
    for piece in pieces:
        expected = {
            user
            for user in (wes, ada, pam, otto, root, kim)
            if user.has_perm("trends.view_article")
            and Article.objects.seen_by(user).filter(pk=piece.pk).exists()
        }
        assert set(who_see(piece)) == expected
