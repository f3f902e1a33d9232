"""The receipt as a paper: what the reporter keeps, from the case and the organisation's letterhead."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from db.queries import entries
from db.queries.public import Sent
from engine.clocks import deadlines
from engine.diagrams import releases
from engine.identities import knowing
from engine.offices import settings
from engine.offices.people import seat_name
from engine.papers.heading import letterhead
from forms import dates, intake
from forms.intake import Dated
from forms.sheets.receipt import Receipt, draw


def paper(case: Sent, *, pin: str | None, base_url: str, proofs: int) -> bytes:
    """The receipt of a case as PDF; a copy printed without the form's own token has no PIN (None)."""
    decided: Mapping[str, Any] = settings.setting(case.organisation_id, "intake") or {}
    plan = intake.plan(case.process, decided.get(case.process))
    plan = plan and plan.of(facts_of(case))
    promises = (*plan.promises, *_dated(plan.dates, case), plan.no_date) if plan else ()
    by = entries.receiver(case.id)
    return draw(
        Receipt(
            letterhead=letterhead(case.organisation_id, case.organisation),
            number=case.number,
            received_ms=case.received_ms,
            pin=pin,
            follow_url=f"{base_url}/lacak",
            promises=tuple(promise for promise in promises if promise),
            channel=_CHANNELS.get(case.channel, case.channel),
            subject=case.subject,
            attachments=f"{proofs} berkas" if proofs else "",
            zone=case.timezone,
            officer=by.person if by else "",
            office=seat_name(by.office, by.acting_as) if by and by.office else "",
            entered_ms=_later(case, by.entered_ms) if by else None,
        )
    )


def facts_of(case: Sent) -> dict[str, Any]:
    """What the case knows, on which its promises hang."""
    return knowing.of(case.id, releases.closure(case.release_id, case.fingerprint))


def _dated(promises: Iterable[Dated], case: Sent) -> Iterator[str]:
    """Every promise that ends on a day, with that day by the organisation's own calendar."""
    calendar = settings.calendar(case.organisation_id)
    for promise in promises:
        due = deadlines.due(case.received_ms, promise.limit, promise.clock, calendar)
        yield promise.text if due is None else f"{promise.text} Batasnya {dates.moment(due, case.timezone)}."


def _later(case: Sent, entered_ms: int) -> int | None:
    """When it was typed in, where that was on another day than it came."""
    days = {dates.local(ms, case.timezone).date() for ms in (case.received_ms, entered_ms)}
    return entered_ms if len(days) > 1 else None


_CHANNELS = {
    "web": "Formulir web",
    "loket": "Loket",
    "surat": "Surat",
    "whatsapp": "WhatsApp",
    "email": "Surel",
    "telepon": "Telepon",
    "sms": "SMS",
    "g-drive": "Formulir G-Drive",
    "impor": "Formulir lama",
}
