"""The archive: closed cases become berkas under a code of classification; in time each is proposed for its fate.

Whoever holds a role of the setting `keeps_archive` keeps it; `decides_archive` decides what becomes of a berkas.
Nothing is erased here: the fate is written down with its letter, the journal keeps standing.
"""

import csv
import io
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from db import sql
from db.connect import transaction
from engine import counters
from engine.commands import changes
from engine.errors import FormInvalid, NotAllowed, NotFound, Objection
from engine.offices import people, policy, settings
from engine.offices.people import Actor, Seat

KEEPS, DECIDES = "keeps_archive", "decides_archive"
FATES = ("musnah", "permanen", "dinilai")
MOST_CODES, MOST_BYTES, MOST_CASES = 20_000, 4_000_000, 200
COLUMNS = {
    "kode": "code",
    "nama": "name",
    "uraian": "name",
    "aktif": "active_years",
    "inaktif": "inactive_years",
    "nasib": "fate",
    "keterangan": "fate",
}
"""Heads of the list of classification, in whatever case, and what they hold."""


def keeper(by: Actor, now: int, *, setting: str = KEEPS) -> Seat:
    """The seat by which this person keeps (or decides over) the archive of their organisation. Raises NotAllowed."""
    organisation = policy.organisation_of(by)
    wanted = set(settings.setting(organisation, setting))
    held = [s for s in people.who_may_act(now, person_id=by.person_id) if s.organisation_id == organisation]
    seat = next((s for s in held if {s.role, s.code} & wanted), None)
    if seat is None:
        raise NotAllowed("archive", "Arsip ditangani jabatan yang ditunjuk di Pengaturan.")
    return seat


def enters(by: Actor, now: int) -> bool:
    """Whether this person keeps the archive of their organisation or decides over it."""
    for setting in (KEEPS, DECIDES):
        with suppress(NotAllowed):
            return bool(keeper(by, now, setting=setting))
    return False


# --- classification ---


@dataclass(frozen=True)
class Code:
    """A line of the classification as it was read."""

    code: str
    name: str
    active_years: int | None
    inactive_years: int | None
    fate: str


def read_codes(content: bytes) -> list[Code]:
    """The lines of a CSV with the heads kode, nama and, where known, aktif, inaktif (years), nasib.

    Raises FormInvalid with a sentence for every line that cannot be read; then nothing of the file counts.
    """
    if len(content) > MOST_BYTES:
        raise changes.objection("file", "too_large", "Berkas lebih dari 4 MB.")
    try:
        text = content.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        raise changes.objection("file", "encoding", "Simpan berkas sebagai CSV UTF-8.") from None
    lines = _lines(text)
    if not lines:
        raise changes.objection("file", "empty", "Berkas ini kosong.")
    heads = [COLUMNS.get(head.strip().lower(), "") for head in lines[0]]
    if not {"code", "name"} <= set(heads):
        raise changes.objection("file", "heads", "Baris pertama harus memuat kolom kode dan nama.")
    if len(lines) > MOST_CODES:
        raise changes.objection("file", "too_many", "Paling banyak %(most)s baris.", most=MOST_CODES)
    return _codes(heads, lines[1:])


def _lines(text: str) -> list[list[str]]:
    separator = ";" if text.partition("\n")[0].count(";") else ","
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        words = "Berkas ini tidak dapat dibaca: ada tanda kutip yang tidak ditutup atau isian yang terlalu panjang."
        raise changes.objection("file", "broken", words) from None


def _codes(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> list[Code]:
    problems: list[Objection] = []
    found: dict[str, Code] = {}
    for number, line in enumerate(lines, 2):
        cells = {head: cell.strip() for head, cell in zip(heads, line, strict=False) if head}
        if not any(cells.values()):
            continue
        wrong = _wrong(cells, found)
        if wrong:
            problems.append(Objection("row", "Baris %(number)s: %(wrong)s", {"number": number, "wrong": wrong}))
        else:
            found[cells["code"]] = _code(cells)
    if problems:
        raise FormInvalid({"file": problems[:20]})
    return list(found.values())


def _wrong(cells: dict[str, str], found: dict[str, Code]) -> str:
    if not cells.get("code") or len(cells["code"]) > 32:
        return "kode kosong atau lebih dari 32 huruf."
    if cells["code"] in found:
        return f"kode {cells['code']} tertulis dua kali."
    if not cells.get("name") or len(cells["name"]) > 300:
        return "nama kosong atau lebih dari 300 huruf."
    for head in ("active_years", "inactive_years"):
        if cells.get(head) and not (cells[head].isdecimal() and len(cells[head]) <= 2):
            return "tahun aktif dan inaktif ditulis sebagai bilangan, misalnya 2."
    if cells.get("fate") and cells["fate"].lower() not in FATES:
        return "nasib akhir: musnah, permanen, atau dinilai."
    return ""


def _code(cells: dict[str, str]) -> Code:
    years = [int(cells[head]) if cells.get(head) else None for head in ("active_years", "inactive_years")]
    return Code(cells["code"], cells["name"], years[0], years[1], cells.get("fate", "").lower())


def import_codes(codes: Sequence[Code], *, by: Actor, now: int) -> tuple[int, int]:
    """Adds new codes and brings known ones up to date; gives how many of each. None is taken away."""
    with transaction():
        seat = keeper(by, now)
        known = {str(c) for (c,) in sql.rows(_KNOWN, (seat.organisation_id,))}
        for code in codes:
            sql.execute(
                "INSERT INTO classification (organisation_id, code, name, active_years, inactive_years, fate, active)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (organisation_id, code) DO UPDATE SET name = excluded.name,"
                " active_years = excluded.active_years, inactive_years = excluded.inactive_years, fate = excluded.fate",
                (seat.organisation_id, code.code, code.name, code.active_years, code.inactive_years, code.fate, True),
            )
        new = sum(1 for code in codes if code.code not in known)
        changes.note(
            seat.organisation_id,
            "classification",
            now,
            person=by.person_id,
            office=seat.office_id,
            what="classification",
            after={"new": new, "updated": len(codes) - new},
        )
        return new, len(codes) - new


_KNOWN = "SELECT code FROM classification WHERE organisation_id = ?"


# --- berkas ---


def open_dossier(classification: int, title: str, place: str, *, by: Actor, now: int) -> int:
    """A new berkas of this year, numbered without gap; gives its id."""
    with transaction():
        seat = keeper(by, now)
        organisation = seat.organisation_id
        problems = changes.name_problems(title, "title")
        text = "SELECT 1 FROM classification WHERE id = ? AND organisation_id = ? AND active"
        if sql.row(text, (classification, organisation)) is None:
            problems["classification"] = [Objection("required", "Pilih kode klasifikasinya.")]
        changes.refuse(problems)
        year = counters.year_in(_zone(organisation), now)
        number = counters.next_number(organisation, f"dossier:{year}")
        dossier = sql.insert(
            "dossier",
            organisation_id=organisation,
            classification_id=classification,
            year=year,
            number=number,
            title=title.strip(),
            place=place.strip()[:200],
            state="aktif",
            opened_ms=now,
            proposal="",
        )
        after: dict[str, object] = {"dossier": dossier, "number": f"{number}/{year}", "classification": classification}
        _note(seat, "dossier", now, by, after)
        return dossier


def _zone(organisation: int) -> str:
    return str(sql.value("SELECT timezone FROM organisation WHERE id = ?", (organisation,)))


def _note(seat: Seat, kind: str, now: int, by: Actor, after: dict[str, object]) -> None:
    changes.note(
        seat.organisation_id, kind, now, person=by.person_id, office=seat.office_id, what="dossier", after=after
    )


def file_cases(dossier: int, cases: Sequence[int], *, by: Actor, now: int) -> int:
    """Puts closed cases into an open berkas (out of another, where they were); gives how many.

    Raises FormInvalid for a case that is still running and for a berkas that is closed.
    """
    with transaction():
        seat = keeper(by, now)
        held = changes.own("dossier", dossier, seat.organisation_id, ("state", "classification_id", "closed_ms"))
        if held["closed_ms"] is not None:
            raise changes.objection("cases", "closed", "Berkas ini sudah ditutup; buka berkas baru.")
        wanted = list(dict.fromkeys(cases))
        if not wanted or len(wanted) > MOST_CASES:
            raise changes.objection("cases", "required", "Pilih satu sampai %(most)s laporan.", most=MOST_CASES)
        marks, keys = sql.marks(wanted), [*wanted, seat.organisation_id]
        text = f"SELECT COUNT(*) FROM case_file WHERE id IN ({marks}) AND organisation_id = ?"
        if sql.value(text, keys) != len(wanted):
            raise NotFound("case", wanted)
        if sql.value(f"{text} AND closed_ms IS NULL", keys):
            raise changes.objection("cases", "running", "Hanya laporan yang sudah selesai dapat diberkaskan.")
        code = sql.value("SELECT code FROM classification WHERE id = ?", (held["classification_id"],))
        sql.execute(
            f"UPDATE case_file SET dossier = ?, classification = ? WHERE id IN ({marks})", [dossier, code, *wanted]
        )
        _note(seat, "dossier", now, by, {"dossier": dossier, "filed": len(wanted)})
        return len(wanted)


def close_dossier(dossier: int, *, by: Actor, now: int) -> None:
    """Nothing more comes into it; its years of retention count from the end of this year."""
    with transaction():
        seat = keeper(by, now)
        held = changes.own("dossier", dossier, seat.organisation_id, ("closed_ms",))
        if held["closed_ms"] is None:
            changes.write("dossier", dossier, {"closed_ms": now, "state": "inaktif"})
            _note(seat, "dossier", now, by, {"dossier": dossier, "closed": now})


# --- retention ---


def ripe_year(closed_ms: int, zone: str, active: int | None, inactive: int | None) -> int | None:
    """The first year in which a closed berkas may be proposed; None where its code says no years."""
    if active is None and inactive is None:
        return None
    return datetime.fromtimestamp(closed_ms / 1000, ZoneInfo(zone)).year + (active or 0) + (inactive or 0) + 1


def propose(dossiers: Sequence[int], letter: str, *, by: Actor, now: int) -> int:
    """Proposes the fate of these berkas, by letter; gives how many.

    Raises FormInvalid for one whose time has not come.
    """
    with transaction():
        seat = keeper(by, now)
        if not letter.strip():
            raise changes.objection("letter", "required", "Isi nomor surat usulannya.")
        if not dossiers:
            raise changes.objection("dossiers", "required", "Pilih berkas yang diusulkan.")
        for dossier in dict.fromkeys(dossiers):
            _propose(dossier, letter.strip()[:200], seat, by, now)
        return len(set(dossiers))


def _propose(dossier: int, letter: str, seat: Seat, by: Actor, now: int) -> None:
    held = changes.own("dossier", dossier, seat.organisation_id, ("state", "closed_ms", "classification_id", "title"))
    text = "SELECT active_years, inactive_years FROM classification WHERE id = ?"
    active, inactive = sql.row(text, (held["classification_id"],)) or (None, None)
    zone = _zone(seat.organisation_id)
    ripe = ripe_year(held["closed_ms"], zone, active, inactive) if held["closed_ms"] is not None else None
    if held["state"] != "inaktif" or ripe is None or ripe > counters.year_in(zone, now):
        words = "Masa simpan berkas “%(title)s” belum habis."
        raise changes.objection("dossiers", "not_ripe", words, title=held["title"])
    changes.write("dossier", dossier, {"state": "diusulkan", "proposal": letter})
    _note(seat, "retention", now, by, {"dossier": dossier, "proposed": letter})


def decide(dossier: int, fate: str, letter: str, *, by: Actor, now: int) -> None:
    """What becomes of a proposed berkas: musnah, permanen, or back to the shelf ("inaktif"); by letter."""
    with transaction():
        seat = keeper(by, now, setting=DECIDES)
        held = changes.own("dossier", dossier, seat.organisation_id, ("state",))
        problems: changes.Problems = {}
        if held["state"] != "diusulkan":
            problems["fate"] = [Objection("state", "Berkas ini tidak sedang diusulkan.")]
        if fate not in ("musnah", "permanen", "inaktif"):
            problems["fate"] = [Objection("required", "Pilih musnah, permanen, atau disimpan lagi.")]
        if not letter.strip():
            problems["letter"] = [Objection("required", "Isi nomor surat keputusannya.")]
        changes.refuse(problems)
        changes.write("dossier", dossier, {"state": fate, "proposal": letter.strip()[:200]})
        _note(seat, "retention", now, by, {"dossier": dossier, "fate": fate, "letter": letter.strip()[:200]})
