"""An internal letter on paper: from whom, to whom, its words, the cases or figures it carries, who signed it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from db.queries import memos as questions
from db.queries import papers
from db.queries.memos import Memo
from engine.clocks import lateness
from engine.offices import memos, numbering, settings
from engine.papers import heading
from engine.papers.acts import PREFIXES
from forms import dates
from forms.sheets import nota_dinas as sheet
from forms.sheets.signature import Signature

SIGNED = "ditandatangani secara elektronik tanpa sertifikat"
MOST_NAMED = 6
CASES = (("No.", 0.06), ("Nomor", 0.2), ("Subyek", 0.24), ("Diterima", 0.15), ("Batas", 0.15), ("Keadaan", 0.2))
AGENCIES = (("Perangkat daerah", 0.52), ("Berjalan", 0.12), ("Terlambat", 0.12), ("Segera", 0.12), ("Dijawab", 0.12))
QUEUES = (("Jabatan", 0.52), ("Menunggu", 0.12), ("Belum dibuka", 0.12), ("Terlambat", 0.12), ("Segera", 0.12))


def next_number(organisation: int, code: str, zone: str, now: int) -> str:
    """The number the next letter that takes this kind of number would get."""
    local = datetime.fromtimestamp(now / 1000, ZoneInfo(zone))
    text = numbering.pattern_text(organisation, code)
    return numbering.preview(organisation, code, text, numbering.codes(organisation, code), local)


def draw(organisation: int, row: Memo) -> bytes:
    """The letter as PDF, from what was kept of it."""
    name, zone = papers.organisation(organisation)
    kind = memos.kinds(organisation).get(row.kind)
    words = memos.texts(row.id, row.sealed)
    figures: dict[str, Any] = orjson.loads(row.figures)
    content = sheet.NotaDinas(
        letterhead=heading.below(heading.letterhead(organisation, name), papers.unit_of_office(row.office_id)),
        title=kind.name if kind else row.kind,
        number=row.number,
        to=_to(row.id),
        sender=f"{PREFIXES.get(row.acting_as, '')}{row.office}",
        dated=dates.local(row.at_ms, zone).date().isoformat(),
        subject=words["subject"],
        basis=kind.basis if kind else "",
        paragraphs=tuple(part.strip() for part in words["text"].split("\n") if part.strip()),
        tables=tuple(_tables(organisation, figures, zone)),
        signature=Signature(
            titles=(f"{PREFIXES.get(row.acting_as, '')}{row.office.upper()},",),
            name=row.person,
            rank=row.pangkat,
            nip=row.nip,
            mark=SIGNED,
        ),
    )
    return sheet.draw(content)


def _to(memo: int) -> tuple[str, ...]:
    names = [one.office for one in questions.receipts(memo)]
    if len(names) <= MOST_NAMED:
        return tuple(names)
    return (*names[: MOST_NAMED - 1], f"dan {len(names) - MOST_NAMED + 1} jabatan lain dalam daftar tanda terima")


def _tables(organisation: int, figures: dict[str, Any], zone: str) -> list[sheet.Table]:
    found: list[sheet.Table] = []
    if figures.get("cases"):
        listed = settings.setting(organisation, "case_lists").get("topic", "")
        labels = papers.labels(organisation, [listed]) if listed else {}
        rows = [
            _case(n, one, labels.get((listed, one["topic"]), "-"), zone) for n, one in enumerate(figures["cases"], 1)
        ]
        bases = "; ".join(dict.fromkeys(str(one["basis"]) for one in figures["cases"] if one["basis"]))
        found.append(sheet.Table("Daftar pengaduan", CASES, tuple(rows), f"Dasar tenggat: {bases}." if bases else ""))
    if "agencies" in figures:
        agencies = [(one[1] or "Belum ditentukan", *(str(n) for n in one[2:6])) for one in figures["agencies"]]
        found.append(sheet.Table("Pengaduan berjalan per perangkat daerah", AGENCIES, tuple(agencies)))
        queues = [(one[0], *(str(n) for n in (one[1], one[2], one[3], one[4]))) for one in figures["queues"]]
        found.append(sheet.Table("Antrean setiap jabatan", QUEUES, tuple(queues)))
        weeks = zip(figures["received"], figures["answered"], strict=True)
        told = ", ".join(f"{came}/{went}" for came, went in weeks)
        found.append(
            sheet.Table("", (), (), f"Diterima/dijawab delapan minggu terakhir, minggu terlama dahulu: {told}.")
        )
    return found


def _case(number: int, one: dict[str, Any], topic: str, zone: str) -> tuple[str, ...]:
    due = "-" if one["due"] is None else dates.short_day(one["due"], zone)
    return (
        str(number),
        one["number"],
        topic,
        dates.short_day(one["received"], zone),
        due,
        state(one),
    )


def state(one: Mapping[str, Any]) -> str:
    """How many working days were left, or gone, when the letter was signed."""
    left = one["left"]
    if left is None:
        return "tanpa batas"
    if one["late"]:
        return lateness.spoken(max(0, -left))
    return f"sisa {left} hari kerja" if left else "jatuh tempo hari ini"
