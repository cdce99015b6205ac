"""What the API makes of requests: methods, other sites, parameters that are wrong."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from trends.models import Article
from trends.public.api import openapi, views

PATHS = ["", "openapi.json", "trends", "topics", "authors", "corrections", "topics/harbours"]


def problem(response: Any, status: int) -> Any:
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    found = response.json()
    assert found["status"] == status
    return found


@pytest.mark.parametrize("path", PATHS)
def test_any_site_may_read_it_and_keep_it(client: Client, piece: Article, path: str) -> None:
    first = client.get(f"/api/v1/{path}")
    assert first.status_code == 200
    assert first["Access-Control-Allow-Origin"] == "*"
    assert first["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert first["X-Robots-Tag"] == "noindex"
    assert not first.cookies
    head = client.head(f"/api/v1/{path}")
    assert (head.content, head.headers) == (b"", first.headers)
    again = client.get(f"/api/v1/{path}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_index_names_the_description(client: Client) -> None:
    assert client.get("/api/v1/")["Link"].endswith('/api/v1/openapi.json>; rel="service-desc"')


@pytest.mark.parametrize("path", [*PATHS, "trends/x", "nothing"])
def test_it_only_reads(path: str) -> None:
    """Nor does anybody hear of a missing token instead."""
    client = Client(enforce_csrf_checks=True)
    for method in ("post", "put", "patch", "delete"):
        response = getattr(client, method)(f"/api/v1/{path}")
        problem(response, 405)
        assert response["Allow"] == "GET, HEAD, OPTIONS"
    asked = client.options(f"/api/v1/{path}")
    assert (asked.status_code, asked.content) == (204, b"")
    assert asked["Access-Control-Allow-Headers"] == "If-None-Match"


def test_what_is_unknown_is_so_in_json(client: Client, piece: Article) -> None:
    paths = ["", "v1/nothing", "v2/trends", "v1/trends/x", "v1/topics/x", "v1/authors/x",
             "v1/trends/x/y", "v1/trends/ä"]  # fmt: skip
    answers = [client.get(f"/api/{path}") for path in paths]
    for answer in answers:
        problem(answer, 404)
    assert len({answer.content for answer in answers}) == 1


def test_a_slash_too_many_or_too_few(client: Client, db: None) -> None:
    asked = "?topic=x"
    for path, tidy in (
        (f"/api/v1/trends/{asked}", f"/api/v1/trends{asked}"),
        ("/api/v1", "/api/v1/"),
    ):
        response: Any = client.get(path)
        assert (response.status_code, response["Location"]) == (301, tidy)


@pytest.mark.parametrize(
    ("asked", "parameter", "allowed"),
    [
        ("trends?page=2", "page", True),
        ("trends?topic=nothing", "topic", ["harbours"]),
        ("trends?author=nobody", "author", ["nora-vale"]),
        ("trends?since=yesterday", "since", None),
        ("trends?until=99999-01-01", "until", None),
        (f"trends?q={'x' * 201}", "q", None),
        ("trends?older_than=1", "older_than", None),
        ("trends?topic=harbours&topic=harbours", "topic", None),
        ("corrections?older_than=x", "older_than", None),
        ("corrections?after=x", "after", ["older_than"]),
        ("topics?after=%20", "after", None),
        ("topics/harbours?x=1", "x", None),
    ],
)
def test_what_is_not_understood_is_refused(
    client: Client, piece: Article, asked: str, parameter: str, allowed: Any
) -> None:
    response = client.get(f"/api/v1/{asked}")
    found = problem(response, 400)
    assert found["detail"] == f"Not understood: {parameter}."
    (error,) = found["errors"]
    assert error["parameter"] == parameter
    assert error["message"]
    if allowed is True:
        path = openapi.document()["paths"]["/trends"]["get"]
        allowed = [row["name"] for row in path["parameters"]]
    assert error.get("allowed") == allowed
    assert response["Cache-Control"] == "no-store"


def test_all_faults_are_told_at_once(client: Client, piece: Article) -> None:
    found = problem(client.get("/api/v1/trends?since=x&until=y&topic=z"), 400)
    assert {error["parameter"] for error in found["errors"]} == {"since", "until", "topic"}


def test_an_empty_value_asks_for_nothing(client: Client, piece: Article) -> None:
    assert client.get("/api/v1/trends?topic=&since=&older_than=").json()["trends"]


def test_what_nobody_can_read_and_our_own_fault(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem(client.get("/api/v1/trends?q=%00"), 400)
    monkeypatch.setattr(views, "matching", None)
    patient = Client(raise_request_exception=False)
    assert "NoneType" not in str(problem(patient.get("/api/v1/trends"), 500))


names = st.sampled_from([*views.TrendFilter.base_filters, "older_than", "after", "zzz"])
values = st.text(max_size=12) | st.sampled_from(
    ["harbours", "nora-vale", "2025-01-01", "0001-01-01", "9999-12-31", "9-9", "true", "-1",
     "999999999999999999-999999999999999999", "0-0", "%", "'", "a OR b", '"', "-title"]
)  # fmt: skip


@examples(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PATHS), st.dictionaries(names, values, max_size=3))
def test_no_parameter_breaks_it(
    client: Client, piece: Article, path: str, asked: dict[str, str]
) -> None:
    response = client.get(f"/api/v1/{path}", asked)
    assert response.status_code in (200, 400)
    assert "json" in response["Content-Type"]
