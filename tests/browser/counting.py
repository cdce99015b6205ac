"""What a person does on a page, counted: clicks, keys, and the seconds that they cost.

The seconds are those of the keystroke-level model (Card, Moran and Newell, 1980): no clock of
this machine is read, so the figure is the same everywhere.
"""

from dataclasses import dataclass

from playwright.sync_api import Page

KEY, POINT, PRESS, HOME, THINK = 0.2, 1.1, 0.1, 0.4, 1.35

# Counts in the tab's own storage, so that they outlive a page.
_COUNT = """
for (const [kind, name] of [["click", "clicks"], ["keydown", "keys"]]) {
  addEventListener(kind, (event) => {
    // A click that a key makes is no click of a hand: it has no place.
    if (!event.isTrusted || (kind === "click" && !event.detail)) return;
    sessionStorage[name] = Number(sessionStorage[name] || 0) + 1;
  }, true);
}
"""


@dataclass(frozen=True, slots=True)
class Effort:
    clicks: int
    keys: int

    @property
    def seconds(self) -> float:
        """Each click: think, take the mouse, point, press twice (down, up), back to the keys."""
        return self.keys * KEY + self.clicks * (THINK + 2 * HOME + POINT + 2 * PRESS)


def count(page: Page) -> None:
    """Begin to count, before anything is done."""
    page.add_init_script(_COUNT)


def effort(page: Page) -> Effort:
    """What was done on pages of this site so far."""
    read = "(name) => Number(sessionStorage[name] || 0)"
    return Effort(page.evaluate(read, "clicks"), page.evaluate(read, "keys"))
