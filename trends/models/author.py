"""Author: a person credited in public. Not a user account, but may be linked to one."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Subquery

from ..paths import path_to
from .byline import Byline
from .edition_byline import EditionByline

MANY = 1_000  # editions of one person; of more it is quicker to look through the newest of all


class AuthorQuerySet(models.QuerySet["Author"]):
    def current(self) -> Self:
        """Without those who turned out to be somebody else."""
        return self.filter(merged_into=None)

    def unresolved(self) -> Self:
        """Names of an import that nobody has matched yet."""
        return self.current().filter(unresolved=True)

    def called(self, name: str) -> list["Author"]:
        """Everybody of that name, each once: somebody merged counts as who they are."""
        found = self.filter(name__iexact=name).select_related("merged_into")
        return list(dict.fromkeys(author.current for author in found))

    def after_slug(self, slug: str) -> Self:
        """By slug, from the one that follows; "" for all."""
        return self.filter(slug__gt=slug).order_by("slug")

    def formerly(self, slug: str) -> Self:
        """Who took over the page with that slug."""
        return self.filter(Exists(Author.objects.filter(merged_into=OuterRef("pk"), slug=slug)))

    def credited(self) -> Self:
        """Those in a byline of the desk; one is looked for of each, not all."""
        one = Byline.objects.filter(author=OuterRef("pk")).order_by().values("pk")[:1]
        return self.alias(one=Subquery(one)).filter(one__isnull=False)

    def with_volume(self) -> Self:
        """Adds `has_many`, for one person: whether there are more than MANY editions of theirs."""
        theirs = EditionByline.objects.filter(author=OuterRef("pk")).order_by().values("pk")
        return self.annotate(has_many=Subquery(theirs[MANY : MANY + 1]))

    def most_named_first(self) -> Self:
        """With `pieces`, in how many bylines of the desk each one is."""
        return self.annotate(pieces=Count("bylines")).order_by("-pieces", "name", "pk")


class Author(models.Model):
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True)
    job_title = models.CharField(max_length=120, blank=True)
    bio = models.TextField(blank=True, help_text="Text of the author's page.")
    portrait = models.ForeignKey(
        "trends.Image", on_delete=models.PROTECT, null=True, blank=True, related_name="portrait_of"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        help_text="The account of this person, if they work here.",
    )
    unresolved = models.BooleanField(
        default=False,
        help_text="Found by an import; somebody must say who this is before it is published.",
    )

    # Somebody who turned out to be somebody else: the row stays for its address and old texts.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged", editable=False
    )

    if TYPE_CHECKING:
        pieces: int  # on rows from most_named_first()
        has_many: int | None  # with_volume()

    objects = AuthorQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return path_to("author", self.slug)

    @property
    def current(self) -> "Author":
        """Who this is by now: one hop, since a merge brings along who was merged before."""
        return self.merged_into or self

    def resolve(self) -> bool:
        """Somebody said who this is. False where it was known already."""
        waiting = Author.objects.unresolved().filter(pk=self.pk)
        self.unresolved = False
        return bool(waiting.update(unresolved=False))
