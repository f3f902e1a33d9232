"""The official SOP document of a process, drawn from the diagram of one of its releases."""

from collections.abc import Mapping

from db.queries import offices
from db.queries.releases import Release
from engine.diagrams import releases, sop_table
from engine.diagrams.releases import Closure
from engine.diagrams.sop_table import Row, Table
from engine.errors import NotFound
from engine.offices import settings
from engine.papers import heading
from forms import dates
from forms.sheets import sop as sheet
from forms.sheets.signature import Signature
from forms.sheets.sop import Identity, Sop
from forms.sheets.sop_flow import Flow, Step, Way

NONE = "-"
UNSIGNED = "( ………………………………… )"
_LISTS = ("dasar-hukum", "kualifikasi", "keterkaitan", "peralatan", "peringatan", "pencatatan")
_LABELS = "label."


def document(organisation: int, release: Release, *, now: int) -> bytes:
    """The document of one release as PDF; it changes only with the release and with who holds the approving office.

    Raises NotFound where its diagram has no numbered step.
    """
    closure = releases.closure(release.id, release.fingerprint)
    table = sop_table.read(_drawn(closure.files), closure.process)
    if not table.rows:
        raise NotFound("sop", closure.process)
    return sheet.draw(_content(organisation, release, closure, table, now))


def _content(organisation: int, release: Release, closure: Closure, table: Table, now: int) -> Sop:
    name, zone = offices.organisation(organisation)
    head = heading.letterhead(organisation, name)
    return Sop(
        letterhead=head,
        identity=_identity(organisation, table, release, zone, now),
        flow=flow(table, head.name),
        footer=f"Digambar dari diagram {closure.process}, terbitan {closure.version} ({closure.fingerprint[:12]})",
    )


def _drawn(files: Mapping[str, str]) -> dict[str, bytes]:
    return {name: text.encode() for name, text in files.items() if name.endswith(".bpmn")}


# --- the identity ---


def _identity(organisation: int, table: Table, release: Release, zone: str, now: int) -> Identity:
    known = table.identity
    return Identity(
        number=release.sop_number or known.get("nomor", NONE),
        made=_day(known.get("dibuat", "")),
        revised=_day(release.revised_on or known.get("revisi", "")),
        effective=_effective(release, known.get("efektif", ""), zone),
        title=table.title,
        approved=_approved(organisation, known.get("disahkan", ""), release.approved_office, now),
        lists={name: table.listed(name) for name in _LISTS},
        labels={name.removeprefix(_LABELS): words for name, words in known.items() if name.startswith(_LABELS)},
    )


def _day(iso: str) -> str:
    return dates.written(iso) if iso else NONE


def _effective(release: Release, drawn: str, zone: str) -> str:
    """What the approval says; where it said nothing, the diagram."""
    if release.revised_on and release.effective_ms:
        return dates.day(release.effective_ms, zone)
    return _day(drawn)


def _approved(organisation: int, role: str, office: int | None, now: int) -> Signature:
    """Who puts it in force: the holder of the office that approved it, else of the one the process names."""
    code = settings.setting(organisation, "role_map").get(role, role)
    found = offices.definitive(organisation, now, office_id=office, code=code)
    if found is None:
        return Signature((code,), UNSIGNED)
    return Signature((found.office,), found.person or UNSIGNED, found.rank, found.nip)


# --- the flow ---


def flow(table: Table, office: str) -> Flow:
    """The rows as symbols with their ways."""
    last = len(table.rows) - 1
    places = {row.number: place for place, row in enumerate(table.rows)}
    steps = tuple(_step(row, place in (0, last), table, places) for place, row in enumerate(table.rows))
    names = ("Kelengkapan", "Waktu", "Output", "Keterangan")
    needs, time, output, note = (table.identity.get(_LABELS + word.lower(), word) for word in names)
    title = table.listed("uraian") or (f"URAIAN SOP {table.title.upper()}", office)
    return Flow(title, table.actors, steps, (_total(table), *table.listed("catatan")), (needs, time, output, note))


def _step(row: Row, at_end: bool, table: Table, places: Mapping[int, int]) -> Step:
    others = [way.to for way in row.exits if way.to != row.number and way.to in places]
    return Step(
        number=f"{row.number}.",
        activity=row.activity,
        actor=table.actors.index(table.column_of(row)),
        symbol="capsule" if at_end else "diamond" if row.decides else "box",
        requirements=row.requirements,
        time=row.time,
        output=row.output,
        note="\n".join(_notes(row)),
        ways=tuple(Way(places[to], _says(to, row)) for to in others),
        fresh=row.fresh,
    )


def _notes(row: Row) -> list[str]:
    """What the symbols cannot show: its own note, a repeat of itself, what is waited for outside the rows."""
    again = [f"{way.label}: langkah ini lagi" for way in row.exits if way.to == row.number and way.label]
    said = [row.note] if row.note else []
    return said + again + [words[:1].upper() + words[1:] for words in row.aside]


def _says(to: int, row: Row) -> str:
    """An SOP knows two ways out of a decision."""
    if not row.decides:
        return ""
    return "Ya" if to > row.number else "Tidak"


def _total(table: Table) -> str:
    """The times of all rows together, as far as they are hours and minutes."""
    minutes = sum(sop_table.minutes_of(row.time) for row in table.rows)
    return f"Jumlah waktu mutu baku: {minutes} Menit ({dates.duration(minutes)})." if minutes else ""
