"""The addresses of the API, under /api/."""

from django.urls import path, re_path

from . import views

urlpatterns = [
    path("v1/", views.index, name="api_index"),
    path("v1/openapi.json", views.description, name="api_openapi"),
    path("v1/trends", views.trends, name="api_trends"),
    path("v1/trends/<slug:slug>", views.trend, name="api_trend"),
    path("v1/topics", views.topics, name="api_topics"),
    path("v1/topics/<slug:slug>", views.topic, name="api_topic"),
    path("v1/authors", views.authors, name="api_authors"),
    path("v1/authors/<slug:slug>", views.author, name="api_author"),
    path("v1/corrections", views.corrections, name="api_corrections"),
    re_path(r"", views.unknown, name="api_unknown"),
]
