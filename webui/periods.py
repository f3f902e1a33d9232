"""From a date to a date, both included, in the office's zone: what a report is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from forms.dates import date_of, starts

__all__ = ["Period", "asked", "months", "span", "starts"]


@dataclass(frozen=True)
class Period:
    """The dates as asked, and the same as instants: from `from_ms` up to, not including, `until_ms` (UTC ms)."""

    first: date
    last: date
    from_ms: int
    until_ms: int
    problem: str = ""  # why it is not the one that was asked for


def asked(wanted: Mapping[str, str], now: int, zone: str) -> Period:
    """The period in `dari` and `sampai`; without them this month so far, and so with a sentence when they are wrong."""
    today = date_of(now, zone)
    first, last = today.replace(day=1), today
    try:
        first = date.fromisoformat(wanted.get("dari") or first.isoformat())
        last = date.fromisoformat(wanted.get("sampai") or max(first, last).isoformat())
        return span(first, last, zone)
    except (ValueError, OverflowError):
        words = _("Tanggal tidak terbaca atau terbalik; yang ditunjukkan adalah bulan ini.")
        return span(today.replace(day=1), today, zone, str(words))


def span(first: date, last: date, zone: str, problem: str = "") -> Period:
    """Raises ValueError when it ends before it begins."""
    if last < first:
        raise ValueError("ends before it begins")
    return Period(first, last, starts(first, zone), starts(last + timedelta(days=1), zone), problem)


def months(now: int, zone: str, began: int | None = None) -> dict[str, tuple[date, date]]:
    """Periods people ask for most: this month, the last one, this quarter, this year, all since `began` (UTC ms)."""
    today = date_of(now, zone)
    this = today.replace(day=1)
    before = this - timedelta(days=1)
    found = {
        str(_("Bulan ini")): (this, today),
        str(_("Bulan lalu")): (before.replace(day=1), before),
        str(_("Triwulan ini")): (this.replace(month=(today.month - 1) // 3 * 3 + 1), today),
        str(_("Tahun ini")): (today.replace(month=1, day=1), today),
    }
    return found | ({} if began is None else {str(_("Semua")): (min(date_of(began, zone), today), today)})
