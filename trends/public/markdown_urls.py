"""Markdown twins of pages: the address of the page with .md for its final slash."""

from django.urls import path

from . import markdown_archive, markdown_lists, markdown_policies, markdown_trend

urlpatterns = [
    path("index.md", markdown_lists.home, name="home_markdown"),
    path("trends.md", markdown_lists.trends, name="trends_markdown"),
    path("trends/<slug:slug>.md", markdown_trend.trend, name="trend_markdown"),
    path("topics.md", markdown_lists.topics, name="topics_markdown"),
    path("topics/<slug:slug>.md", markdown_lists.topic, name="topic_markdown"),
    path("authors/<slug:slug>.md", markdown_lists.author, name="author_markdown"),
    path("corrections.md", markdown_lists.corrections, name="corrections_markdown"),
    path("archive.md", markdown_archive.archive, name="archive_markdown"),
    path("archive/<year:year>/<month:month>.md", markdown_archive.month, name="month_markdown"),
    path("search.md", markdown_archive.search, name="search_markdown"),
    path("about.md", markdown_policies.policy, name="about_markdown"),
    path("about/<slug:page>.md", markdown_policies.policy, name="policy_markdown"),
]
