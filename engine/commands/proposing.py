"""From a drawing to a release in force: a designer drafts and proposes, the office the process names approves.

Draft → proposed → approved, refused or withdrawn. The office is the one named by the release in force
(`sop.disahkan` of the process), so that no proposal can name its own judge; a first release names it itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from db import sql
from db.connect import transaction
from engine import journal
from engine.commands.publishing import GateClosed
from engine.diagrams import proposals, releases
from engine.diagrams.drawing import DrawingUnreadable
from engine.diagrams.sop_table import read
from engine.errors import Conflict, FormInvalid, NotAllowed, NotFound, Objection, ProcessBroken
from engine.offices import notices, people, policy, settings
from engine.offices.people import Actor, Seat

MOST_FILES, MOST_BYTES = 40, 2_000_000
ENDINGS = (".bpmn", ".dmn", ".form")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True)
class Wish:
    """What a designer asks for with the drawing: why, and what the SOP document is to say. Dates are ISO."""

    note: str
    sop_number: str
    revised_on: str
    effective_on: str


@dataclass(frozen=True)
class _Held:
    id: int
    organisation: int
    process: str
    files: dict[str, str]
    state: str
    made_by: int
    wish: Wish


# --- the designer ---


def draft(process: str, given: Mapping[str, bytes], *, by: Actor, now: int) -> int:
    """Keeps uploaded files as a draft of a release of this process; gives its id. The gate has not judged it yet.

    Raises NotAllowed without the power, FormInvalid for files that are none of a release's.
    """
    policy.must_have(by, "designer", "draft")
    _check_files(given)
    with transaction():
        organisation = policy.organisation_of(by)
        base = _in_force(organisation, process)
        files = _closed(base, _named(base, given), process)
        body = orjson.dumps(files, option=orjson.OPT_SORT_KEYS)
        return sql.insert(
            "release_proposal",
            organisation_id=organisation,
            process=process,
            fingerprint=sha256(body).hexdigest(),
            files=body.decode(),
            state="draf",
            **vars(Wish("", "", "", "")),
            made_by=by.account_id,
            made_ms=now,
            decided_as="",
            letter="",
            reason="",
        )


def _check_files(given: Mapping[str, bytes]) -> None:
    problem = None
    if not given:
        problem = Objection("required", "Pilih sekurang-kurangnya satu berkas .bpmn, .dmn, atau .form.")
    elif len(given) > MOST_FILES or any(len(body) > MOST_BYTES for body in given.values()):
        problem = Objection("too_large", "Paling banyak 40 berkas, masing-masing paling besar 2 MB.")
    elif wrong := [name for name in given if not name.endswith(ENDINGS)]:
        facts = {"names": ", ".join(wrong)}
        problem = Objection("kind", "Hanya .bpmn, .dmn, dan .form yang diterima, bukan: %(names)s.", facts)
    if problem:
        raise FormInvalid({"files": [problem]})


def _named(base: Mapping[str, str], given: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files under the names they have in a release; FormInvalid where one has none, or two have the same."""
    found = proposals.named(base, given)
    names = [name for name, _body in found]
    problem = None
    if twice := sorted({name for name in names if names.count(name) > 1}):
        words = "Dua berkas sama-sama menjadi %(names)s; unggah satu saja."
        problem = Objection("twice", words, {"names": ", ".join(twice)})
    elif any(not NAME.fullmatch(name) for name in names):
        words = "Nama berkas hanya boleh memuat huruf, angka, titik, garis bawah, dan tanda hubung."
        problem = Objection("name", words)
    if problem:
        raise FormInvalid({"files": [problem]})
    return dict(found)


def _closed(base: Mapping[str, str], given: Mapping[str, bytes], process: str) -> dict[str, str]:
    try:
        return proposals.closed(proposals.merged(base, given, process))
    except ProcessBroken as broken:
        raise FormInvalid({"files": [_unusable(given, broken)]}) from broken


def _unusable(given: Mapping[str, bytes], broken: ProcessBroken) -> Objection:
    unread = proposals.unreadable(given)
    if not unread or not broken.process:
        return Objection("unusable", "Berkas tidak dapat dipakai: %(cause)s.", {"cause": broken.cause})
    words = (
        "Berkas tidak dapat dipakai: %(names)s bukan diagram BPMN yang utuh. Mungkin terpotong saat disimpan;"
        " simpan sekali lagi dari penyunting BPMN."
    )
    return Objection("unreadable", words, {"names": ", ".join(unread)})


def _in_force(organisation: int, process: str) -> dict[str, str]:
    text = "SELECT files FROM release WHERE organisation_id = ? AND process = ? ORDER BY version DESC LIMIT 1"
    body = sql.value(text, (organisation, process))
    return {} if body is None else orjson.loads(body)


def propose(proposal: int, wish: Wish, *, by: Actor, now: int) -> None:
    """Asks the approving office to put the draft in force; those who hold it are told.

    Raises GateClosed with every problem while there is an error, FormInvalid for the wish, Conflict when not a draft.
    """
    policy.must_have(by, "designer", "propose")
    with transaction():
        held = _hold(proposal, by)
        _must_be(held, "draf")
        _check_gate(held)
        _check_wish(held.organisation, wish, now)
        sql.execute(
            "UPDATE release_proposal SET state = 'diajukan', proposed_ms = ?, note = ?, sop_number = ?, revised_on = ?,"
            " effective_on = ? WHERE id = ?",
            (now, wish.note, wish.sop_number, wish.revised_on, wish.effective_on, proposal),
        )
        _tell(held, "proposed", by.person_id, None, now, vars(wish))
        office = approver(held.organisation, held.process, held.files)
        seats = people.who_may_act(now, office_id=office) if office else []
        facts = {"proposal": proposal, "process": held.process}
        notices.tell((seat.person_id for seat in seats), "usulan", proposal, now, facts=facts)


def _check_gate(held: _Held) -> None:
    found = proposals.problems(held.organisation, held.files)
    if any(problem.level == "error" for problem in found):
        raise GateClosed(found)


def _check_wish(organisation: int, wish: Wish, now: int) -> None:
    problems: dict[str, list[Objection]] = {}
    if not wish.note.strip():
        problems["note"] = [Objection("required", "Tulis apa yang berubah dan mengapa.")]
    if not wish.sop_number.strip():
        problems["sop_number"] = [Objection("required", "Isi nomor SOP.")]
    for name in ("revised_on", "effective_on"):
        if _day(getattr(wish, name)) is None:
            problems[name] = [Objection("date", "Isi tanggal.")]
    effective = _day(wish.effective_on)
    if effective and effective < datetime.fromtimestamp(now / 1000, _zone(organisation)).date():
        problems["effective_on"] = [Objection("past", "Tanggal efektif tidak dapat lebih awal dari hari ini.")]
    if problems:
        raise FormInvalid(problems)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _zone(organisation: int) -> ZoneInfo:
    return ZoneInfo(str(sql.value("SELECT timezone FROM organisation WHERE id = ?", (organisation,))))


def withdraw(proposal: int, *, by: Actor, now: int) -> None:
    """The designers take a draft or a proposal back."""
    policy.must_have(by, "designer", "withdraw")
    with transaction():
        held = _hold(proposal, by)
        _must_be(held, "draf", "diajukan")
        sql.execute("UPDATE release_proposal SET state = 'dicabut', decided_ms = ? WHERE id = ?", (now, proposal))
        _tell(held, "proposal_withdrawn", by.person_id, None, now, {})


# --- the office that the process names ---


def approve(proposal: int, letter: str, *, by: Actor, now: int) -> int:
    """Puts a proposal in force from its day on, as the office the process names; gives the release's id.

    New cases begin with it, running ones keep what they have. Raises NotAllowed for anyone else and for who drew it,
    FormInvalid without a letter, GateClosed when the gate has found something since, Conflict when decided already.
    """
    with transaction():
        held = _hold(proposal, by)
        seat = _judge(held, by, now)
        if not letter.strip():
            raise FormInvalid({"letter": [Objection("required", "Isi nomor surat atau keputusan pengesahan.")]})
        _check_gate(held)
        terms = _terms(held, seat, letter.strip(), now)
        release = releases.publish(held.organisation, held.process, held.files, terms, person=seat.person_id, now=now)
        _decide(held, "disahkan", seat, now, letter=letter.strip(), release=release)
        _tell(held, "approved", seat.person_id, seat, now, {"release": release, "letter": letter.strip()})
        return release


def _terms(held: _Held, seat: Seat, letter: str, now: int) -> releases.Terms:
    first = _day(held.wish.effective_on)
    assert first is not None, "propose has read it"
    begins = int(datetime(first.year, first.month, first.day, tzinfo=_zone(held.organisation)).timestamp() * 1000)
    return releases.Terms(letter, max(now, begins), held.wish.sop_number, held.wish.revised_on, seat.office_id)


def refuse(proposal: int, reason: str, *, by: Actor, now: int) -> None:
    """Sends a proposal back with a reason."""
    with transaction():
        held = _hold(proposal, by)
        seat = _judge(held, by, now)
        if not reason.strip():
            raise FormInvalid({"reason": [Objection("required", "Tulis alasannya.")]})
        _decide(held, "ditolak", seat, now, reason=reason.strip()[:500])
        _tell(held, "refused", seat.person_id, seat, now, {})


def _judge(held: _Held, by: Actor, now: int) -> Seat:
    """The seat by which this person may decide; the pen that drew does not sign."""
    _must_be(held, "diajukan")
    office = approver(held.organisation, held.process, held.files)
    seat = people.seat(by.person_id, office, now) if office else None
    if seat is None:
        raise NotAllowed("approve", "Hanya jabatan yang ditunjuk proses ini yang dapat mengesahkannya.")
    if held.made_by == by.account_id:
        raise NotAllowed("approve", "Yang menggambar tidak dapat mengesahkan gambarnya sendiri.")
    return seat


def approver(organisation: int, process: str, files: Mapping[str, str]) -> int | None:
    """The office that approves this process: named by the release in force, else by the first one itself."""
    drawn = _in_force(organisation, process) or files
    try:
        role = read({n: t.encode() for n, t in drawn.items()}, process).identity.get("disahkan", "")
    except (LookupError, DrawingUnreadable):
        return None
    code = settings.setting(organisation, "role_map").get(role, role)
    text = "SELECT id FROM office WHERE organisation_id = ? AND (code = ? OR role = ?) ORDER BY rank, id LIMIT 1"
    found = sql.value(text, (organisation, code, code))
    return None if found is None else int(found)


# --- shared ---


def _hold(proposal: int, by: Actor) -> _Held:
    text = (
        "SELECT id, organisation_id, process, files, state, made_by, note, sop_number, revised_on, effective_on"
        " FROM release_proposal WHERE id = ? AND organisation_id = ?"
    )
    found = sql.row(text + sql.for_update(), (proposal, policy.organisation_of(by)))
    if found is None:
        raise NotFound("proposal", proposal)
    ident, organisation, process, files, state, made_by, *wish = found
    return _Held(ident, organisation, process, orjson.loads(files), state, made_by, Wish(*wish))


def _must_be(held: _Held, *states: str) -> None:
    if held.state not in states:
        raise Conflict("proposal", held.state)


def _decide(held: _Held, state: str, seat: Seat, now: int, **more: Any) -> None:
    columns = {
        "state": state,
        "decided_by": seat.person_id,
        "decided_office": seat.office_id,
        "decided_as": seat.kind,
        "decided_ms": now,
        **more,
    }
    text = ", ".join(f"{name} = ?" for name in columns)
    sql.execute(f"UPDATE release_proposal SET {text} WHERE id = ?", [*columns.values(), held.id])
    person = sql.value("SELECT person_id FROM account WHERE id = ?", (held.made_by,))
    facts = {"proposal": held.id, "process": held.process, "state": state}
    notices.tell([int(person)], "usulan", f"{held.id}:{state}", now, facts=facts)


def _tell(held: _Held, kind: str, person: int, seat: Seat | None, now: int, facts: Mapping[str, Any]) -> None:
    """The journal keeps what was asked and decided; the reasons stay with the proposal."""
    said = {name: value for name, value in facts.items() if name != "note"}
    entry = journal.Entry(
        kind,
        now,
        office=seat.office_id if seat else None,
        person=person,
        acting_as=seat.kind if seat else "",
        facts={"process": held.process, "proposal": held.id, **said},
    )
    journal.append(held.organisation, None, [entry])
