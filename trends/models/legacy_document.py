"""LegacyDocument: the raw source of an imported piece and what the importer made of it."""

from hashlib import sha256

from django.db import models

_ERASED = "erased:"


class LegacyDocumentManager(models.Manager["LegacyDocument"]):
    def known(self, legacy_id: str) -> "LegacyDocument | None":
        """The one of that identity, also where it was erased."""
        return self.filter(legacy_id__in=[legacy_id, _hidden(legacy_id)]).first()


def _hidden(legacy_id: str) -> str:
    return _ERASED + sha256(legacy_id.encode()).hexdigest()


class LegacyDocument(models.Model):
    legacy_id = models.CharField(max_length=200, unique=True)
    article = models.ForeignKey(
        "Article", on_delete=models.SET_NULL, null=True, related_name="legacy_documents"
    )
    source_name = models.CharField(max_length=500)
    raw = models.TextField()
    digest = models.CharField(max_length=64)  # SHA-256 of the raw source
    parser_version = models.PositiveSmallIntegerField()
    # Sections as the import wrote them: what differs today was edited by a person.
    imported = models.JSONField(default=dict)
    provenance = models.JSONField(default=dict)  # field → rule and lines it came from
    notes = models.JSONField(default=list)
    imported_at = models.DateTimeField()

    objects = LegacyDocumentManager()

    def __str__(self) -> str:
        return self.source_name

    @property
    def is_erased(self) -> bool:
        return self.legacy_id.startswith(_ERASED)

    def erase(self) -> None:
        """Keep no more than a digest of the identity: the same source is known again."""
        self.legacy_id = _hidden(self.legacy_id)
        self.source_name = self.raw = self.digest = ""
        self.imported, self.provenance, self.notes = {}, {}, []
        self.save()
