"""Readers know before they choose what is opinion and what is paid for."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.public.conftest import READY
from trends.models.making import make_article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/trends/"])
@pytest.mark.parametrize(
    ("kind", "label"), [("sponsored", "Sponsored"), ("opinion", "Opinion"), ("analysis", "")]
)
def test_lists_label_the_kind(client: Client, pam: User, path: str, kind: str, label: str) -> None:
    sponsor = "Nordhaven Port" if kind == "sponsored" else ""
    make_article("A pump house", by=pam, publish=True, kind=kind, sponsor=sponsor, **READY)
    body = client.get(path).text
    assert ("<b>" in body) == bool(label)
    assert f"<b>{label}</b>" in body or not label
