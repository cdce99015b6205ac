"""/preview/<token>/: one unpublished revision for somebody without an account, and what they say.

The one public page that reads the working copy, through SharedLink.objects.open() alone. A token
that is wrong and one that is dead are answered like any address that nobody knows.
"""

import secrets

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ..models import Advice, Refused, SharedLink
from ..pages import preview_page
from ..snapshot import upgrade
from .context import render_page
from .errors import not_found
from .preview import preview_context

HEADERS = {
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}
SALT = "trends.public.shared"
UNREADABLE = "The desk could not read this form. Send it once more."


class AdviceForm(forms.Form):
    """`sent` is signed and of one link. It does what a CSRF cookie would do, which readers never
    get; and nobody can send the form who does not know the address."""

    name = forms.CharField(max_length=Advice._meta.get_field("name").max_length)
    text = forms.CharField(max_length=Advice._meta.get_field("text").max_length, required=False)
    agrees = forms.BooleanField(required=False)
    sent = forms.CharField(required=False)

    def __init__(self, link: SharedLink, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.link = link
        self.fields["name"].error_messages |= {
            "required": "Your name is missing. Enter it, so that the desk knows who speaks.",
            "max_length": "Your name is too long: %(limit_value)d characters are the most.",
        }
        self.fields["text"].error_messages["max_length"] = (
            "Your comment has %(show_value)d characters; %(limit_value)d are the most. Shorten it."
        )

    def clean_sent(self) -> str:
        """The key of the form."""
        try:
            link, key = signing.loads(self.cleaned_data["sent"], salt=SALT)
        except (signing.BadSignature, ValueError):
            raise forms.ValidationError(UNREADABLE) from None
        if link != self.link.pk:
            raise forms.ValidationError(UNREADABLE)
        return str(key)

    def clean(self) -> None:
        given = self.cleaned_data
        if not given.get("agrees") and not given.get("text") and "text" not in self.errors:
            self.add_error("text", "Enter a comment, or tick that you agree.")

    def fresh_mark(self) -> str:
        return signing.dumps([self.link.pk, secrets.token_hex(8)], salt=SALT)


# A page with Referrer-Policy no-referrer posts with "Origin: null", which Django's own check
# refuses, and its cookie is none that readers get.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def shared(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    link = SharedLink.objects.open(now).of_token(token).for_page().first()
    if link is None:
        return not_found(request)
    if request.method == "POST":
        return take_advice(request, link)
    if request.method == "GET":
        link.count_opening(now)
    return shared_page(link, AdviceForm(link), is_thanked="thanks" in request.GET)


def take_advice(request: HttpRequest, link: SharedLink) -> HttpResponse:
    form = AdviceForm(link, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            link.advise(key=given.pop("sent"), now=timezone.now(), **given)
        except Refused as refused:
            form.add_error(None, str(refused))
    if not form.is_valid():
        return shared_page(link, form)  # 200: what is refused is logged, with the token
    return _private(HttpResponseRedirect(f"{request.path}?thanks#advice"))


def shared_page(link: SharedLink, form: AdviceForm, *, is_thanked: bool = False) -> HttpResponse:
    page = preview_page(link.article, timezone.now(), upgrade(link.revision.content))
    context = preview_context(page) | {
        "link": link, "form": form, "is_thanked": is_thanked,
        "robots_meta": HEADERS["X-Robots-Tag"],
    }  # fmt: skip
    return _private(render_page("shared.html", context))


def _private(response: HttpResponse) -> HttpResponse:
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
