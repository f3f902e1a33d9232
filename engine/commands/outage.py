"""Outage: blank sheets with reserved numbers; what was done on them, entered by one and confirmed by another."""

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import orjson

from db import sql
from db.connect import transaction
from engine import journal, vault
from engine.commands import declared
from engine.commands.declared import Marks, Next, Step, Told
from engine.diagrams import releases
from engine.errors import Conflict, FormInvalid, NotAllowed, NotFound, Objection
from engine.offices import entries, notices, numbering, people, policy, settings
from engine.offices.people import Actor

MOST = 50
"""Sheets of one printing."""


# --- who may ---


def may_enter(by: Actor, organisation: int, now: int) -> bool:
    """Who takes reports in, and administrators, print sheets and enter what was done on them."""
    return "admin" in by.powers or entries.may_take_in(by, organisation, now)


def may_confirm(by: Actor, organisation: int, now: int) -> bool:
    """Whoever holds an office above one that takes reports in."""
    return any(seat.office_id in _above(organisation) for seat in people.who_may_act(now, person_id=by.person_id))


def _above(organisation: int) -> set[int]:
    """The offices over those that take in, all the way up."""
    found = sql.rows("SELECT id, role, code, superior_id FROM office WHERE organisation_id = ?", (organisation,))
    superior = {int(row[0]): row[3] for row in found}
    wanted = set(settings.setting(organisation, "takes_in"))
    above: set[int] = set()
    climbing = [superior[int(row[0])] for row in found if {row[1], row[2]} & wanted]
    while climbing:
        office = climbing.pop()
        if office is not None and office not in above:
            above.add(int(office))
            climbing.append(superior.get(int(office)))
    return above


def _must_enter(by: Actor, now: int) -> int:
    organisation = policy.organisation_of(by)
    if not may_enter(by, organisation, now):
        raise NotAllowed("outage", "Mencatat yang dikerjakan saat gangguan adalah tugas jabatan penerima surat.")
    return organisation


# --- blank sheets ---


def reserve(process: str, count: int, *, by: Actor, now: int) -> str:
    """Reserves so many case numbers on blank sheets, from the one counter; gives the name of the batch."""
    organisation = _must_enter(by, now)
    if not 1 <= count <= MOST:
        words = "Tulis bilangan 1 sampai %(most)s; satu lembar untuk satu laporan."
        raise FormInvalid({"jumlah": [Objection("count", words, {"most": MOST})]})
    with transaction():
        releases.current(organisation, process, now)
        zone = str(sql.value("SELECT timezone FROM organisation WHERE id = ?", (organisation,)))
        batch = secrets.token_hex(8)
        numbers = [numbering.take(organisation, "case", zone, now) for _ in range(count)]
        for number in numbers:
            _add_sheet(organisation, process, number, batch, by, now)
        _tell(organisation, "blank_sheets", by, now, numbers=numbers)
        return batch


def _add_sheet(organisation: int, process: str, number: str, batch: str, by: Actor, now: int) -> None:
    facts = {"organisation_id": organisation, "process": process, "number": number, "batch": batch}
    sheet = sql.insert("blank_sheet", **facts, state="kosong", printed_ms=now, printed_by=by.person_id, reason="")
    code = base64.b32encode(secrets.token_bytes(10)).decode().lower()
    detail = f"{organisation}:{sheet}"
    sql.insert(
        "sheet_code", code=code, kind="lembar-kosong", case_file_id=None, detail=detail, content_hash="", at_ms=now
    )


def give_up(sheet: int, reason: str, *, by: Actor, now: int) -> None:
    """A sheet is spoilt or lost: its number stays taken, with the reason."""
    organisation = _must_enter(by, now)
    if len(reason.strip()) < 5:
        raise FormInvalid({"alasan": [Objection("short", "Tulis dengan satu kalimat mengapa lembar ini batal.")]})
    with transaction():
        number = _blank(sheet, organisation)
        waits = sql.row("SELECT 1 FROM back_entry WHERE sheet_id = ? AND state IN ('draf', 'menunggu')", (sheet,))
        if waits:
            raise NotAllowed("give_up", "Lembar ini sedang dicatat; selesaikan atau tolak catatannya dahulu.")
        sealed = vault.seal({"text": reason.strip()[:300]}, _why_spoilt(sheet))
        sql.execute("UPDATE blank_sheet SET state = 'batal', reason = ? WHERE id = ?", (sealed, sheet))
        _tell(organisation, "blank_given_up", by, now, number=number)


def spoilt(sheet: int, sealed: str) -> str:
    """Why a sheet was given up, opened: people write names into reasons."""
    return str(vault.unseal(sealed, _why_spoilt(sheet))["text"]) if sealed else ""


def _why_spoilt(sheet: int) -> str:
    return f"blank_sheet:{sheet}:reason"


def _blank(sheet: int, organisation: int) -> str:
    """The number of a sheet nothing was done with yet, locked; raises NotFound, NotAllowed."""
    text = "SELECT number, state FROM blank_sheet WHERE id = ? AND organisation_id = ?" + sql.for_update()
    found = sql.row(text, (sheet, organisation))
    if found is None:
        raise NotFound("blank_sheet", sheet)
    if found[1] != "kosong":
        raise NotAllowed("blank_sheet", f"Lembar {found[0]} sudah {found[1]}.")
    return str(found[0])


def _tell(organisation: int, kind: str, by: Actor, now: int, **facts: Any) -> None:
    journal.append(organisation, None, [journal.Entry(kind, now, person=by.person_id, facts=facts)])


# --- entries ---


@dataclass(frozen=True)
class BackEntry:
    """What was entered: the row, and what is sealed in it."""

    id: int
    organisation: int
    sheet: int | None
    number: str  # of the sheet, "" without one
    case_file: int | None
    state: str  # draf menunggu berlaku ditolak
    entered_by: int
    entered_ms: int
    decided_by: int | None
    decided_ms: int | None
    reason: str
    told: Told

    def marks(self, confirmed_by: int | None = None) -> Marks:
        """By what the journal knows it once somebody has confirmed it."""
        return Marks(str(self.id), self.number, self.entered_by, self.entered_ms, confirmed_by)


_ENTRY = (
    "SELECT e.id, e.organisation_id, e.sheet_id, COALESCE(s.number, ''), e.case_file, e.state, e.entered_by,"
    " e.entered_ms, e.decided_by, e.decided_ms, e.reason, e.sealed FROM back_entry e"
    " LEFT JOIN blank_sheet s ON s.id = e.sheet_id WHERE e.id = ? AND e.organisation_id = ?"
)


def read(entry: int, *, by: Actor, now: int) -> BackEntry:
    """For who entered it, takes reports in or confirms in the same organisation; NotFound for everyone else.

    Once it is a case, its words are for whoever may read that case.
    """
    organisation = policy.organisation_of(by)
    found = sql.row(_ENTRY, (entry, organisation))
    if found is None or not _may_read(found, by, organisation, now):
        raise NotFound("back_entry", entry)
    columns = dict(zip((f.name for f in fields(BackEntry)), found[:-1], strict=False))
    columns["reason"] = _refusal(entry, columns["reason"])
    return BackEntry(**columns, told=Told.of(vault.unseal(found[-1], f"back_entry:{entry}")))


def _may_read(found: sql.Row, by: Actor, organisation: int, now: int) -> bool:
    case, entered_by = found[4], found[6]
    if case is not None:
        return policy.view(by, int(case), now).texts
    takes_in = entries.may_take_in(by, organisation, now)
    return by.person_id == entered_by or takes_in or may_confirm(by, organisation, now)


def _refusal(entry: int, sealed: str) -> str:
    return str(vault.unseal(sealed, f"back_entry:{entry}:refusal")["text"]) if sealed else ""


def begin(told: Told, sheet: int | None, *, by: Actor, now: int) -> int:
    """Takes down the report; its steps follow one by one. Raises FormInvalid."""
    organisation = _must_enter(by, now)
    problems = declared.check_times(told, now)
    if problems:
        raise FormInvalid(problems)
    with transaction():
        releases.current(organisation, told.process, told.received_ms)
        if sheet is not None:
            _blank(sheet, organisation)
            if sql.row("SELECT 1 FROM back_entry WHERE sheet_id = ? AND state IN ('draf', 'menunggu')", (sheet,)):
                raise FormInvalid({"lembar": [Objection("taken", "Lembar ini sudah dicatat dan menunggu pengesahan.")]})
        entry = sql.insert(
            "back_entry",
            organisation_id=organisation,
            sheet_id=sheet,
            case_file=None,
            sealed="",
            state="draf",
            entered_by=by.person_id,
            entered_ms=now,
            reason="",
        )
        _seal(entry, told)
        return entry


def _seal(entry: int, told: Told) -> None:
    body: Mapping[str, Any] = orjson.loads(orjson.dumps(told.body()))
    sql.execute("UPDATE back_entry SET sealed = ? WHERE id = ?", (vault.seal(body, f"back_entry:{entry}"), entry))


def following(entry: BackEntry) -> tuple[int, list[Next]]:
    """The release it runs by and what would wait after the steps told so far; nothing is kept of the trial."""
    return declared.try_out(entry.told, entry.organisation, entry.marks())


def add_step(entry: int, step: Step, *, by: Actor, now: int) -> None:
    """One more step, tried out with all before it. Raises StepRefused, NotAllowed."""
    found = _own_draft(entry, by, now)
    longer = Told(**{**vars(found.told), "steps": (*found.told.steps, step)})
    declared.try_out(longer, found.organisation, found.marks())
    with transaction():
        _locked(entry, "draf")
        _seal(entry, longer)


def drop_step(entry: int, *, by: Actor, now: int) -> None:
    """Takes the last step back."""
    found = _own_draft(entry, by, now)
    with transaction():
        _locked(entry, "draf")
        _seal(entry, Told(**{**vars(found.told), "steps": found.told.steps[:-1]}))


def propose(entry: int, *, by: Actor, now: int) -> None:
    """Asks a second person to put it in force, and tells those nearest."""
    found = _own_draft(entry, by, now)
    with transaction():
        _locked(entry, "draf")
        sql.execute("UPDATE back_entry SET state = 'menunggu', entered_ms = ? WHERE id = ?", (now, entry))
        seconds = _seconds(found.organisation, now) - {by.person_id}
        notices.tell(sorted(seconds), "gangguan-usul", entry, now, facts={"entry": entry})


def _seconds(organisation: int, now: int) -> set[int]:
    """Who is told that something waits for a second person: whoever is directly above an office that takes in."""
    found = sql.rows("SELECT role, code, superior_id FROM office WHERE organisation_id = ?", (organisation,))
    wanted = set(settings.setting(organisation, "takes_in"))
    offices = {int(superior) for role, code, superior in found if superior and {role, code} & wanted}
    return {seat.person_id for office in sorted(offices) for seat in people.who_may_act(now, office_id=office)}


def _own_draft(entry: int, by: Actor, now: int) -> BackEntry:
    found = read(entry, by=by, now=now)
    if found.entered_by != by.person_id or found.state != "draf":
        raise NotAllowed("back_entry", "Hanya yang mencatat yang dapat mengubahnya, sebelum diajukan.")
    return found


def _locked(entry: int, state: str) -> None:
    found = sql.value("SELECT state FROM back_entry WHERE id = ?" + sql.for_update(), (entry,))
    if found != state:
        raise Conflict("Catatan ini sudah diputuskan orang lain.")


def confirm(entry: int, *, by: Actor, now: int) -> int:
    """Puts it in force, as the second person: everything runs at the told times, or nothing. Gives the case.

    Everyone in whose name something was entered is told of it. Raises StepRefused with the step that cannot have been.
    """
    found = _to_decide(entry, by, now)
    with transaction():
        _locked(entry, "menunggu")
        if found.sheet is not None:
            _blank(found.sheet, found.organisation)
        case_id = declared.run(found.told, found.organisation, found.marks(by.person_id))
        if found.sheet is not None:
            text = "UPDATE blank_sheet SET state = 'terpakai', case_file = ? WHERE id = ?"
            sql.execute(text, (case_id, found.sheet))
        _decide(entry, "berlaku", by, now, case_file=case_id)
        _tell(found.organisation, "back_entry", by, now, entry=entry, case=case_id, entered_by=found.entered_by)
        acted = {step.person for step in found.told.steps} - {by.person_id, found.entered_by}
        notices.tell(sorted(acted), "dicatat", entry, now, case=case_id)
        return case_id


def refuse(entry: int, reason: str, *, by: Actor, now: int) -> None:
    """Sends it away, with the reason; the sheet is free again."""
    found = _to_decide(entry, by, now)
    if len(reason.strip()) < 5:
        raise FormInvalid({"alasan": [Objection("short", "Tulis dengan satu kalimat apa yang tidak benar.")]})
    with transaction():
        _locked(entry, "menunggu")
        sealed = vault.seal({"text": reason.strip()[:300]}, f"back_entry:{entry}:refusal")
        _decide(entry, "ditolak", by, now, reason=sealed)
        _tell(found.organisation, "back_entry_refused", by, now, entry=entry, entered_by=found.entered_by)
        notices.tell([found.entered_by], "gangguan-ditolak", entry, now, facts={"entry": entry})


def _to_decide(entry: int, by: Actor, now: int) -> BackEntry:
    found = read(entry, by=by, now=now)
    if found.entered_by == by.person_id:
        raise NotAllowed("confirm", "Yang mencatat tidak dapat mengesahkan catatannya sendiri.")
    if not may_confirm(by, found.organisation, now):
        raise NotAllowed("confirm", "Yang mengesahkan adalah Kasubag atau jabatan di atasnya.")
    return found


def _decide(entry: int, state: str, by: Actor, now: int, *, reason: str = "", case_file: int | None = None) -> None:
    text = "UPDATE back_entry SET state = ?, decided_by = ?, decided_ms = ?, reason = ?, case_file = ? WHERE id = ?"
    sql.execute(text, (state, by.person_id, now, reason, case_file, entry))
