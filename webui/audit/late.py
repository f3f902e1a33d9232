"""The late list: every act and milestone past its limit, with the rule that says so, by how much, whose, whose case."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from db.queries import late
from db.queries.late import KINDS, Cursor, Late
from engine.clocks import deadlines
from engine.clocks.worktime import Calendar
from engine.diagrams import articles, releases
from engine.diagrams.catalog import Element
from engine.errors import NotFound
from engine.offices import settings
from engine.offices.people import seat_name
from webui import due, language, measured, spreadsheet
from webui.audit import question
from webui.audit.blueprint import bp
from webui.audit.question import Question
from webui.clock import now_ms
from webui.doors import me, needs
from webui.frame import part_name
from webui.law import late_by
from webui.watch import looked

MILESTONES = KINDS[2:]
DAY, HOUR, MINUTE = 86_400_000, 3_600_000, 60_000


@dataclass(frozen=True)
class Line:
    """One late thing in the office's words."""

    late: Late
    what: str
    part: str
    row: str  # of the SOP
    law: str
    limit: str
    who: str
    amount: str  # of a milestone, in the law's words
    office_ms: int  # late by this much office time
    office_time: str
    calendar_time: str
    open: bool


def kinds() -> dict[str, str]:
    """The kinds a filter offers."""
    return {
        "selesai": _("langkah yang selesai terlambat"),
        "terbuka": _("langkah yang masih terbuka dan lewat batas"),
        "tonggak": _("tonggak hukum yang tercapai terlambat"),
        "tonggak_terbuka": _("tonggak hukum yang lewat dan belum tercapai"),
    }


@bp.get("/audit/terlambat")
@needs("auditor")
def late_list() -> str:
    """One page of it, newest first."""
    asked, kind, element = question.asked(), _kind(), request.args.get("element", "")[:100]
    after = Cursor.read(request.args.get("sesudah", ""))
    found = late.page(asked.span, question.moment(), kind=kind, element=element, after=after)
    looked("audited", detail=f"terlambat {kind} {element}".strip())
    return render_template(
        "audit/late.html",
        asked=asked,
        kind=kind,
        kinds=kinds(),
        element=element,
        elements=steps_offered(asked),
        lines=list(lines(found[: late.PAGE])),
        next=str(late.cursor(found[late.PAGE - 1])) if len(found) > late.PAGE else "",
        behind=after is not None,
        narrowed=asked.link | {name: code for name, code in (("macam", kind), ("element", element)) if code},
        months=question.presets(),
    )


def _kind() -> str:
    kind = request.args.get("macam", "")
    if kind and kind not in late.KINDS:
        raise NotFound("kind", kind)
    return kind


def steps_offered(asked: Question) -> dict[str, str]:
    """The steps and milestones of a process, as a filter offers them."""
    drawn = {s.element: s.name for s in measured.drawn(asked.diagram, asked.span.organisation_id)}
    return drawn | {m.id: language.say(m.name) for m in asked.diagram.milestones}


@bp.get("/audit/terlambat.csv")
@needs("auditor")
def late_file() -> Response:
    """All of it, streamed."""
    asked, kind, element = question.asked(), _kind(), request.args.get("element", "")[:100]
    looked("audited", detail=f"terlambat.csv {kind} {element}".strip())
    name = f"terlambat-{asked.process}-{asked.period.first}-{asked.period.last}.csv"
    found = late.every(asked.span, question.moment(), kind=kind, element=element)
    return spreadsheet.download(name, _table(found))


def _table(found: Iterable[Late]) -> Iterator[list[Any]]:
    yield [
        *("nomor", "apa", "bagian", "macam", "nomor_sop", "dasar", "batas", "batas_waktu", "selesai"),
        *("terlambat_menit_kerja", "terlambat_menit_kalender", "jabatan", "oleh"),
    ]
    for batch in _batches(found):
        for told in lines(batch):
            x = told.late
            end = now_ms() if x.end_ms is None else x.end_ms
            minutes = [told.office_ms // MINUTE, (end - x.due_ms) // MINUTE]
            head = [x.number, told.what, told.part, kinds()[x.kind], told.row, told.law, told.limit]
            yield [*head, language.iso(x.due_ms), language.iso(x.end_ms), *minutes, x.office or "", told.who]


def _batches(found: Iterable[Late]) -> Iterator[list[Late]]:
    batch: list[Late] = []
    for one in found:
        batch.append(one)
        if len(batch) == late.PAGE:
            yield batch
            batch = []
    yield batch


def lines(found: list[Late]) -> Iterator[Line]:
    """Those that are truly late by their clock, in words."""
    calendars, now = settings.office_calendars(me().organisation_id), now_ms()
    passed = late.passed([one.case_id for one in found if one.kind == "tonggak_terbuka"])
    for one in found:
        drawn = _drawn(one, passed)
        told = _line(one, drawn, calendars.get(one.office_id) or calendars[None], now)
        if told is not None:
            yield told


def _drawn(one: Late, passed: set[tuple[int, str]]) -> list[Element]:
    """What it is in the diagram of its release: one element, or the milestones still ahead."""
    diagram = releases.closure(one.release_id, one.fingerprint).diagram
    if one.element:
        return [e for e in [diagram.elements.get(one.element)] if e]
    return [m for m in diagram.milestones if (one.case_id, m.id) not in passed]


def _line(one: Late, drawn: list[Element], calendar: Calendar, now: int) -> Line | None:
    props: Mapping[str, str] = drawn[0].props if len(drawn) == 1 else {}
    clock = one.clock or props.get("sop.hitungan", "hari-kerja")
    end = now if one.end_ms is None else one.end_ms
    if not deadlines.is_late(end, one.due_ms, clock, calendar):
        return None
    office_ms = calendar.work_ms_between(one.due_ms, end)
    legal = one.kind in MILESTONES and clock == deadlines.LAW_CLOCK
    days = articles.working_days(calendar, one.received_ms, one.due_ms)
    cited = [articles.cites(e, days) if legal else e.props.get("dasar", "") for e in drawn]
    limit = f"P{days}D" if legal else one.limit_text or props.get("sop.waktu", "")
    return Line(
        late=one,
        what=language.say(one.name) or " / ".join(language.say(e.name) for e in drawn),
        part=part_name(one.instance, me().organisation_id),
        row=props.get("sop.nomor", ""),
        law="; ".join(dict.fromkeys(language.say(article) for article in cited if article)),
        limit=measured.limit_words(limit, clock),
        who=_who(one),
        amount=late_by(one.due_ms, end, calendar) if legal else "",
        office_ms=office_ms,
        office_time=due.spoken(office_ms),
        calendar_time=calendar_words(end - one.due_ms),
        open=one.end_ms is None,
    )


def _who(one: Late) -> str:
    if one.person:
        return f"{one.person}, {seat_name(one.office or '', one.acting_as)}"
    return one.office or (str(_("Pelapor")) if one.kind in ("selesai", "terbuka") else "")


def calendar_words(ms: int) -> str:
    """Time by the wall clock as "2 hari 3 jam", the two largest units."""
    days, hours, minutes = ms // DAY, ms % DAY // HOUR, ms % HOUR // MINUTE
    parts = [
        (days, ngettext("%(num)s hari", "%(num)s hari", days)),
        (hours, ngettext("%(num)s jam", "%(num)s jam", hours)),
        (minutes, ngettext("%(num)s menit", "%(num)s menit", minutes)),
    ]
    return " ".join([str(words) for n, words in parts if n][:2]) or str(_("kurang dari 1 menit"))
