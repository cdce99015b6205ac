"""Evidence from a pasted link or quotation: quick.js asks for rows and fills them in; without
JavaScript the same box is read when the piece is saved."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse, QueryDict
from django.urls import URLPattern, path

from ..models import Evidence
from ..quoting import rows
from .access import may_all

BOX = "quick_evidence"
# What the fields of a new row hold before anybody touches them.
BLANK: dict[str, str] = {
    "kind": Evidence.Kind.DOCUMENT, "stance": Evidence.Stance.SUPPORTS,
    "verdict": Evidence.Verdict.UNCHECKED, "disclosure": Evidence.Disclosure.NAMED,
}  # fmt: skip


class QuickEvidence(admin.ModelAdmin):
    """quick-evidence/ for ArticleAdmin. It stands before Saving, so that merging sees the rows."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and request.POST.get(BOX):
            data = request.POST.copy()
            quick_rows(data)
            request.POST = data  # type: ignore[assignment]
        return super().changeform_view(request, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.quick_evidence_view)
        page = path("quick-evidence/", view, name="trends_article_quick_evidence")
        return [page, *super().get_urls()]

    def quick_evidence_view(self, request: HttpRequest) -> HttpResponse:
        """{"rows": [values of a row, by field]}; nothing is fetched and nothing saved."""
        if not may_all(request.user, "trends.add_evidence"):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        return JsonResponse({"rows": rows(request.POST.get("text", ""))})


def quick_rows(data: QueryDict) -> None:
    """Turn the text of the box into posted rows, so that a save takes them for typed ones."""
    total = str(data.get("evidence-TOTAL_FORMS", ""))
    if not data.get(BOX) or not (total.isdecimal() and len(total) < 5):
        return
    found: list[dict[str, Any]] = [BLANK | fields for fields in rows(str(data.pop(BOX)[-1]))]
    for index, fields in enumerate(found, int(total)):
        for name, value in fields.items():
            data[f"evidence-{index}-{name}"] = value
        data[f"evidence-{index}-position"] = str(index)
    data["evidence-TOTAL_FORMS"] = str(int(total) + len(found))
