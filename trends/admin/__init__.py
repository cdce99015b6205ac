"""The desk: Django admin for the people who write, check and publish."""

from . import articles, authors, images, records, site, topics

__all__ = ["articles", "authors", "images", "records", "site", "topics"]
