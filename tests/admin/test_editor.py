"""The editor offers what the site lets through: no more, no less."""

from django_prose_editor.config import allowlist_from_extensions

from trends import richtext
from trends.admin.editor import EXTENSIONS, ProseField

OURS = ("Picture", "Cite")


def test_the_editor_and_the_list_agree() -> None:
    theirs = {name: options for name, options in EXTENSIONS.items() if name not in OURS}
    allowed = allowlist_from_extensions(theirs)
    assert allowed["tags"] | {"figure"} == richtext.TAGS
    assert allowed["url_schemes"] == richtext.SCHEMES


def test_what_comes_in_is_cleaned() -> None:
    typed = '<p onclick="x()">A <s>b</s></p><script>c</script>'
    assert ProseField(required=False).clean(typed) == "<p>A b</p>"


def test_an_empty_paragraph_is_nothing() -> None:
    assert ProseField(required=False).clean("<p></p>") == ""


def test_a_picture_stands_in_the_text_by_its_number() -> None:
    figure = '<figure data-picture="12"></figure>'
    assert ProseField(required=False).clean(f"{figure}<p></p>") == figure
