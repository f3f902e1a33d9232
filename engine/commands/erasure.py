"""Personal data erased or set aside: asked by its reporter (within 3x24 hours, UU 27/2022 Ps 41-44), or by schedule.

Whoever holds a role of the setting `decides_erasure` decides. A case that is part of a dispute (legal hold) is not
erased. The journal tells that it happened, by which letter, and how much; never of what.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from db import sql
from db.connect import transaction
from engine import counters, erasing, notices, people, settings, store, vault
from engine.commands import archive, changes
from engine.errors import NotAllowed, NotFound, Objection
from engine.held import hold
from engine.people import Actor, Seat

DECIDES, YEARS = "decides_erasure", "erasure_years"
WITHIN_MS = 72 * 3_600_000
"""3x24 hours of the clock (UU 27/2022 Ps 41)."""
KINDS = ("hapus", "batasi")
LONGEST = 2_000
MOST = 200
OPEN = ("berjalan", "insiden")


def decider(by: Actor, now: int) -> Seat:
    """The seat by which this person decides over erasure. Raises NotAllowed."""
    try:
        return archive.keeper(by, now, setting=DECIDES)
    except NotAllowed:
        words = "Penghapusan data pribadi diputus jabatan yang ditunjuk di Pengaturan."
        raise NotAllowed("erase", words) from None


# --- asked ---


def ask(case_id: int, kind: str, reason: str, *, now: int) -> int:
    """The reporter asks that their data be erased or set aside; the same wish that still waits is one. Gives its id."""
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
        made = _add(held.organisation, case_id, kind, "pelapor", {"reason": reason.strip()}, now, due=now + WITHIN_MS)
        held.note("erasure_asked", now, facts={"kind": kind, "due": now + WITHIN_MS})
        store.note_down(held)
        notices.tell(_deciders(held.organisation, now), "data-diminta", made, now, case=case_id)
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


def _deciders(organisation: int, now: int) -> list[int]:
    wanted = set(settings.setting(organisation, DECIDES))
    return [
        s.person_id for s in people.who_may_act(now) if s.organisation_id == organisation and {s.role, s.code} & wanted
    ]


# --- due by the schedule ---

_CLOSED = """
SELECT c.id, c.closed_ms, d.state, d.closed_ms, k.active_years, k.inactive_years, k.fate FROM case_file c
JOIN reporter r ON r.id = c.reporter_id AND r.erased_ms IS NULL LEFT JOIN dossier d ON d.id = c.dossier
LEFT JOIN classification k ON k.id = d.classification_id
WHERE c.organisation_id = ? AND c.id > ? AND c.closed_ms IS NOT NULL AND (c.closed_ms < ? OR d.state = 'musnah')
  AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.case_file_id = c.id AND e.kind = 'hapus' AND e.source = 'jadwal')
  AND NOT EXISTS (SELECT 1 FROM legal_hold h WHERE h.case_file_id = c.id AND h.lifted_ms IS NULL)
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
    return int(datetime(year - years, 1, 1, tzinfo=ZoneInfo(zone)).timestamp() * 1000)


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


def _asked(erasure: int, organisation: int) -> _Asked:
    row = changes.own("erasure", erasure, organisation, ("case_file_id", "kind", "source", "sealed", "state"))
    if row["state"] != "menunggu":
        raise changes.objection("erasures", "decided", "Salah satunya sudah diputus; muat ulang daftarnya.")
    return _Asked(erasure, row["case_file_id"], row["kind"], row["source"], row["sealed"])


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
        changes.refuse(_in_the_way(rows))
        number = _number(seat.organisation_id, now) if any(row.kind == "hapus" for row in rows) else ""
        for row in rows:
            _do(row, letter.strip(), number, seat, now)
        return number


_OF_THE_SAME = "FROM case_file c JOIN case_file o ON o.reporter_id = c.reporter_id"
"""A case with the others of its reporter: the one that goes on with it has the same identity."""


def _in_the_way(rows: Sequence[_Asked]) -> changes.Problems:
    cases = [row.case_id for row in rows if row.kind == "hapus"]
    if not cases:
        return {}
    marks = sql.marks(cases)
    theirs = f"{_OF_THE_SAME} WHERE c.id IN ({marks})"
    running = sql.rows(f"SELECT DISTINCT o.number {theirs} AND o.closed_ms IS NULL ORDER BY o.number", cases)
    on_hold = sql.rows(
        f"SELECT DISTINCT o.number {theirs} AND EXISTS (SELECT 1 FROM legal_hold h WHERE h.case_file_id = o.id"
        " AND h.lifted_ms IS NULL) ORDER BY o.number",
        cases,
    )
    found: list[Objection] = []
    if running:
        words = "Masih ditangani, jadi belum dapat dihapus: %(names)s."
        found.append(Objection("running", words, {"names": changes.listed([str(r[0]) for r in running])}))
    if on_hold:
        words = "Ditahan karena sengketa, jadi tidak dihapus: %(names)s."
        found.append(Objection("held", words, {"names": changes.listed([str(r[0]) for r in on_hold])}))
    return {"erasures": found}


def _number(organisation: int, now: int) -> str:
    zone = str(sql.value("SELECT timezone FROM organisation WHERE id = ?", (organisation,)))
    year = counters.year_in(zone, now)
    return f"{counters.next_number(organisation, f'erasure:{year}'):03d}/BA-PDP/{year}"


def _do(row: _Asked, letter: str, number: str, seat: Seat, now: int) -> None:
    held = hold(row.case_id)
    counted = erasing.erase(row.case_id, now) if row.kind == "hapus" else {}
    if row.kind == "batasi":
        sql.execute("UPDATE case_file SET restricted = ? WHERE id = ?", (True, row.case_id))
    else:
        text = "UPDATE erasure SET sealed = ? WHERE id = ?"
        for (other,) in sql.rows("SELECT id FROM erasure WHERE case_file_id = ?", (row.case_id,)):
            sql.execute(text, (vault.seal({}, f"erasure:{other}"), other))
    _decided(row, "dilakukan", letter, seat, now, number=number if row.kind == "hapus" else "", figures=counted)
    facts = {"kind": row.kind, "source": row.source, "letter": letter, "number": number, "counted": counted}
    held.note("erased" if row.kind == "hapus" else "restricted", now, **_seat(seat), facts=facts)
    store.note_down(held)


def _seat(seat: Seat) -> dict[str, Any]:
    return {"office": seat.office_id, "person": seat.person_id, "acting_as": seat.kind}


def _decided(row: _Asked, state: str, letter: str, seat: Seat, now: int, **more: Any) -> None:
    figures = orjson.dumps(more.get("figures", {})).decode()
    sql.execute(
        "UPDATE erasure SET state = ?, decided_ms = ?, decided_by = ?, decided_office = ?, decided_as = ?, letter = ?,"
        " number = ?, figures = ? WHERE id = ?",
        (state, now, seat.person_id, seat.office_id, seat.kind, letter, more.get("number", ""), figures, row.id),
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
        held = hold(row.case_id)
        held.note("erasure_refused", now, **_seat(seat), facts={"kind": row.kind, "source": row.source})
        store.note_down(held)


def use_again(case_id: int, letter: str, *, by: Actor, now: int) -> None:
    """Data that was set aside may be used again, by letter."""
    with transaction():
        seat = decider(by, now)
        row = changes.own("case_file", case_id, seat.organisation_id, ("restricted",))
        _wants_letter(letter)
        if row["restricted"]:
            sql.execute("UPDATE case_file SET restricted = ? WHERE id = ?", (False, case_id))
            held = hold(case_id)
            held.note("unrestricted", now, **_seat(seat), facts={"letter": letter.strip()})
            store.note_down(held)


# --- legal hold ---


def _wants_letter(letter: str) -> None:
    if not letter.strip() or len(letter.strip()) > 200:
        raise changes.objection("letter", "required", "Isi nomor suratnya, paling panjang 200 huruf.")


def hold_back(case_id: int, letter: str, *, by: Actor, now: int) -> None:
    """The case is part of a dispute: nothing of it is erased from now on, by letter."""
    with transaction():
        seat = decider(by, now)
        changes.own("case_file", case_id, seat.organisation_id, ("id",))
        _wants_letter(letter)
        text = "SELECT 1 FROM legal_hold WHERE case_file_id = ? AND lifted_ms IS NULL"
        if sql.row(text, (case_id,)) is not None:
            raise changes.objection("letter", "held", "Laporan ini sudah ditahan.")
        columns = {"letter": letter.strip(), "set_ms": now, "set_by": by.person_id, "lift_letter": ""}
        sql.insert("legal_hold", organisation_id=seat.organisation_id, case_file_id=case_id, **columns)
        _note_hold(case_id, "hold_set", letter, seat, now)


def lift(case_id: int, letter: str, *, by: Actor, now: int) -> None:
    """The dispute is over, by letter: the schedule counts again."""
    with transaction():
        seat = decider(by, now)
        changes.own("case_file", case_id, seat.organisation_id, ("id",))
        _wants_letter(letter)
        text = "UPDATE legal_hold SET lifted_ms = ?, lifted_by = ?, lift_letter = ?"
        text += " WHERE case_file_id = ? AND lifted_ms IS NULL"
        if not sql.execute(text, (now, by.person_id, letter.strip(), case_id)).rowcount:
            raise NotFound("legal hold", case_id)
        _note_hold(case_id, "hold_lifted", letter, seat, now)


def _note_hold(case_id: int, kind: str, letter: str, seat: Seat, now: int) -> None:
    held = hold(case_id)
    held.note(kind, now, **_seat(seat), facts={"letter": letter.strip()})
    store.note_down(held)
