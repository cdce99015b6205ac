"""What the stages of one import report on their way: notes and where each field came from."""

from dataclasses import dataclass, field

from .draft import Note


@dataclass
class Findings:
    """Filled by one call of parse_page, stage after stage."""

    notes: list[Note] = field(default_factory=list)
    _origins: dict[str, dict[str, list[int]]] = field(default_factory=dict)

    def note(self, code: str, section: str, message: str, hint: str) -> None:
        note = Note(code, section, message, hint)
        if note not in self.notes:
            self.notes.append(note)

    def left_out(self, text: str, *, line: int, why: str, code: str, section: str = "head") -> None:
        """Text that no section holds. Quoted in full, so that nothing is lost in silence."""
        self.notes.append(
            Note(
                code,
                section,
                f"Left out ({why}), {at(line)}: “{text}”",
                "Copy it into the piece if it belongs there.",
            )
        )

    def came_from(self, field_name: str, rule: str, *lines: int) -> None:
        """Add to the provenance of a field; several rules can have filled it."""
        origins = self._origins.setdefault(field_name, {})
        origins.setdefault(rule, []).extend(line for line in lines if line)

    def provenance(self) -> dict[str, str]:
        return {
            name: "; ".join(
                f"{rule}, {at(*lines)}" if lines else rule for rule, lines in rules.items()
            )
            for name, rules in self._origins.items()
        }


def at(*lines: int) -> str:
    """ "line 7", "lines 7–9", or "in the page's head" where no line is known."""
    known = [line for line in lines if line]
    if not known:
        return "in the page's head"
    low, high = min(known), max(known)
    return f"line {low}" if low == high else f"lines {low}–{high}"
