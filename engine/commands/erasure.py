"""Personal data erased or set aside: asked by its reporter (within 3x24 hours, UU 27/2022 Ps 41-44), or by schedule.

Whoever holds a role of the setting `decides_erasure` decides. A case that is part of a dispute (legal hold) is not
erased. The journal tells that it happened, by which letter, and how much; never of what.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from db import sql
from db.connect import transaction
from engine import counters, erasing, store, vault, wished
from engine.commands import archive, changes
from engine.errors import NotAllowed, NotFound, Objection
from engine.held import hold
from engine.offices import notices, settings
from engine.offices.people import Actor, Seat
from engine.wished import DECIDES, ERASE, SET_ASIDE, WITHIN_MS
from forms import dates

__all__ = ["DECIDES", "WITHIN_MS"]
YEARS = "erasure_years"
KINDS = (ERASE, SET_ASIDE)
LONGEST = 2_000
MOST = 200


def decider(by: Actor, now: int) -> Seat:
    """The seat by which this person decides over erasure. Raises NotAllowed."""
    try:
        return archive.keeper(by, now, setting=DECIDES)
    except NotAllowed:
        words = "Penghapusan data pribadi diputus jabatan yang ditunjuk di Pengaturan."
        raise NotAllowed("erase", words) from None


# --- asked ---


def ask(case_id: int, kind: str, reason: str, *, now: int) -> int:
    """The reporter asks that their data be erased or set aside; gives the wish's id.

    An answer is due after WITHIN_MS, for an erasure once it can be done (`wished.due`).
    The same wish that still waits is one. Who asks is proved by the edge (number and PIN). Raises FormInvalid.
    """
    with transaction():
        held = hold(case_id)
        problems: changes.Problems = {}
        if kind not in KINDS:
            problems["kind"] = [Objection("choose", "Pilih dihapus atau dibatasi.")]
        if len(reason.strip()) > LONGEST:
            problems["reason"] = [Objection("too_long", "Paling panjang %(max)s huruf.", {"max": LONGEST})]
        changes.refuse(problems)
        text = (
            "SELECT id FROM erasure WHERE case_file_id = ? AND kind = ? AND source = 'pelapor' AND state = 'menunggu'"
        )
        waiting = sql.value(text, (case_id, kind))
        if waiting is not None:
            return int(waiting)
        told = {"reason": reason.strip()}
        made = _add(held.organisation, case_id, kind, "pelapor", told, now, due=now + WITHIN_MS)
        until = wished.due(case_id, kind, now)
        held.note("erasure_asked", now, facts={"kind": kind, "due": until})
        store.note_down(held)
        people, facts = wished.deciders(held.organisation, now), {"waits": until is None}
        notices.tell(people, "data-diminta", made, now, case=case_id, facts=facts)
        return made


def _add(
    organisation: int, case_id: int, kind: str, source: str, told: Mapping[str, str], now: int, *, due: int | None
) -> int:
    made = sql.insert(
        "erasure",
        organisation_id=organisation,
        case_file_id=case_id,
        kind=kind,
        source=source,
        state="menunggu",
        sealed="",
        asked_ms=now,
        due_ms=due,
        decided_as="",
        letter="",
        number="",
        figures="{}",
    )
    _tell(made, told)
    return made


def _tell(erasure: int, told: Mapping[str, str]) -> None:
    sql.execute("UPDATE erasure SET sealed = ? WHERE id = ?", (vault.seal(dict(told), f"erasure:{erasure}"), erasure))


def told(erasure: int, sealed: str) -> dict[str, str]:
    """Why it was asked (`reason`) and what was answered (`answer`)."""
    return dict(vault.unseal(sealed, f"erasure:{erasure}")) if sealed else {}


# --- due by the schedule ---

_CLOSED = """
SELECT c.id, c.closed_ms, d.state, d.closed_ms, k.active_years, k.inactive_years, k.fate FROM case_file c
JOIN reporter r ON r.id = c.reporter_id AND r.erased_ms IS NULL LEFT JOIN dossier d ON d.id = c.dossier
LEFT JOIN classification k ON k.id = d.classification_id
WHERE c.organisation_id = ? AND c.id > ? AND c.closed_ms IS NOT NULL AND (c.closed_ms < ? OR d.state = 'musnah')
  AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.case_file_id = c.id AND e.kind = 'hapus' AND e.source = 'jadwal')
  AND NOT EXISTS (SELECT 1 FROM case_file o JOIN legal_hold h ON h.case_file_id = o.id
    WHERE o.reporter_id = c.reporter_id AND h.lifted_ms IS NULL)
  AND NOT EXISTS (SELECT 1 FROM case_file o WHERE o.reporter_id = c.reporter_id AND o.closed_ms IS NULL)
ORDER BY c.id LIMIT 500
"""


def propose_all(now: int) -> int:
    """Puts every case whose time is over on the list of its organisation; gives how many. Nothing is erased by it."""
    found = sql.rows("SELECT id, timezone FROM organisation ORDER BY id")
    return sum(_propose(int(organisation), str(zone), now) for organisation, zone in found)


def _propose(organisation: int, zone: str, now: int) -> int:
    years = settings.setting(organisation, YEARS)
    before = years_ago(int(years), zone, now) if years else 0
    made, after = 0, 0
    while True:
        with transaction():
            found = sql.rows(_CLOSED, (organisation, after, before))
            for case_id, *facts in found:
                if _is_due(zone, now, *facts):
                    _add(organisation, int(case_id), "hapus", "jadwal", {}, now, due=None)
                    made += 1
        if not found:
            return made
        after = int(found[-1][0])


def years_ago(years: int, zone: str, now: int) -> int:
    """Retention counts from the end of the year of closing: what closed before this instant (UTC ms) is due."""
    year = counters.year_in(zone, now)
    return dates.starts(date(year - years, 1, 1), zone)


def _is_due(zone: str, now: int, _closed: int, state: str | None, shut: int | None, *kept: Any) -> bool:
    """A berkas has its own years and fate; what lies in none goes by the setting."""
    if state is None:
        return True
    active, inactive, fate = kept
    if state == "musnah":
        return True
    ripe = archive.ripe_year(shut, zone, active, inactive) if shut is not None else None
    return fate == "musnah" and ripe is not None and ripe <= counters.year_in(zone, now)


# --- decided ---


@dataclass(frozen=True)
class _Asked:
    """A row of the list, locked."""

    id: int
    case_id: int
    kind: str
    source: str
    sealed: str
    asked_ms: int


_ASKED = ("case_file_id", "kind", "source", "sealed", "asked_ms", "state")


def _asked(erasure: int, organisation: int) -> _Asked:
    row = changes.own("erasure", erasure, organisation, _ASKED)
    if row["state"] != "menunggu":
        raise changes.objection("erasures", "decided", "Salah satunya sudah diputus; muat ulang daftarnya.")
    return _Asked(erasure, *(row[name] for name in _ASKED[:-1]))


def carry_out(erasures: Sequence[int], letter: str, *, by: Actor, now: int) -> str:
    """Erases (or sets aside) what is on these rows of the list, by letter; gives the number of the berita acara.

    All of it or nothing. Raises FormInvalid for a case that is still handled or held for a dispute.
    """
    with transaction():
        seat = decider(by, now)
        wanted = list(dict.fromkeys(erasures))
        if not wanted or len(wanted) > MOST:
            raise changes.objection("erasures", "required", "Pilih satu sampai %(most)s baris.", most=MOST)
        if not letter.strip() or len(letter.strip()) > 200:
            raise changes.objection("letter", "required", "Isi nomor surat keputusannya, paling panjang 200 huruf.")
        rows = [_asked(one, seat.organisation_id) for one in wanted]
        wished.hold_all(row.case_id for row in rows)
        changes.refuse({"erasures": wished.in_the_way([row.case_id for row in rows if row.kind == ERASE])})
        number = _number(seat.organisation_id, now) if any(row.kind == "hapus" for row in rows) else ""
        for row in rows:
            _do(row, letter.strip(), number if row.kind == ERASE else "", seat, now)
        return number


def _number(organisation: int, now: int) -> str:
    zone = str(sql.value("SELECT timezone FROM organisation WHERE id = ?", (organisation,)))
    year = counters.year_in(zone, now)
    return f"{counters.next_number(organisation, f'erasure:{year}'):03d}/BA-PDP/{year}"


def _do(row: _Asked, letter: str, number: str, seat: Seat, now: int) -> None:
    """For the case and every other of its reporter: they have one identity."""
    counted: Counter[str] = Counter()
    facts = {"kind": row.kind, "source": row.source, "letter": letter, "number": number}
    for case in wished.cases(row.case_id):
        if row.kind == ERASE:
            gone = erasing.erase(case, now)
            counted.update(gone)
            _forget_reasons(case)
            _note(case, "erased", seat, now, {**facts, "counted": gone})
        elif not wished.is_aside(case):
            wished.set_aside(case, True)
            _note(case, "restricted", seat, now, {**facts, "counted": {}})
    _decided(row, "dilakukan", letter, seat, now, number=number, figures=dict(counted))


def _forget_reasons(case: int) -> None:
    text = "UPDATE erasure SET sealed = ? WHERE id = ?"
    for (other,) in sql.rows("SELECT id FROM erasure WHERE case_file_id = ?", (case,)):
        sql.execute(text, (vault.seal({}, f"erasure:{other}"), other))


def _note(case: int, kind: str, seat: Seat, now: int, facts: Mapping[str, Any]) -> None:
    held = hold(case)
    held.note(kind, now, **_seat(seat), facts=facts)
    store.note_down(held)


def _seat(seat: Seat) -> dict[str, Any]:
    return {"office": seat.office_id, "person": seat.person_id, "acting_as": seat.kind}


def _decided(row: _Asked, state: str, letter: str, seat: Seat, now: int, **more: Any) -> None:
    """With the limit as it was at that moment: what ends or is opened again later changes nothing of it."""
    figures = orjson.dumps(more.get("figures", {})).decode()
    until = wished.due(row.case_id, row.kind, row.asked_ms) if row.source == "pelapor" else None
    sql.execute(
        "UPDATE erasure SET state = ?, decided_ms = ?, decided_by = ?, decided_office = ?, decided_as = ?, letter = ?,"
        " number = ?, figures = ?, due_ms = ? WHERE id = ?",
        (state, now, seat.person_id, seat.office_id, seat.kind, letter, more.get("number", ""), figures, until, row.id),
    )


def refuse(erasure: int, answer: str, *, by: Actor, now: int) -> None:
    """The data stays; a reporter who asked reads why. Raises FormInvalid without a reason."""
    with transaction():
        seat = decider(by, now)
        row = _asked(erasure, seat.organisation_id)
        if not answer.strip() or len(answer.strip()) > LONGEST:
            words = "Tulis alasannya, paling panjang %(max)s huruf; pelapor membacanya."
            raise changes.objection("answer", "required", words, max=LONGEST)
        _tell(row.id, {**told(row.id, row.sealed), "answer": answer.strip()})
        _decided(row, "ditolak", "", seat, now)
        _note(row.case_id, "erasure_refused", seat, now, {"kind": row.kind, "source": row.source})


def use_again(case_id: int, letter: str, *, by: Actor, now: int) -> None:
    """Data that was set aside may be used again, by letter, in every case of its reporter."""
    with transaction():
        seat = decider(by, now)
        wished.hold_all([case_id])
        changes.own("case_file", case_id, seat.organisation_id, ("id",))
        _wants_letter(letter)
        for case in filter(wished.is_aside, wished.cases(case_id)):
            wished.set_aside(case, False)
            _note(case, "unrestricted", seat, now, {"letter": letter.strip()})


# --- legal hold ---


def _wants_letter(letter: str) -> None:
    if not letter.strip() or len(letter.strip()) > 200:
        raise changes.objection("letter", "required", "Isi nomor suratnya, paling panjang 200 huruf.")


def hold_back(case_id: int, letter: str, *, by: Actor, now: int) -> None:
    """The case is part of a dispute: nothing of it, nor of the others of its reporter, is erased from now on.

    Raises NotAllowed for who does not decide over erasure, FormInvalid without a letter or where it is held already.
    """
    with transaction():
        seat = decider(by, now)
        wished.hold_all([case_id])
        changes.own("case_file", case_id, seat.organisation_id, ("id",))
        _wants_letter(letter)
        if wished.is_held(case_id):
            raise changes.objection("letter", "held", "Laporan ini sudah ditahan.")
        columns = {"letter": letter.strip(), "set_ms": now, "set_by": by.person_id, "lift_letter": ""}
        for case in wished.cases(case_id):
            if not wished.is_held(case):
                sql.insert("legal_hold", organisation_id=seat.organisation_id, case_file_id=case, **columns)
                _note(case, "hold_set", seat, now, {"letter": letter.strip()})


def lift(case_id: int, letter: str, *, by: Actor, now: int) -> None:
    """The dispute is over, by letter, for every case of the reporter: the schedule counts again.

    Raises NotFound where the case is not held.
    """
    with transaction():
        seat = decider(by, now)
        wished.hold_all([case_id])
        changes.own("case_file", case_id, seat.organisation_id, ("id",))
        _wants_letter(letter)
        held = list(filter(wished.is_held, wished.cases(case_id)))
        if case_id not in held:
            raise NotFound("legal hold", case_id)
        text = "UPDATE legal_hold SET lifted_ms = ?, lifted_by = ?, lift_letter = ?"
        text += " WHERE case_file_id = ? AND lifted_ms IS NULL"
        for case in held:
            sql.execute(text, (now, by.person_id, letter.strip(), case))
            _note(case, "hold_lifted", seat, now, {"letter": letter.strip()})
