"""LegacyDocument: the raw source of an imported piece and what the importer made of it."""

from django.db import models


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

    def __str__(self) -> str:
        return self.source_name
