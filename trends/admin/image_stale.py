"""A save of a picture that came too late: what was typed beside what is saved now."""

from typing import Any, NamedTuple

from ..models import Image
from .image_form import ImageForm, WordsForm
from .image_merge import FOCUS, WORDS, base_of, plain

NOTHING = "nothing"


class Side(NamedTuple):
    """One field in which the two differ."""

    name: str
    label: str
    mine: str
    saved: str


def late(form: ImageForm) -> list[Side]:
    """What the page of a refused save shows. The form carries on from the version that is saved
    now, with what only somebody else changed, so that it can be saved over it on purpose."""
    saved = Image.objects.get(pk=form.instance.pk)
    data: Any = form.data
    form.data = data = data.copy()
    data.update({"loaded": str(saved.version), "base": base_of(saved)})
    for name, value in form.theirs.items():
        data[name] = "on" if value is True else plain(name, value)
    both = [side for side in sides(form, saved) if side.name in form.conflicts]
    return both or sides(form, saved)


def sides(form: WordsForm, saved: Image) -> list[Side]:
    found = []
    for name in (*WORDS, *FOCUS):
        if name in form.changed_data:
            mine = form.cleaned_data.get(name, form[name].value())
            now = getattr(saved, name)
            label = str(form.fields[name].label)
            found.append(Side(name, label, _said(name, mine), _said(name, now)))
    return found


def _said(name: str, value: Any) -> str:
    if name in FOCUS and isinstance(value, float):
        return f"{round(value * 100, 1):g} %"
    if isinstance(value, bool):
        return "yes" if value else "no"
    field: Any = Image._meta.get_field(name)
    return str(dict(field.flatchoices or []).get(value, value) or NOTHING)
