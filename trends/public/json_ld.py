"""How structured data is written down: objects of schema.org types, and their graph."""

import json
from typing import Any

from django.utils.safestring import SafeString

from .. import richtext

Node = dict[str, Any]
# "</script>" would end the element, whatever stands round it.
_ESCAPED = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028"}


def node(kind: str, **properties: Any) -> Node:
    """An object of a schema.org type, without the properties that have no value."""
    return {"@type": kind} | {n: v for n, v in properties.items() if v not in (None, "", [])}


def graph(*nodes: Node) -> SafeString:
    data = {"@context": "https://schema.org", "@graph": nodes}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for mark, written in _ESCAPED.items():  # str.translate() would look at each letter
        text = text.replace(mark, written)
    return richtext.trusted(text)
