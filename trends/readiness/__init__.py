"""Is the piece ready? One checker, one wording, for every screen and command.

Plain data in, plain data out: a snapshot, and facts that the models gather. Rules and their
levels: rules.py, listed for editors in docs/readiness.md.
"""

from collections.abc import Mapping
from itertools import chain

from ..snapshot import Snapshot
from . import anywhere, evidence, head, hero, piece, prose, rows, text_pictures
from .facts import Facts, PictureFacts
from .hero import is_file_name
from .issues import Check, Issue, at_levels, blocking, in_order, introduced
from .passages import folded
from .rules import RULES, Level, Rule

__all__ = [
    "RULES",
    "Facts",
    "Issue",
    "Level",
    "PictureFacts",
    "Rule",
    "blocking",
    "folded",
    "introduced",
    "is_file_name",
    "readiness",
]

CHECKS: tuple[Check, ...] = (
    head.check_title, head.check_standfirst, head.check_facts, hero.check_hero,
    prose.check_lede, prose.check_context, text_pictures.check_pictures,
    evidence.check_rows, evidence.check_weight,
    rows.check_key_points, rows.check_actions, rows.check_author, rows.check_related,
    anywhere.check_texts, anywhere.check_links, anywhere.check_targets,
    piece.check_pending, piece.check_permission, piece.check_surroundings,
)  # fmt: skip


def readiness(
    snapshot: Snapshot, facts: Facts, levels: Mapping[str, str] | None = None
) -> list[Issue]:
    """Every fault of a piece, by section, what blocks first.

    `levels`: code → "block", "warn" or "off" where the site departs from RULES; a final rule
    stays as it is. Raises ValueError for a level that is none.
    """
    found = chain.from_iterable(check(snapshot, facts) for check in CHECKS)
    return in_order(at_levels(found, levels or {}))
