"""The public side, address by address."""

from django.urls import path, re_path

from . import cards, feeds, media, sitemaps, trend, views

urlpatterns = [
    path("", views.home, name="home"),
    path("trends/", views.trends, name="trends"),
    path("trends/<slug:slug>/", trend.trend, name="trend"),
    path("trends/<slug:slug>/card-<slug:digest>.jpg", cards.card, name="card"),
    path("topics/", views.topics, name="topics"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("authors/<slug:slug>/", views.author, name="author"),
    path("corrections/", views.corrections, name="corrections"),
    path("about/", views.about, name="about"),
    path("feeds/trends.rss", feeds.site, name="feed"),
    path("topics/<slug:slug>/feed.rss", feeds.topic, name="topic_feed"),
    path("authors/<slug:slug>/feed.rss", feeds.author, name="author_feed"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("media/<str:name>", media.picture, name="media"),
    # Last: what no page answers may be an address of former times.
    re_path(r"", trend.elsewhere, name="elsewhere"),
]
