"""The laporan tindak lanjut of one alat kelengkapan: its reports about a case, first to last."""

from collections.abc import Sequence
from typing import Any

from db.queries import papers
from engine.diagrams.releases import Closure
from engine.errors import NotFound
from engine.offices import settings
from engine.papers.acts import Act, addressed
from engine.papers.dossier import Dossier, address_lists
from forms import dates
from forms.sheets import tindak_lanjut as sheet

REPORT, PLAN, FORM, HELD_ON = "laporan", "rencana", "bentuk", "tanggal_pelaksanaan"
"""The fields a committee's forms have."""
FORMS = "bentuk_tindak_lanjut"
BY_HAND = "(………………………………………)"


def units(acts: Sequence[Act], closure: Closure) -> list[str]:
    """The parts of a case that committees have worked on or were given."""
    lists = [tick.code for tick in addressed(acts, address_lists(closure))]
    worked = [act.instance for act in acts if act.instance]
    return list(dict.fromkeys([*lists, *worked]))


def content(case: Dossier, unit: str = "") -> sheet.LaporanTindakLanjut:
    """The report of one unit (may be left out when there is only one), without code; raises NotFound."""
    code = part(case, unit)
    name = papers.units(case.head.organisation_id).get(code, code)
    own = [act for act in case.acts if act.instance == code]
    reports = [act for act in own if _reports(case, act.form)]
    disposed = [act for act in case.acts if any(tick.code == code for tick in act.addressees)]
    return sheet.LaporanTindakLanjut(
        letterhead=case.letterhead,
        code="",
        verify_url="",
        akd=f"{name} {case.head.organisation}",
        case_number=case.head.number,
        agenda_number=case.agenda_number,
        received_ms=case.head.received_ms,
        subject=case.head.subject,
        disposition=_disposition(disposed[-1]) if disposed else "",
        disposed_ms=disposed[-1].at_ms if disposed else None,
        plan="\n".join(act.texts[PLAN] for act in reports if act.texts.get(PLAN)),
        reports=tuple(_report(case, act) for act in reports if act.texts.get(REPORT)),
        state=_state(case, own, reports, code),
        chair=_chair(case, code, name),
        companion=_companion(reports, name),
        signature=None,
        zone=case.head.zone,
    )


def part(case: Dossier, unit: str) -> str:
    """The unit asked for, or the only one; raises NotFound."""
    known = units(case.acts, case.closure)
    if unit in known:
        return unit
    if unit or len(known) != 1:
        raise NotFound("unit", unit)
    return known[0]


def _disposition(act: Act) -> str:
    """As "Ketua DPRD: Untuk ditindaklanjuti; Koordinasi/konfirmasi. Segera dijadwalkan."."""
    wishes = "; ".join(tick.label for tick in act.instructions)
    said = ". ".join(part for part in (wishes, act.note) if part)
    return f"{act.signed_as}: {said}" if said else act.signed_as


def _report(case: Dossier, act: Act) -> sheet.FollowUp:
    form: Any = act.answers.get(FORM)
    return sheet.FollowUp(
        at_ms=act.at_ms,
        author=f"{act.person}, {act.signed_as}",
        form=case.label(FORMS, str(form)) if form else act.name,
        held_on=str(act.answers.get(HELD_ON) or ""),
        text=act.texts[REPORT],
    )


def _state(case: Dossier, own: Sequence[Act], reports: Sequence[Act], unit: str) -> str:
    """How far this unit is, as its own acts tell."""
    passed = next((act for act in own if act.addressees), None)
    refused = next((act for act in reports if act.returned), None)
    if passed is not None:
        to = ", ".join(tick.label for tick in passed.addressees)
        return f"Dialihkan kepada {to}." + (f" Alasan: {refused.reason}" if refused else "")
    if refused is not None:
        return f"Diminta dialihkan. Alasan: {refused.reason}"
    if not reports:
        return "Belum dilaporkan."
    waiting = {task.form for task in papers.awaited(case.head.id) if task.instance == unit}
    if any(_reports(case, form) for form in waiting):
        return "Masih berjalan; laporan berikutnya menyusul."
    return f"Selesai dilaporkan {dates.day(reports[-1].at_ms, case.head.zone)}."


def _reports(case: Dossier, form: str) -> bool:
    screen = case.closure.screens.get(form)
    return screen is not None and REPORT in screen.fields


def _chair(case: Dossier, unit: str, name: str) -> sheet.Person:
    """Whose name the report bears; who holds the chair is written by hand where the office did not say."""
    chairs: dict[str, Any] = settings.setting(case.head.organisation_id, "akd_chairs") or {}
    known = chairs.get(unit)
    if isinstance(known, dict):
        return sheet.Person(str(known.get("role", f"Ketua {name}")), str(known.get("name") or BY_HAND))
    return sheet.Person(str(known or f"Ketua {name}"), BY_HAND)


def _companion(reports: Sequence[Act], name: str) -> sheet.Person:
    if not reports:
        return sheet.Person(f"Pendamping {name}", "-")
    last = reports[-1]
    return sheet.Person(last.signed_as, last.person, last.nip)
