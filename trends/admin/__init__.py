"""The desk: Django admin for the people who write, check and publish."""

from . import articles, authors, images, jobs, notices, records, releases, site, topics, users

__all__ = [
    "articles",
    "authors",
    "images",
    "jobs",
    "notices",
    "records",
    "releases",
    "site",
    "topics",
    "users",
]
