"""Does a value agree with its JSON Schema? Only what our own description uses."""

import re
from datetime import date, datetime
from typing import Any

Schema = dict[str, Any]
TYPES: dict[str, Any] = {
    "string": str, "integer": int, "boolean": bool, "null": type(None), "array": list,
    "object": dict,
}  # fmt: skip
FORMATS = {
    "uri": lambda text: re.fullmatch(r"https?://[^\s/]+/\S*|https?://\S+", text),
    "date": date.fromisoformat,
    "date-time": lambda text: datetime.fromisoformat(text).tzinfo,
}
KNOWN = {
    "type", "properties", "required", "items", "enum", "const", "anyOf", "oneOf", "$ref", "format",
    "description", "contentMediaType", "maxLength",
}  # fmt: skip


def faults(value: Any, schema: Schema, shapes: dict[str, Schema], at: str = "") -> list[str]:
    """Where it differs; a field that the schema does not know is a difference too."""
    assert set(schema) <= KNOWN, f"{at}: this test knows nothing of {set(schema) - KNOWN}"
    if "$ref" in schema:
        return faults(value, shapes[schema["$ref"].rpartition("/")[2]], shapes, at)
    for word, wanted in (("anyOf", None), ("oneOf", 1)):
        if word in schema:
            fit = [s for s in schema[word] if not faults(value, s, shapes, at)]
            return (
                [] if fit and wanted in (None, len(fit)) else [f"{at}: fits {len(fit)} of {word}"]
            )
    if "const" in schema and value != schema["const"]:
        return [f"{at}: {value!r}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{at}: {value!r}"]
    if type(value) is not TYPES[schema["type"]]:
        return [f"{at}: {value!r} is no {schema['type']}"]
    if "format" in schema and not FORMATS[schema["format"]](value):
        return [f"{at}: {value!r} is no {schema['format']}"]
    return [
        fault
        for name, inner, part in parts(value, schema)
        for fault in (faults(inner, part, shapes, f"{at}.{name}") if part else [f"{at}.{name}"])
    ] + [f"{at}.{name} is missing" for name in schema.get("required", ()) if name not in value]


def parts(value: Any, schema: Schema) -> list[tuple[str, Any, Schema]]:
    """(name, value, schema) of what it holds; an object without properties may hold anything."""
    if schema["type"] == "array":
        return [(str(place), inner, schema["items"]) for place, inner in enumerate(value)]
    if schema["type"] == "object" and "properties" in schema:
        known = schema["properties"]
        return [(name, inner, known.get(name)) for name, inner in value.items()]
    return []
