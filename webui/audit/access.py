"""The access log: who saw what of whom, when, holding which office."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Response, render_template, request

from db.queries import looks
from db.queries.looks import Asked, Look
from webui import language, periods, spreadsheet
from webui.audit import question
from webui.audit.blueprint import bp
from webui.audit.looked_at import detail, kinds
from webui.clock import now_ms
from webui.doors import me, needs
from webui.numbers import whole
from webui.periods import Period
from webui.watch import looked


@dataclass(frozen=True)
class Filter:
    """What the page is asked for; `link` is the same in an address."""

    asked: Asked
    period: Period

    @property
    def link(self) -> dict[str, str]:
        days = {"dari": self.period.first.isoformat(), "sampai": self.period.last.isoformat()}
        person = "" if self.asked.person is None else str(self.asked.person)
        more = {"orang": person, "laporan": self.asked.number, "macam": self.asked.what}
        return days | {name: value for name, value in more.items() if value}


@bp.get("/audit/akses")
@needs("auditor")
def access() -> str:
    """One page of the log, newest first."""
    wanted = _filter()
    found = looks.page(wanted.asked, after=_after())
    looked("audited", detail="akses")
    last = found[looks.PAGE - 1] if len(found) > looks.PAGE else None
    known = kinds()
    return render_template(
        "audit/access.html",
        wanted=wanted,
        looks=found[: looks.PAGE],
        words=known,
        detail=detail,
        kinds=known | {k: language.nice(k) for k in looks.kinds(me().organisation_id) if k not in known},
        people=looks.people(me().organisation_id),
        next=f"{last.at_ms}-{last.id}" if last else "",
        behind=_after() is not None,
        months=question.presets(),
    )


def _filter() -> Filter:
    period = periods.asked(request.args, now_ms(), me().timezone)
    asked = Asked(
        me().organisation_id,
        period.from_ms,
        period.until_ms,
        request.args.get("orang", None, type=whole),
        request.args.get("laporan", "").strip()[:64],
        request.args.get("macam", "")[:32],
    )
    return Filter(asked, period)


def _after() -> tuple[int, int] | None:
    at, _dash, ident = request.args.get("sesudah", "").partition("-")
    good = at.isdecimal() and ident.isdecimal() and len(at) < 16 and len(ident) < 16
    return (int(at), int(ident)) if good else None


@bp.get("/audit/akses.csv")
@needs("auditor")
def access_file() -> Response:
    """All of it, streamed."""
    wanted = _filter()
    looked("audited", detail="akses.csv")
    return spreadsheet.download(
        f"akses-{wanted.period.first}-{wanted.period.last}.csv", _table(looks.every(wanted.asked))
    )


def _table(found: Iterable[Look]) -> Iterator[list[Any]]:
    yield ["waktu", "oleh", "akun", "jabatan", "melihat", "rincian", "laporan"]
    words = kinds()
    for look in found:
        what = words.get(look.what, look.what)
        yield [language.iso(look.at_ms), look.person, look.username, look.office, what, detail(look), look.number]
