"""`manage.py erase`: erase the content of a piece, for law and privacy (models/erasing.py)."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from trends.models import Article, Refused
from trends.models.erasing import erase, erased_already


class Command(BaseCommand):
    help = "Erase the content of a piece for good, everywhere; the fact and its 410 stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("article_id", type=int, metavar="ARTICLE_ID")
        parser.add_argument("--reason", required=True, help="the law, or who asked for it")
        parser.add_argument("--by", required=True, metavar="ACCOUNT", help="who answers for it")

    def handle(self, *, article_id: int, reason: str, by: str, **options: Any) -> None:
        article = Article.objects.filter(pk=article_id).first()
        if article is None:
            raise CommandError(
                f"There is no piece {article_id}. Its form's address has the number."
            )
        user = User.objects.filter(username=by).first()
        if user is None:
            raise CommandError(f"There is no account “{by}”. Name one that exists.")
        if article.erased_at:
            self.stdout.write(erased_already(article))
            return
        try:
            erase(article, by=user, reason=reason)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"The content of piece {article_id} is erased.")
