"""“Merge into…”: two authors, or two topics, turn out to be one."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from ..models import Refused
from .access import may_all


def pieces_in_words(count: int) -> str:
    return "1 piece" if count == 1 else f"{count} pieces"


class MergeForm(forms.Form):
    """A plain list, which works by keyboard and without scripts."""

    into: forms.ModelChoiceField

    def __init__(self, *args: Any, others: Any, noun: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"] = forms.ModelChoiceField(
            others,
            label=f"The {noun} that stays",
            empty_label=f"Select the {noun}",
            error_messages={
                "required": f"Select the {noun} that stays.",
                "invalid_choice": f"There is no such {noun} any more. Select another one.",
            },
        )


class MergePages(admin.ModelAdmin):
    """<id>/merge/ for the admins of authors and topics; what is merged is in no list."""

    change_form_template = "admin/trends/merge/change_form.html"
    merge_needs: ClassVar[tuple[str, ...]]

    def merge(self, old: Any, into: Any, request: HttpRequest) -> int:
        """Do it; how many pieces changed."""
        raise NotImplementedError

    def count_pieces(self, row: Any) -> int:
        raise NotImplementedError

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.merge_view)
        return [
            path("<int:object_id>/merge/", view, name=self._name("merge")),
            *super().get_urls(),
        ]

    def _name(self, page: str) -> str:
        return f"trends_{self.opts.model_name}_{page}"

    def page_url(self, page: str, *args: Any) -> str:
        return reverse(f"admin:{self._name(page)}", args=args)

    def get_queryset(self, request: HttpRequest) -> Any:
        rows: Any = super().get_queryset(request)
        return rows.current()

    def may_merge(self, request: HttpRequest) -> bool:
        return may_all(request.user, *self.merge_needs)

    def found(self, object_id: Any) -> Any:
        """The row, merged or not. Raises Http404."""
        try:
            return self.model._default_manager.select_related("merged_into").get(pk=object_id)
        except (self.model.DoesNotExist, ValueError, OverflowError):
            noun = self.opts.verbose_name
            raise Http404(f"There is no such {noun}. It may have been deleted.") from None

    def led_on(self, request: HttpRequest, row: Any) -> HttpResponse:
        """To who took over."""
        messages.info(request, f"“{row}” is merged into “{row.current}”, which is this one.")
        return HttpResponseRedirect(self.page_url("change", row.current.pk))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if self.has_view_or_change_permission(request):
            row = self.found(object_id)
            if row.merged_into:
                return self.led_on(request, row)
        shown = {"merge_url": self.page_url("merge", object_id)} if self.may_merge(request) else {}
        return super().change_view(request, object_id, form_url, shown | (extra_context or {}))

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def merge_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        if not self.may_merge(request):
            raise PermissionDenied
        old = self.found(object_id)
        if old.merged_into:
            return self.led_on(request, old)
        form = self._merge_form(request, old)
        if request.method == "POST" and form.is_valid():
            try:
                return self._merged(request, old, form.cleaned_data["into"])
            except Refused as refused:
                form.add_error(None, str(refused))
        return self._ask(request, old, form)

    def _merge_form(self, request: HttpRequest, old: Any) -> MergeForm:
        others = self.get_queryset(request).exclude(pk=old.pk)
        data = request.POST if request.method == "POST" else None
        asked = {"into": request.GET.get("into")}
        return MergeForm(data, others=others, noun=str(self.opts.verbose_name), initial=asked)

    def _merged(self, request: HttpRequest, old: Any, into: Any) -> HttpResponse:
        count = self.merge(old, into, request)
        self.log_change(request, old, f"Merged into “{into}”.")
        self.log_change(request, into, f"“{old}” merged into it ({pieces_in_words(count)}).")
        what = f"“{old}” is merged into “{into}”"
        messages.success(
            request, f"{what}: {pieces_in_words(count)} changed." if count else f"{what}."
        )
        back = request.POST.get("then") == "unresolved"
        return HttpResponseRedirect(
            self.page_url("unresolved") if back else self.page_url("change", into.pk)
        )

    def _ask(self, request: HttpRequest, old: Any, form: MergeForm) -> HttpResponse:
        noun = str(self.opts.verbose_name)
        context = self.admin_site.each_context(request) | {
            "title": f"Merge “{old}” into another {noun}", "form": form, "old": old, "noun": noun,
            "opts": self.opts, "pieces": self.count_pieces(old),
            "list": self.page_url("changelist"), "back": self.page_url("change", old.pk),
        }  # fmt: skip
        return TemplateResponse(request, "admin/trends/merge/merge.html", context)
