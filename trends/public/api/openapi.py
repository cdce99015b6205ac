"""The API's own description, OpenAPI 3.1: made of the shapes that make the answers and of the
filters that the list of trends has."""

from copy import deepcopy
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django_filters import Filter

from ..filters import TrendFilter
from ..paging import PARAMETER
from . import lists, parts, picture_shapes, trend_shapes
from .asked import AFTER
from .kinds import TEXT, URL, Kind, Schema, Shape, field

COLLECTIONS = ("trends", "topics", "authors", "corrections")
INDEX = Shape(
    "Index", "Where everything is.",
    name=field(TEXT), site=field(URL), **{name: field(URL) for name in COLLECTIONS},
    openapi=field(URL),
)  # fmt: skip
SHAPES = (
    INDEX, lists.TRENDS, trend_shapes.ENTRY, trend_shapes.TREND, trend_shapes.SECTION,
    trend_shapes.KEY_POINT, trend_shapes.ACTION, trend_shapes.RELATED, trend_shapes.RETRACTION,
    parts.EVIDENCE, parts.CHANGE, lists.TOPICS, parts.TOPIC, parts.TOPIC_LINK, lists.AUTHORS,
    parts.AUTHOR, parts.CREDIT, picture_shapes.PICTURE, picture_shapes.RENDITION, lists.CORRECTIONS,
    parts.CORRECTION,
)  # fmt: skip
PROBLEM: Schema = {
    "type": "object",
    "description": "What is wrong (RFC 9457).",
    "properties": {
        "type": TEXT.schema,
        "title": TEXT.schema,
        "status": {"type": "integer"},
        "detail": TEXT.schema,
        "errors": {
            "type": "array",
            "description": "Parameters that were not understood.",
            "items": {
                "type": "object",
                "properties": {
                    "parameter": TEXT.schema,
                    "message": TEXT.schema,
                    "allowed": {"type": "array", "items": TEXT.schema},
                },
                "required": ["parameter", "message"],
            },
        },
    },
    "required": ["type", "title", "status", "detail"],
}
_EITHER = Kind({"oneOf": [trend_shapes.TREND.schema, trend_shapes.RETRACTION.schema]})
PROBLEMS = {
    "400": "A parameter that there is not, or a value that it does not take.",
    "404": "Nothing that readers may know of.",
    "410": "It was public and is gone.",
}


@dataclass(frozen=True, slots=True)
class Operation:
    """GET of one address. `route`: the name of its pattern."""

    route: str
    path: str
    summary: str
    answer: Kind | Shape
    takes: str = ""  # "filters", or the parameter of its cursor
    can_be_gone: bool = False


OPERATIONS = (
    Operation("api_index", "/", "Where everything is", INDEX),
    Operation("api_openapi", "/openapi.json", "This description", Kind({"type": "object"})),
    Operation("api_trends", "/trends", "Live trends, newest first", lists.TRENDS, "filters"),
    Operation(
        "api_trend", "/trends/{slug}", "A trend, or the notice of one that was retracted", _EITHER,
        can_be_gone=True,
    ),
    Operation("api_topics", "/topics", "Topics of live trends, by slug", lists.TOPICS, AFTER),
    Operation("api_topic", "/topics/{slug}", "A topic", parts.TOPIC),
    Operation("api_authors", "/authors", "Authors of live trends, by slug", lists.AUTHORS, AFTER),
    Operation("api_author", "/authors/{slug}", "An author", parts.AUTHOR),
    Operation(
        "api_corrections", "/corrections", "Corrections of live trends, newest first",
        lists.CORRECTIONS, PARAMETER,
    ),
)  # fmt: skip


def document() -> Schema:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{settings.NEWSROOM_NAME} API",
            "version": "1",
            "description": "What the pages of the site say, as data. It only reads, needs no "
            "account, and answers 304 to If-None-Match.",
        },
        "servers": [{"url": f"{settings.NEWSROOM_BASE_URL}/api/v1"}],
        "paths": {operation.path: {"get": described(operation)} for operation in OPERATIONS},
        "components": {
            "schemas": {shape.name: shape.definition for shape in SHAPES} | {"Problem": PROBLEM},
            "responses": {code: problem(about) for code, about in PROBLEMS.items()},
        },
    }


def described(operation: Operation) -> Schema:
    found: Schema = {
        "operationId": operation.route.removeprefix("api_"),
        "summary": operation.summary,
        "parameters": parameters(operation),
        "responses": {
            "200": {
                "description": operation.summary,
                "headers": {"ETag": {"schema": TEXT.schema}},
                "content": {"application/json": {"schema": operation.answer.schema}},
            },
            "304": {"description": "Nothing changed since the ETag that you sent."},
            "400": reference("400"),
        },
    }
    if "{slug}" in operation.path:
        found["responses"] |= {
            "301": {"description": "It has another slug now."},
            "404": reference("404"),
        }
    if operation.can_be_gone:
        found["responses"]["410"] = reference("410")
    return found


def reference(code: str) -> Schema:
    return {"$ref": f"#/components/responses/{code}"}


def problem(about: str) -> Schema:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": about, "content": {"application/problem+json": {"schema": schema}}}


# --- parameters ---


def parameters(operation: Operation) -> list[Schema]:
    if "{slug}" in operation.path:
        return [parameter("slug", "path", TEXT.schema, "As lists have it.") | {"required": True}]
    if operation.takes == "filters":
        return [*filters(), cursor(PARAMETER)]
    return [cursor(operation.takes)] if operation.takes else []


def cursor(name: str) -> Schema:
    return parameter(name, "query", TEXT.schema, "From the address in “next”.")


def filters() -> list[Schema]:
    # Copies: a field that is asked for is kept, and each list has choices of its own.
    found: dict[str, Filter] = deepcopy(TrendFilter.base_filters)
    return [
        parameter(name, "query", schema_of(each), about(name, each)) for name, each in found.items()
    ]


def parameter(name: str, place: str, schema: Schema, about: str) -> Schema:
    return {"name": name, "in": place, "description": about, "schema": schema}


def schema_of(each: Filter) -> Schema:
    choices = [str(value) for value, _ in each.extra.get("choices", ()) if value]
    if choices:
        return {"type": "string", "enum": choices}
    if isinstance(each.field, forms.DateField):
        return {"type": "string", "format": "date"}
    if isinstance(each.field, forms.BooleanField):  # a NullBooleanField is one too
        return {"type": "boolean"}
    longest = getattr(each.field, "max_length", None)
    return TEXT.schema | ({"maxLength": longest} if longest else {})


def about(name: str, each: Filter) -> str:
    is_reference = isinstance(each.field, forms.ChoiceField) and not each.extra.get("choices")
    where = f"; a slug of /{name}s" if is_reference else ""
    return f"{each.label}{where}"
