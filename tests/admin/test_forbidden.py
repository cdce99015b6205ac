"""403 says what to do, in the look of the desk."""

from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse

from trends.models.making import make_article


def test_somebody_elses_piece_is_refused_with_a_way_on(desk: Any, wes: User, ada: User) -> None:
    article = make_article("Ada's own piece", by=ada)
    response = desk(wes).get(reverse("admin:trends_article_change", args=[article.pk]))
    assert response.status_code == 403
    assert "An editor can assign it to you" in response.text
    assert reverse("admin:index") in response.text
