"""What load balancers and supervisors are told."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from trends.models import Job

PROBES = ("/healthz", "/readyz", "/workz")


def test_they_are_answered_whatever_the_host_and_never_kept(
    client: Client, settings: Settings, db: None, django_assert_num_queries: Any
) -> None:
    settings.SECURE_SSL_REDIRECT = settings.NEWSROOM_MAINTENANCE = True
    for path, queries in zip(PROBES, (0, 1, 1), strict=True):
        with django_assert_num_queries(queries):
            answer = client.get(path, headers={"host": "10.0.0.7:8000"})
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store"), path
        assert answer["Content-Type"].startswith("text/plain")
        assert client.post(path).status_code == 405
        assert client.head(path).status_code == 200


def test_without_a_database_only_the_process_is_well(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: Any, **kwargs: Any) -> Any:
        raise OperationalError("connection to ada:topsecret@db failed")

    monkeypatch.setattr(connection, "cursor", away)
    answers = [client.get(path) for path in PROBES]
    assert [answer.status_code for answer in answers] == [200, 503, 503]
    assert answers[1].text == "the database can't be reached\n" == answers[2].text


def test_a_migration_to_come_keeps_readers_away(client: Client, db: None) -> None:
    row = MigrationRecorder.Migration.objects.filter(app="trends").latest("pk")
    row.delete()
    answer = client.get("/readyz")
    assert (answer.status_code, "manage.py migrate" in answer.text) == (503, True)


def test_jobs_that_nobody_does_are_told(client: Client, db: None) -> None:
    """Those that wait while a worker is busy have a reason to."""
    now = timezone.now()
    Job.objects.add("test", "a", run_at=now - timedelta(minutes=4))
    assert client.get("/workz").status_code == 200
    Job.objects.add("test", "b", run_at=now - timedelta(minutes=6))
    assert client.get("/workz").status_code == 503
    assert client.get("/readyz").status_code == 200
    assert Job.objects.claim(now)
    assert client.get("/workz").status_code == 200
