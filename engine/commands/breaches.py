"""The register of failures to protect personal data (UU 27/2022 Ps 46): told to subjects and agency in 3x24 hours.

Kept by whoever holds a role of the setting `keeps_breaches`. What happened is sealed; the journal tells the steps.
The clock is of the wall, day and night, and starts when the failure was discovered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db import sql
from db.connect import transaction
from engine import counters, journal, vault
from engine.commands import archive, changes
from engine.errors import NotAllowed, NotFound, Objection
from engine.offices import notices, people, settings
from engine.offices.people import Actor, Seat

KEEPS = "keeps_breaches"
WITHIN_MS = 72 * 3_600_000
SOON_MS = 24 * 3_600_000
DATA = ("nama", "kontak", "alamat", "nik", "ibu", "isi", "lampiran", "akun")
WAYS = ("surel", "telepon", "surat", "loket")
LONGEST = 4_000
MOST_CASES = 2_000
MOST_PEOPLE = 1_000_000


def keeper(by: Actor, now: int) -> Seat:
    """The seat by which this person keeps the register. Raises NotAllowed."""
    try:
        return archive.keeper(by, now, setting=KEEPS)
    except NotAllowed:
        words = "Daftar kegagalan pelindungan data ditangani jabatan yang ditunjuk di Pengaturan."
        raise NotAllowed("breach", words) from None


@dataclass(frozen=True)
class Told:
    """What is known: discovered when (UTC ms), which data, how many people, what happened, what is done about it."""

    discovered_ms: int
    data: Sequence[str]
    affected: int
    what: str
    handling: str = ""
    recovery: str = ""


def _problems(told: Told, now: int) -> changes.Problems:
    found: changes.Problems = {}
    if not 0 < told.discovered_ms <= now:
        found["discovered"] = [Objection("future", "Isi kapan diketahui; tidak boleh sesudah sekarang.")]
    if not told.data or set(told.data) - set(DATA):
        found["data"] = [Objection("required", "Pilih data apa yang terkena.")]
    if not 0 <= told.affected <= MOST_PEOPLE:
        found["affected"] = [Objection("number", "Isi perkiraan jumlah orang dengan angka.")]
    if not told.what.strip():
        found["what"] = [Objection("required", "Tulis apa yang terjadi.")]
    for name, text in (("what", told.what), ("handling", told.handling), ("recovery", told.recovery)):
        if len(text) > LONGEST:
            found[name] = [Objection("too_long", "Paling panjang %(max)s huruf.", {"max": LONGEST})]
    return found


def register(told: Told, *, by: Actor, now: int) -> int:
    """Enters a failure into the register; its 3 × 24 hours (UU 27/2022 Pasal 46) began when it was discovered.

    Gives its id. Raises NotAllowed for who keeps no register, FormInvalid with what is wrong in each field.
    """
    with transaction():
        seat = keeper(by, now)
        changes.refuse(_problems(told, now))
        zone = str(sql.value("SELECT timezone FROM organisation WHERE id = ?", (seat.organisation_id,)))
        year = counters.year_in(zone, now)
        number = f"{counters.next_number(seat.organisation_id, f'breach:{year}'):03d}/KPDP/{year}"
        made = sql.insert(
            "breach",
            organisation_id=seat.organisation_id,
            number=number,
            discovered_ms=told.discovered_ms,
            due_ms=told.discovered_ms + WITHIN_MS,
            data=" ".join(told.data),
            affected=told.affected,
            sealed="",
            registered_ms=now,
            registered_by=by.person_id,
            agency_proof="",
            reminded=0,
        )
        _seal(made, told)
        _note(seat, made, "breach", now, {"number": number, "step": "registered", "affected": told.affected})
        notices.tell(_keepers(seat.organisation_id, now), "insiden-data", f"{made}:baru", now, facts={"number": number})
        return made


def _seal(breach: int, told: Told) -> None:
    body = {"what": told.what.strip(), "handling": told.handling.strip(), "recovery": told.recovery.strip()}
    sql.execute("UPDATE breach SET sealed = ? WHERE id = ?", (vault.seal(body, f"breach:{breach}"), breach))


def texts(breach: int, sealed: str) -> Mapping[str, str]:
    """What happened (`what`), what is done (`handling`), how it is put right (`recovery`)."""
    return dict(vault.unseal(sealed, f"breach:{breach}"))


def _note(seat: Seat, breach: int, kind: str, now: int, facts: Mapping[str, object]) -> None:
    who = {"office": seat.office_id, "person": seat.person_id, "acting_as": seat.kind}
    journal.append(seat.organisation_id, None, [journal.Entry(kind, now, **who, facts={"breach": breach, **facts})])  # type: ignore[arg-type]  # three kinds of value


def _open(breach: int, seat: Seat) -> str:
    """Locks an entry that is still open; gives its number."""
    row = changes.own("breach", breach, seat.organisation_id, ("number", "closed_ms"))
    if row["closed_ms"] is not None:
        raise changes.objection("closed", "closed", "Catatan ini sudah ditutup.")
    return str(row["number"])


def amend(breach: int, told: Told, *, by: Actor, now: int) -> None:
    """More is known now: texts, data and numbers as they stand; what stood before is gone, the act is journalled.

    As every verb below: NotFound for another organisation's, FormInvalid once it is closed.
    """
    with transaction():
        seat = keeper(by, now)
        number = _open(breach, seat)
        changes.refuse(_problems(told, now))
        before = int(sql.value("SELECT discovered_ms FROM breach WHERE id = ?", (breach,)))
        sql.execute(
            "UPDATE breach SET discovered_ms = ?, due_ms = ?, data = ?, affected = ? WHERE id = ?",
            (told.discovered_ms, told.discovered_ms + WITHIN_MS, " ".join(told.data), told.affected, breach),
        )
        _seal(breach, told)
        facts: dict[str, object] = {"number": number, "step": "amended", "affected": told.affected}
        if told.discovered_ms != before:  # the clock of the law begins there: both are kept
            facts |= {"discovered": told.discovered_ms, "discovered_before": before}
        _note(seat, breach, "breach", now, facts)


def name_cases(breach: int, numbers: Sequence[str], *, by: Actor, now: int) -> int:
    """Cases whose reporters it concerns, by number; gives how many were added. FormInvalid names those unknown."""
    with transaction():
        seat = keeper(by, now)
        number = _open(breach, seat)
        wanted = list(dict.fromkeys(text.strip().upper() for text in numbers if text.strip()))[:MOST_CASES]
        known: dict[str, int] = {}
        for start in range(0, len(wanted), 200):
            part = wanted[start : start + 200]
            text = f"SELECT number, id FROM case_file WHERE organisation_id = ? AND number IN ({sql.marks(part)})"
            known |= {str(found): int(ident) for found, ident in sql.rows(text, [seat.organisation_id, *part])}
        unknown = [text for text in wanted if text not in known]
        if unknown or not wanted:
            words = "Tidak ditemukan: %(names)s." if unknown else "Tulis nomor laporannya."
            raise changes.objection("cases", "unknown", words, names=changes.listed(unknown))
        added = sum(_add_case(breach, case_id) for case_id in known.values())
        if added:
            _note(seat, breach, "breach", now, {"number": number, "step": "cases", "added": added})
        return added


def _add_case(breach: int, case_id: int) -> int:
    text = "INSERT INTO breach_case (breach_id, case_file_id, channel) VALUES (?, ?, '') ON CONFLICT DO NOTHING"
    return int(sql.execute(text, (breach, case_id)).rowcount)


def told_subject(breach: int, cases: Sequence[int], way: str, *, by: Actor, now: int) -> None:
    """These reporters (ids of `breach_case`) were told, by one of WAYS; once all are, the law's first step is done.

    Who was told before keeps their day and way. Raises FormInvalid where nobody or no way was chosen.
    """
    with transaction():
        seat = keeper(by, now)
        number = _open(breach, seat)
        if way not in WAYS:
            raise changes.objection("way", "choose", "Pilih dengan cara apa mereka diberi tahu.")
        if not cases:
            raise changes.objection("told", "required", "Pilih siapa yang sudah diberi tahu.")
        text = f"UPDATE breach_case SET channel = ?, told_ms = ? WHERE breach_id = ? AND id IN ({sql.marks(cases)})"
        done = int(sql.execute(text + " AND told_ms IS NULL", [way, now, breach, *cases]).rowcount)
        left = sql.value("SELECT COUNT(*) FROM breach_case WHERE breach_id = ? AND told_ms IS NULL", (breach,))
        if not left:
            sql.execute("UPDATE breach SET subjects_ms = COALESCE(subjects_ms, ?) WHERE id = ?", (now, breach))
        _note(seat, breach, "breach", now, {"number": number, "step": "subjects", "told": done, "way": way})


def told_agency(breach: int, proof: str, at_ms: int, *, by: Actor, now: int) -> None:
    """The agency was told in writing at `at_ms` (UTC ms, not after now); `proof`: number of the letter or receipt."""
    with transaction():
        seat = keeper(by, now)
        number = _open(breach, seat)
        problems: changes.Problems = {}
        if not proof.strip() or len(proof.strip()) > 200:
            problems["proof"] = [Objection("required", "Isi nomor surat atau tanda terimanya.")]
        if not 0 < at_ms <= now:
            problems["at"] = [Objection("future", "Isi kapan lembaga diberi tahu; tidak boleh sesudah sekarang.")]
        changes.refuse(problems)
        text = "UPDATE breach SET agency_ms = ?, agency_proof = ? WHERE id = ?"
        sql.execute(text, (at_ms, proof.strip(), breach))
        _note(seat, breach, "breach", now, {"number": number, "step": "agency", "at": at_ms, "proof": proof.strip()})


def close(breach: int, *, by: Actor, now: int) -> None:
    """Handled: both were told, and what was done about it is written down; FormInvalid names what is missing."""
    with transaction():
        seat = keeper(by, now)
        number = _open(breach, seat)
        found = sql.row("SELECT subjects_ms, agency_ms, affected, sealed FROM breach WHERE id = ?", (breach,))
        if found is None:
            raise NotFound("breach", breach)
        subjects, agency, affected, sealed = found
        missing = [
            words
            for lacks, words in (
                (subjects is None and affected > 0, "pelapor yang terkena belum semua diberi tahu"),
                (agency is None, "lembaga belum diberi tahu"),
                (not texts(breach, str(sealed))["handling"], "penanganannya belum ditulis"),
            )
            if lacks
        ]
        if missing:
            raise changes.objection("closed", "missing", "Belum dapat ditutup: %(what)s.", what="; ".join(missing))
        sql.execute("UPDATE breach SET closed_ms = ? WHERE id = ?", (now, breach))
        _note(seat, breach, "breach", now, {"number": number, "step": "closed"})


def _keepers(organisation: int, now: int) -> list[int]:
    wanted = set(settings.setting(organisation, KEEPS))
    held = [s for s in people.who_may_act(now) if s.organisation_id == organisation]
    return [seat.person_id for seat in held if {seat.role, seat.code} & wanted]


def remind(now: int) -> int:
    """Tells the keepers when 24 hours are left, and when it is late; each once. Gives how many entries were told of."""
    text = (
        "SELECT id, organisation_id, number, due_ms, reminded FROM breach WHERE closed_ms IS NULL AND reminded < 2"
        " AND (agency_ms IS NULL OR (subjects_ms IS NULL AND affected > 0)) AND due_ms <= ?"
    )
    count = 0
    for breach, organisation, number, due, reminded in sql.rows(text, (now + SOON_MS,)):
        step = 2 if now > due else 1
        if step > reminded:
            with transaction():
                sql.execute("UPDATE breach SET reminded = ? WHERE id = ?", (step, breach))
                facts = {"number": number, "until": due, "late": step == 2}
                notices.tell(_keepers(int(organisation), now), "insiden-data", f"{breach}:{step}", now, facts=facts)
            count += 1
    return count
