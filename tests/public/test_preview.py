"""render_preview: the public template, for those who may see more."""

from django.contrib.auth.models import User
from django.test import RequestFactory
from django.utils import timezone

from trends.models.making import make_article
from trends.pages import preview_page
from trends.public.preview import render_preview

from .conftest import READY


def test_a_draft_is_shown_as_it_would_be(pam: User) -> None:
    page = preview_page(make_article("A draft", by=pam, **READY), timezone.now())
    response = render_preview(RequestFactory().get("/"), page, "It shows revision 7.")
    assert response.status_code == 200
    for words in ("A draft", "will build a second pump house", "Preview", "It shows revision 7."):
        assert words in response.text
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    assert 'content="noindex"' in response.text
    assert "ld+json" not in response.text
    assert "script-src 'none'" in response["Content-Security-Policy"]
