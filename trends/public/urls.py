"""The public side, address by address."""

from django.urls import URLPattern, URLResolver, include, path, re_path, register_converter

from . import (
    archive,
    cards,
    correction_feed,
    feeds,
    llms,
    media,
    policies,
    probes,
    search,
    shared,
    site_files,
    sitemaps,
    trend,
    views,
)
from .feed import FormatConverter
from .sitemaps import PartConverter


class Number:
    """A number as it is written in one way only: years in four digits, months in two."""

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:02}"


class Year(Number):
    regex = "(?:19|20)[0-9]{2}"


class Month(Number):
    regex = "0[1-9]|1[0-2]"


register_converter(Year, "year")
register_converter(Month, "month")
register_converter(FormatConverter, "format")
register_converter(PartConverter, "part")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("trends/", views.trends, name="trends"),
    path("trends/<slug:slug>/", trend.trend, name="trend"),
    path("trends/<slug:slug>/card-<slug:digest>.jpg", cards.card, name="card"),
    path("trends/<slug:slug>/<slug:shape>/card-<slug:digest>.jpg", cards.card, name="shaped_card"),
    path("topics/", views.topics, name="topics"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("authors/<slug:slug>/", views.author, name="author"),
    path("archive/", archive.archive, name="archive"),
    path("archive/<year:year>/<month:month>/", archive.month, name="month"),
    path("search/", search.search, name="search"),
    path("corrections/", views.corrections, name="corrections"),
    path("corrections/feed.<format:form>", correction_feed.corrections, name="corrections_feed"),
    path("about/", policies.policy, name="about"),
    path("about/<slug:page>/", policies.policy, name="policy"),
    path("feeds/trends.<format:form>", feeds.site, name="feed"),
    path("topics/<slug:slug>/feed.<format:form>", feeds.topic, name="topic_feed"),
    path("authors/<slug:slug>/feed.<format:form>", feeds.author, name="author_feed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemaps/pages.xml", sitemaps.pages, name="sitemap_pages"),
    path("sitemaps/<part:part>.xml", sitemaps.month, name="sitemap_month"),
    path("sitemap-news.xml", sitemaps.news, name="news_sitemap"),
    path("robots.txt", site_files.robots, name="robots"),
    path("llms.txt", llms.llms, name="llms"),
    path(".well-known/security.txt", site_files.security, name="security"),
    path(".well-known/tdmrep.json", site_files.tdmrep, name="tdmrep"),
    path("license.xml", site_files.licence, name="licence"),
    path("healthz", probes.alive, name="healthz"),
    path("readyz", probes.ready, name="readyz"),
    path("workz", probes.worked, name="workz"),
    path("speculation-rules.json", site_files.speculation_rules, name="speculation_rules"),
    path("preview/<slug:token>/", shared.shared, name="shared"),
    path("favicon.ico", media.favicon, name="favicon"),
    path("media/<str:name>", media.picture, name="media"),
    path("", include("trends.public.markdown_urls")),
    path("api/", include("trends.public.api.urls")),
    # Last: what no page answers may be an address of former times.
    re_path(r"", trend.elsewhere, name="elsewhere"),
]


def _read_only(patterns: list[URLPattern | URLResolver]) -> None:
    """Readers only read, so nothing can be forged here: whoever tries to write is told 405, not
    403."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            vars(pattern.callback)["csrf_exempt"] = True
        else:
            _read_only(pattern.url_patterns)


_read_only(urlpatterns)
