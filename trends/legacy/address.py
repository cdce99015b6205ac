"""One identity for the several addresses under which an article was ever shown.

`/?p=12`, `/en/topic/my-piece/?amp=1` and `/my-piece` differ in what surrounds the part that
names the article; only that part, and the site, make the identity.
"""

import re
import unicodedata
from hashlib import sha256
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from ..text import clean_url

_NAMES_AN_ARTICLE = ("p", "page_id", "id", "article", "article_id", "post")
_SITE_PREFIX = re.compile(r"^(?:www|m|amp|mobile)\.")
# Path parts that say how a page is shown, not which one it is.
_MANNER = frozenset(["amp", "index.html", "index.htm", "index.php", "feed", "print"])
_SUFFIX = re.compile(r"\.(?:s?html?|php|aspx?|amp)$")
_LANGUAGE = re.compile(r"[a-z]{2}(?:-[a-z]{2})?")
_ID_LENGTH = 200  # what the database holds


def slug_of(url: str) -> str:
    """The last part of the path that names the article; "" when none does."""
    parts = _path_parts(url)
    if not parts or (len(parts) == 1 and _LANGUAGE.fullmatch(parts[0])):
        return ""
    return _SUFFIX.sub("", parts[-1])


def site_of(url: str) -> str:
    return _SITE_PREFIX.sub("", (urlsplit(url).hostname or "").lower())


def stable_id(url: str) -> str:
    """The identity that an address gives, or "" when it names no single article."""
    site, slug, query = site_of(url), slug_of(url), _naming_query(url)
    if not (slug or query):
        return ""
    language = _path_parts(url)[:1] if len(_path_parts(url)) > 1 else []
    foreign = [part for part in language if _LANGUAGE.fullmatch(part) and part[:2] != "en"]
    path = "/".join([site, *foreign, slug]) if slug else site
    # "article.php?id=7" needs both; with a real slug the query says nothing new.
    asks = query if not slug or _is_script(url) else ""
    return _fitting(f"{path}?{asks}" if asks else path)


def text_id(*words: str) -> str:
    """The identity of a piece that came without an address: a digest of its bare words."""
    return f"text:{sha256(' '.join(words).encode()).hexdigest()[:32]}"


def _path_parts(url: str) -> list[str]:
    path = unicodedata.normalize("NFC", unquote(urlsplit(url).path)).casefold()
    return [part for part in path.split("/") if part and part not in _MANNER]


def _naming_query(url: str) -> str:
    pairs = parse_qsl(urlsplit(url).query)
    return "&".join(f"{name}={value}" for name, value in pairs if name in _NAMES_AN_ARTICLE)


def _is_script(url: str) -> bool:
    return urlsplit(url).path.rstrip("/").lower().endswith((".php", ".asp", ".aspx"))


def _fitting(identity: str) -> str:
    if len(identity) <= _ID_LENGTH:
        return identity
    digest = sha256(identity.encode()).hexdigest()[:32]
    return f"{identity[: _ID_LENGTH - 33]}#{digest}"


def safe_url(href: str, base: str) -> str | None:
    """An address to store, made whole by the address of the page; None when it is unsafe."""
    if not href.strip():
        return None
    try:
        return clean_url(urljoin(base, href.strip()) if base else href)
    except ValueError:
        return None
