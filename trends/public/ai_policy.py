"""What machines may do with the texts, as NEWSROOM_AI_POLICY says: TDMRep (a reservation of text
and data mining, as EU law knows it) and RSL 1.0 (a licence), both in headers of every page, feed
and list. robots.txt stays with what every crawler understands.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse

from ..paths import path_to
from .policy import add_link

RSL = "application/rsl+xml"


@dataclass(frozen=True, slots=True)
class Policy:
    """`permits` and `prohibits` are words of RSL for a usage; "" for none."""

    reserves: bool
    permits: str
    prohibits: str = ""


POLICIES = {
    "allow": Policy(reserves=False, permits="all"),
    "no-train": Policy(reserves=True, permits="search", prohibits="ai-train"),
    "search-only": Policy(reserves=True, permits="search", prohibits="ai-all"),
}


def policy() -> Policy:
    return POLICIES[settings.NEWSROOM_AI_POLICY]


def tell(response: HttpResponse) -> None:
    """Say it in the headers of a public answer."""
    response.headers["TDM-Reservation"] = str(int(policy().reserves))
    add_link(response, path_to("licence"), f'rel="license"; type="{RSL}"')


def tdmrep() -> list[dict[str, object]]:
    """The content of /.well-known/tdmrep.json."""
    return [{"location": "/", "tdm-reservation": int(policy().reserves)}]


def rsl() -> str:
    """The content of /license.xml: of the whole site."""
    chosen = policy()
    usages = {"permits": chosen.permits, "prohibits": chosen.prohibits}
    lines = [f'      <{tag} type="usage">{use}</{tag}>' for tag, use in usages.items() if use]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            '<rsl xmlns="https://rslstandard.org/rsl">',
            '  <content url="/">',
            "    <license>",
            *lines,
            "    </license>",
            "  </content>",
            "</rsl>",
            "",
        ]
    )
