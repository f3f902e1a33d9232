"""What is done with recaps and incidental reports: printed, sent to the head of government, received."""

from collections.abc import Sequence

import orjson

from db import sql
from db.connect import transaction
from db.queries import recaps as questions
from db.queries.recaps import Incidental, Kept
from engine import journal, vault
from engine.commands import work
from engine.errors import FormInvalid, NotAllowed, NotFound, Objection
from engine.held import Held, TaskRow, hold
from engine.held import task as task_of
from engine.offices import people, policy
from engine.offices.people import Actor, Seat
from engine.papers import recap as papers
from engine.recaps import recap, recap_closing
from engine.recaps.recap import Facts, Reporting
from forms.sheets import rekap

TITLE, TEXT = 200, 10_000
"""The longest title and text of an incidental report, in characters."""
MOST = 20
"""So many cases it may name."""


def sheet(facts: Facts, base_url: str) -> bytes:
    """A recap as PDF; the same facts give the same bytes."""
    return rekap.draw(papers.content(facts, base_url))


def receive_recap(recap_id: int, *, by: Actor, now: int) -> None:
    """The addressee takes a sent recap in; again changes nothing. Raises NotFound, NotAllowed."""
    with transaction():
        kept = questions.by_id(recap_id)
        if kept is None or kept.organisation_id != policy.organisation_of(by) or kept.sent_ms is None:
            raise NotFound("recap", recap_id)
        seat = _addressee_seat(by, recap.reporting(kept.organisation_id, now), now)
        _receive(kept, seat, by, now)


def _receive(kept: Kept, seat: Seat, by: Actor, now: int) -> None:
    """Takes it in; the step of the diagram that waits for just that is done with it, without a word."""
    held = hold(kept.case_id)
    row = _step(held, kept, seat, by)
    if row is not None:
        work.finish(held, row, seat, work.read_answers(held, row, {}), now)
    else:
        told = {"office": seat.office_id, "person": seat.person_id, "acting_as": seat.kind}
        recap_closing.take_in(held, kept, told, now)
        journal.append(held.organisation, held.case_id, held.entries)


def _step(held: Held, kept: Kept, seat: Seat, by: Actor) -> TaskRow | None:
    """The open step by which this seat takes the recap in (`rekap.terima`), unless someone else holds it."""
    named = {m.props["rekap.terima"] for m in held.closure.diagram.milestones if "rekap.terima" in m.props}
    text = (
        "SELECT id, instance FROM task WHERE case_file_id = ? AND state = 'open' AND office_id = ?"
        f" AND COALESCE(claimed_by, ?) = ? AND element IN ({sql.marks(named)})"
    )
    found = sql.rows(text, [held.case_id, seat.office_id, by.account_id, by.account_id, *named]) if named else ()
    mine = next((int(task) for task, instance in found if instance.rpartition("/")[2] == kept.unit), None)
    return None if mine is None else task_of(mine)


def receive_month(month: str, *, by: Actor, now: int) -> int:
    """The addressee takes in all of a month that was sent and waits; gives how many. Raises NotFound, NotAllowed."""
    with transaction():
        report = recap.reporting(policy.organisation_of(by), now)
        seat = _addressee_seat(by, report, now)
        sent = questions.of_month(report.organisation_id, report.process, month)
        waiting = [one for one in sent if one.sent_ms is not None and one.received_ms is None]
        for kept in waiting:
            _receive(kept, seat, by, now)
        return len(waiting)


def _addressee_seat(by: Actor, report: Reporting, now: int) -> Seat:
    policy.must_work(by, "receive")
    return _seat(by, report, (recap.addressee(report),), now, "Hanya pejabat yang dituju dapat menandai diterima.")


def _seat(by: Actor, report: Reporting, roles: Sequence[str], now: int, why: str) -> Seat:
    """The first seat of a person in one of these roles, in the organisation that reports."""
    seats = people.who_may_act(now, person_id=by.person_id)
    here = (seat for seat in seats if seat.organisation_id == report.organisation_id)
    found = next((seat for seat in here if seat.role in roles), None)
    if found is None:
        raise NotAllowed("recap", why)
    return found


# --- incidental reports (Pasal 7 ayat (3) huruf d) ---


def report_incident(title: str, text: str, *, cases: Sequence[str] = (), send_key: str, by: Actor, now: int) -> int:
    """Sends a report to the head of government outside the monthly one; gives its id, the same for the same key.

    `cases` are numbers of complaints it is about. Raises NotAllowed, FormInvalid (fields title, text, cases).
    """
    policy.must_work(by, "report_incident")
    organisation = policy.organisation_of(by)
    report = recap.reporting(organisation, now)
    seat = _seat(by, report, recap.writers(report), now, "Jabatan Anda tidak menyusun laporan insidentil.")
    about = _checked(organisation, title.strip(), text.strip(), cases, by, now)
    with transaction():
        key = vault.mark("insidentil", str(by.account_id), send_key)
        known = sql.value("SELECT id FROM incidental_report WHERE send_key = ?", (key,))
        return int(known) if known else _send(report, seat, title.strip(), text.strip(), about, key, now)


def _checked(organisation: int, title: str, text: str, cases: Sequence[str], by: Actor, now: int) -> list[int]:
    problems: dict[str, list[Objection]] = {}
    for field, value, most in (("title", title, TITLE), ("text", text, TEXT)):
        if not value:
            problems[field] = [Objection("required", "Isian ini wajib diisi.")]
        elif len(value) > most:
            problems[field] = [Objection("too_long", "Paling panjang %(most)s huruf.", {"most": most})]
    found, unknown = _numbered(organisation, cases, by, now)
    if unknown:
        words = "Tidak ada pengaduan bernomor %(numbers)s yang dapat Anda lihat."
        problems["cases"] = [Objection("unknown", words, {"numbers": ", ".join(unknown)[:200]})]
    elif len(found) > MOST:
        problems["cases"] = [Objection("too_many", "Paling banyak %(most)s pengaduan.", {"most": MOST})]
    if problems:
        raise FormInvalid(problems)
    return found


def _numbered(organisation: int, cases: Sequence[str], by: Actor, now: int) -> tuple[list[int], list[str]]:
    """The cases of these numbers that the writer may see; which numbers are none of them."""
    found: list[int] = []
    unknown: list[str] = []
    for number in cases:
        known = sql.value("SELECT id FROM case_file WHERE organisation_id = ? AND number = ?", (organisation, number))
        try:
            found.append(policy.view(by, int(known or 0), now).case_id)
        except NotFound:
            unknown.append(number)
    return list(dict.fromkeys(found)), unknown


def _send(report: Reporting, seat: Seat, title: str, text: str, about: list[int], key: str, now: int) -> int:
    to = sql.value(
        "SELECT id FROM office WHERE organisation_id = ? AND role = ? AND active ORDER BY rank, id LIMIT 1",
        (report.organisation_id, recap.addressee(report)),
    )
    if to is None:
        raise NotFound("office", recap.addressee(report))
    number = sql.insert(
        "incidental_report",
        organisation_id=report.organisation_id,
        office_id=seat.office_id,
        addressee_id=to,
        person=seat.person_id,
        acting_as=seat.kind,
        sealed="",
        cases=orjson.dumps(about).decode(),
        send_key=key,
        sent_ms=now,
        received_as="",
    )
    sealed = vault.seal({"title": title, "text": text}, f"incidental:{number}")
    sql.execute("UPDATE incidental_report SET sealed = ? WHERE id = ?", (sealed, number))
    _tell(report.organisation_id, "incidental_sent", seat, {"report": number, "cases": about, "to": to}, now)
    return number


def _tell(organisation: int, kind: str, seat: Seat, facts: dict[str, object], now: int) -> None:
    entry = journal.Entry(kind, now, office=seat.office_id, person=seat.person_id, acting_as=seat.kind, facts=facts)
    journal.append(organisation, None, [entry])


def incident_texts(found: Incidental) -> dict[str, str]:
    """Title and text of an incidental report, opened."""
    return dict(vault.unseal(found.sealed, f"incidental:{found.id}"))


def receive_incident(number: int, *, by: Actor, now: int) -> None:
    """The addressee takes an incidental report in; again changes nothing. Raises NotFound, NotAllowed."""
    with transaction():
        found = questions.incidental(number)
        if found is None or found.organisation_id != policy.organisation_of(by):
            raise NotFound("incidental", number)
        seat = _addressee_seat(by, recap.reporting(found.organisation_id, now), now)
        text = "UPDATE incidental_report SET received_ms = ?, received_by = ?, received_as = ? WHERE id = ?"
        done = sql.execute(text + " AND received_ms IS NULL", (now, seat.person_id, seat.kind, number))
        if done.rowcount:
            _tell(found.organisation_id, "incidental_received", seat, {"report": number}, now)
