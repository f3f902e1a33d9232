"""Instants in a mail, in the reader's language, always with their zone."""

from engine import wording
from forms import dates

_ENGLISH = wording.English()


def moment(ms: int, zone: str, language: str) -> str:
    """As "Jumat, 10 April 2026 pukul 16.25 WIB", or "Friday 10 April 2026, 16.25 WIB"."""
    if language != "en":
        return dates.moment(ms, zone)
    return f"{_ENGLISH.day(dates.local(ms, zone).date())}, {dates.clock(ms, zone)}"
