"""Choosing a picture without leaving a form: fragments of HTML for the chooser's dialog."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_safe

from ..models import Image
from ..models.picture_files import Stale
from .image_form import WordsForm
from .image_saving import make_files
from .image_stale import Side, sides
from .image_suggestions import suggested
from .picture_field import faces
from .pictures import whole_url

PAGE = 24
IDS = r"^[1-9]\d{0,17}(,[1-9]\d{0,17}){0,199}$"


class Wanted(forms.Form):
    """Which pictures: a search with a page, or those with the given numbers."""

    q = forms.CharField(
        required=False,
        max_length=200,
        widget=forms.TextInput({"type": "search", "id": "chooser-q"}),
    )
    show = forms.ChoiceField(
        required=False,
        choices=[("", "All pictures"), ("unused", "Not used yet")],
        widget=forms.Select({"id": "chooser-show"}),
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)
    ids = forms.RegexField(IDS, required=False)

    @property
    def numbers(self) -> list[int]:
        return [int(number) for number in filter(None, self.cleaned_data["ids"].split(","))]


class NeededWordsForm(WordsForm):
    """What is asked for where a picture is chosen; the library asks for the rest."""

    class Meta(WordsForm.Meta):
        fields = (  # type: ignore[assignment]
            "alt_text", "decorative", "caption", "credit", "creator", "licence", "ai_use",
        )  # fmt: skip


class Choosing(admin.ModelAdmin):
    """choose/ and <id>/words/ for ImageAdmin."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("choose/", view(self.choose_view), name="trends_image_choose"),
            path("<int:object_id>/words/", view(self.words_view), name="trends_image_words"),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def choose_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = Wanted(request.GET)
        if not form.is_valid():
            return HttpResponseBadRequest("There is no such choice of pictures.")
        numbers = form.numbers
        context = self._named(numbers) if numbers else self._page(request, form)
        context |= {
            "form": form,
            "may_add": self.has_add_permission(request),
            "may_describe": self.has_change_permission(request),
        }
        name = "choose_cards" if numbers else "choose"
        return TemplateResponse(request, f"admin/trends/image/{name}.html", context)

    def _named(self, numbers: list[int]) -> dict[str, Any]:
        images = Image.objects.with_use().filter(pk__in=numbers)
        return {"cards": faces(images)}

    def _page(self, request: HttpRequest, form: Wanted) -> dict[str, Any]:
        """One page; a row more tells whether there is another."""
        data = form.cleaned_data
        images: Any = Image.objects.with_use()
        images = images.unused() if data["show"] else images
        images, _ = self.get_search_results(request, images, data["q"])
        page = data["page"] or 1
        rows = list(images[(page - 1) * PAGE : page * PAGE + 1])
        return {
            "cards": faces(rows[:PAGE]),
            "next": page + 1 if len(rows) > PAGE else None,
        }

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def words_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """GET: the form. POST: 200 with the picture's face, 422 with what is wrong, 409 with what
        somebody else saved meanwhile."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        image = _image(object_id)
        form = NeededWordsForm(request.POST or None, instance=image, auto_id="words_%s")
        if request.method != "POST":
            return self._words(request, form)
        valid, saved = form.is_valid(), _image(object_id)
        if request.POST.get("loaded") != str(saved.version):
            return self._late(request, form, saved)
        if not valid:
            return self._words(request, form, status=422)
        if not form.changed_data:
            return self._face(request, object_id)
        try:
            image.revise(form.changed_data, remake=False)
        except Stale:
            return self._late(request, form, _image(object_id))
        self.log_change(request, image, [{"changed": {"fields": form.changed_data}}])
        make_files(image)  # what fails here follows with the next housekeeping
        return self._face(request, object_id)

    def _words(
        self,
        request: HttpRequest,
        form: NeededWordsForm,
        *,
        status: int = 200,
        theirs: list[Side] | None = None,
    ) -> HttpResponse:
        offers = suggested(form.instance)
        context = {
            "form": form, "image": form.instance, "theirs": theirs,
            "whole": whole_url(form.instance), "loaded": form.instance.version,
            "fields": [(field, offers.get(field.name)) for field in form],
        }  # fmt: skip
        template = "admin/trends/image/choose_words.html"
        return TemplateResponse(request, template, context, status=status)

    def _late(self, request: HttpRequest, form: NeededWordsForm, saved: Image) -> HttpResponse:
        """The form as it was typed, ready to be saved over what it shows beside it."""
        form.instance.version = saved.version
        return self._words(request, form, status=409, theirs=sides(form, saved))

    def _face(self, request: HttpRequest, object_id: int) -> HttpResponse:
        context = self._named([object_id]) | {"may_describe": True}
        return TemplateResponse(request, "admin/trends/image/choose_cards.html", context)


def _image(object_id: int) -> Image:
    try:
        image: Image = Image.objects.get(pk=object_id)
    except (Image.DoesNotExist, OverflowError):
        raise Http404("There is no such picture. It may have been deleted.") from None
    return image
