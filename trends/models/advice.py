"""Advice: what somebody without an account says of a shared revision. It changes no stage."""

from django.db import models
from django.db.models import Q


class Advice(models.Model):
    link = models.ForeignKey("SharedLink", on_delete=models.CASCADE, related_name="advice")
    name = models.CharField(max_length=80)
    text = models.TextField(blank=True, max_length=2000)
    agrees = models.BooleanField(default=False)
    at = models.DateTimeField()
    # Key of the form, so that one that is sent twice counts once.
    form_key = models.CharField(max_length=16)

    class Meta:
        verbose_name_plural = "advice"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["link", "form_key"], name="advice_form_once"),
            models.CheckConstraint(condition=~Q(text="") | Q(agrees=True), name="advice_says"),
        ]

    def __str__(self) -> str:
        return self.text[:80] or "Agrees"

    def in_a_sentence(self) -> str:
        """For whoever made the link."""
        did = "agrees with" if self.agrees else "comments on"
        said = f": {self.text}" if self.text else "."
        return f"{self.name} ({self.link.label}) {did} “{self.link.article.title}”{said}"
