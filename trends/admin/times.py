"""Moments as people type them: in the site's time zone, which is said beside the field."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import lazy


def zone_line(at: datetime | None = None) -> str:
    """The zone in force with its offset: "Europe/Berlin, UTC+01:00"."""
    name, offset = str(timezone.get_current_timezone()), _offset(timezone.localtime(at))
    return name if name == "UTC" else f"{name}, UTC{offset}"


def whole_minute(at: datetime) -> datetime:
    """The next whole minute, as people would type it."""
    return (at + timedelta(minutes=1)).replace(second=0, microsecond=0)


def _zone_sentence() -> str:
    return f"Time zone: {zone_line()}."


def moment_in_words(at: datetime, now: datetime) -> str:
    """As people say it: "Thursday 3 December, 14:00 Europe/Berlin, in 9 days"."""
    local = timezone.localtime(at)
    year = f" {local.year}" if local.year != timezone.localtime(now).year else ""
    said = f"{local:%A} {local.day} {local:%B}{year}, {local:%H:%M}"
    if len(_readings(f"{local:%Y-%m-%dT%H:%M}")) > 1:  # the clock shows it twice that day
        said += f" (UTC{_offset(local)})"
    return f"{said} {timezone.get_current_timezone()}, {_away(local, timezone.localtime(now))}"


def _away(at: datetime, now: datetime) -> str:
    """How far a moment is, in local days, hours or minutes."""
    days, seconds = (at.date() - now.date()).days, (at - now).total_seconds()
    if days == 1 and seconds >= 12 * 3600:
        return "tomorrow"
    if days > 1:
        return f"in {days} days"
    hours, minutes = divmod(max(round(seconds / 60), 1), 60)
    parts = [(hours, "hour"), (minutes, "minute")]
    return "in " + " ".join(f"{n} {unit}{'s' if n > 1 else ''}" for n, unit in parts if n)


_zone_help = lazy(_zone_sentence, str)  # a form outlives the hour when clocks change


class MomentField(forms.DateTimeField):
    """A date and time in the site's zone. A time that the clock skips is refused, one that it
    shows twice is asked about (security rule 6)."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _zone_help())
        super().__init__(**kwargs)
        self.error_messages["invalid"] = "This is no date and time. Enter both."

    def to_python(self, value: Any) -> datetime | None:
        if isinstance(value, str) and value.strip():
            _refuse_odd(value.strip())
        return super().to_python(value)

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        typed = form.data.get(form.add_prefix(field_name))
        if typed and len(_readings(typed)) > 1:  # the browser's own input takes no offset
            self.widget.attrs["type"] = "text"
        return super().get_bound_field(form, field_name)


def _refuse_odd(value: str) -> None:
    """Raise for a local time that there is not, or that there is twice."""
    readings = _readings(value)
    if not readings:
        raise ValidationError("The clock skips this time on that day. Choose another one.")
    if len(readings) > 1:
        either = " or ".join(f"{at:%Y-%m-%dT%H:%M}{_offset(at)}" for at in readings)
        raise ValidationError(f"The clock shows this time twice on that day. Enter {either}.")


def _readings(value: str) -> list[datetime | None]:
    """The moments that typed words can mean: none for a time that the clock skips, two for one
    that it shows twice, a single None for what is no local time at all."""
    try:
        local = datetime.fromisoformat(value)
    except ValueError:
        return [None]  # the field says so
    if local.tzinfo is not None:
        return [local]
    zone = timezone.get_current_timezone()
    both = [local.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    real = [at for at in both if at.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local]
    return list({at.utcoffset(): at for at in real}.values())


def _offset(at: datetime | None) -> str:
    """Such as +01:00."""
    return at.isoformat()[-6:] if at else ""
