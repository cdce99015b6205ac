"""How an answer is described: once, for the answer itself and for OpenAPI.

TOPIC = Shape("Topic", "What pieces are about.", slug=field(TEXT), name=field(TEXT))
TOPIC.write(topic)  → {"slug": "energy", "name": "Energy"}
TOPIC.definition    → {"type": "object", "properties": {…}, "required": [...]}
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from ..context import absolute

Schema = dict[str, Any]
Read = Callable[[Any], Any]


def _as_it_is(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Kind:
    """JSON Schema of a value, and what makes JSON of ours."""

    schema: Schema
    write: Read = _as_it_is


def _day(value: date) -> str:
    return value.isoformat()


def _moment(value: datetime) -> str:
    return value.isoformat(timespec="seconds")


TEXT = Kind({"type": "string"})
NUMBER = Kind({"type": "integer"})
TRUTH = Kind({"type": "boolean"})
HTML = Kind({"type": "string", "contentMediaType": "text/html"})
URL = Kind({"type": "string", "format": "uri"}, absolute)
DAY = Kind({"type": "string", "format": "date"}, _day)
MOMENT = Kind({"type": "string", "format": "date-time"}, _moment)


def names(choices: Any) -> list[str]:
    """Values of choices, but for the empty one."""
    return [value for value in choices.values if value]


def one_of(*values: str) -> Kind:
    return Kind({"type": "string", "enum": list(values)})


def maybe(kind: "Kind | Shape") -> Kind:
    """null for nothing, which is None or "" with us."""
    schema = {"anyOf": [kind.schema, {"type": "null"}]}
    return Kind(schema, lambda value: None if value in (None, "") else kind.write(value))


def many(kind: "Kind | Shape") -> Kind:
    schema = {"type": "array", "items": kind.schema}
    return Kind(schema, lambda values: [kind.write(value) for value in values])


@dataclass(frozen=True, slots=True)
class Field:
    kind: "Kind | Shape"
    about: str
    read: Read | None  # None: the attribute of its name

    def of(self, name: str) -> "Field":
        """The same, read from an attribute `name` of what the shape is made of."""
        read, whole = self.read, attrgetter(name)
        assert read is not None
        return replace(self, read=lambda value: read(whole(value)))

    @property
    def schema(self) -> Schema:
        about = {"description": self.about} if self.about else {}
        return self.kind.schema | about


def field(kind: "Kind | Shape", about: str = "", *, read: Read | None = None) -> Field:
    return Field(kind, about, read)


class Shape:
    """An object of the API. All of its fields are always there."""

    def __init__(self, name: str, about: str, /, **fields: Field) -> None:
        self.name, self.about = name, about
        self.fields = {
            name: found if found.read else replace(found, read=attrgetter(name))
            for name, found in fields.items()
        }

    def write(self, value: Any) -> dict[str, Any]:
        return {
            name: found.kind.write(found.read(value))
            for name, found in self.fields.items()
            if found.read
        }

    @property
    def schema(self) -> Schema:
        return {"$ref": f"#/components/schemas/{self.name}"}

    @property
    def definition(self) -> Schema:
        return {
            "type": "object",
            "description": self.about,
            "properties": {name: found.schema for name, found in self.fields.items()},
            "required": list(self.fields),
        }
