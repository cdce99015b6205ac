"""The editor of prose: what it offers is what richtext.py lets through, and no more."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse_lazy
from django_prose_editor.fields import ProseEditorFormField
from django_prose_editor.widgets import AdminProseEditorWidget
from js_asset import ImportMap, Media, Script

from .. import richtext
from .picture_field import IMPORTS

MODULES = ("cite", "cite-picker", "live-preview")
OURS = ImportMap({f"admin-desk/{name}": f"admin-desk/{name}.js" for name in MODULES})
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
    # Our own, of the module that ProseWidget names: it leaves <figure data-picture="12"></figure>.
    "Picture": {"url": reverse_lazy("admin:trends_image_choose")},
    # Ours too: it leaves the citation mark [[E2]], which is plain text.
    "Cite": True,
    "NoSpellCheck": False,
    # Plain buttons: the package's drop-down can't be reached by keyboard.
    "Menu": {
        "groups": [
            {"group": "headings"},
            {"group": "nodes -headings"},
            {"group": "marks"},
            {"group": "link"},
            {"group": "cite"},
            {"group": "picture"},
            {"group": "history"},
        ]
    },
}


class ProseWidget(AdminProseEditorWidget):
    """With our own buttons "Cite" and "Picture"; the package's setting for that would name static
    files before there are any."""

    def get_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().get_config()
        ours = [static(f"admin-desk/editor-{name}.js") for name in ("picture", "cite")]
        return config | {"js_modules": ours}

    @property
    def media(self) -> Media:
        ours = [Script(f"admin-desk/{name}.js", type="module") for name in ("cite", "quick")]
        css = {"all": ["admin-desk/cite.css"]}
        return super().media + Media(importmap=IMPORTS) + Media(importmap=OURS, css=css, js=ours)


class ProseField(ProseEditorFormField):
    """Rich text, cleaned as the model will clean it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs |= {"widget": ProseWidget, "sanitize": richtext.clean}
        super().__init__(**kwargs, extensions=dict(EXTENSIONS))
