"""The editor of prose: what it offers is what richtext.py lets through, and no more."""

from typing import Any

from django_prose_editor.fields import ProseEditorFormField
from django_prose_editor.widgets import AdminProseEditorWidget

from .. import richtext

EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [3, 4]},
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    # A scheme that the editor does not know would be dropped from the text that it loads.
    "Link": {"enableTarget": False, "protocols": sorted(richtext.SCHEMES)},
    "NoSpellCheck": False,
    # Plain buttons: the package's drop-down can't be reached by keyboard.
    "Menu": {
        "groups": [
            {"group": "headings"},
            {"group": "nodes -headings"},
            {"group": "marks"},
            {"group": "link"},
            {"group": "history"},
        ]
    },
}


class ProseField(ProseEditorFormField):
    """Rich text, cleaned as the model will clean it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs |= {"widget": AdminProseEditorWidget, "sanitize": richtext.clean}
        super().__init__(**kwargs, extensions=dict(EXTENSIONS))
