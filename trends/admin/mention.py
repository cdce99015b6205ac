"""Who can be named in a note: asked while somebody types “@”."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import URLPattern, path

from ..models.colleagues import who_see
from ..models.names import name_of
from .access import changed_article
from .note_form import ADD

MOST = 8


class AskForm(forms.Form):
    q = forms.CharField(required=False, max_length=150)


class MentionPage(admin.ModelAdmin):
    """<id>/notes/people/?q= for ArticleAdmin: only those who may open the piece."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.people_view)
        page = path("<int:object_id>/notes/people/", view, name="trends_article_people")
        return [page, *super().get_urls()]

    def people_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        article = changed_article(request, object_id, ADD)
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        form = AskForm(request.GET)
        if not form.is_valid():
            return JsonResponse({"people": []})
        q = form.cleaned_data["q"]
        begins = (
            Q(username__istartswith=q) | Q(first_name__istartswith=q) | Q(last_name__istartswith=q)
        )
        found = who_see(article).filter(begins)[: MOST + 1]
        others = [user for user in found if user != request.user][:MOST]
        people = [{"name": user.get_username(), "label": name_of(user)} for user in others]
        return JsonResponse({"people": people})
