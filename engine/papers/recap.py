"""A recap as it is printed: its facts in tables, bars, words and signatures."""

from collections.abc import Mapping
from typing import Any

from db import sql
from engine.papers import heading
from engine.recaps.recap import Facts
from forms import dates
from forms.sheets import rekap as sheet
from forms.sheets.letterhead import Letterhead
from forms.sheets.rekap_parts import Bar, Bars, Table
from forms.sheets.signature import Signature

LAW = "Peraturan Walikota Mojokerto Nomor 14 Tahun 2016"
PROVISIONAL = "SEMENTARA: belum ditandatangani, angka masih dapat berubah"
MARK = "ditandatangani secara elektronik tanpa sertifikat"
ENDS = {"dijawab": "dijawab", "belum": "belum selesai"}
LEGEND = ("Dijawab tepat waktu", "Terlambat", "Lainnya dan belum selesai")
_PREFIX = {"plt": "Plt. ", "plh": "Plh. ", "wakil": "a.n. "}
NOTES = (
    "Setiap pengaduan dihitung satu kali: pada unit yang menyelesaikannya, atau yang memegangnya pada akhir bulan."
    " Unit yang mengalihkannya mencatatnya hanya sebagai dialihkan keluar.",
    "Beban = sisa bulan lalu + masuk = dijawab + gugur + belum selesai. Gugur: tidak ditindaklanjuti, diteruskan ke"
    " Inspektorat, atau dicabut.",
    "Terlambat: lewat tanggal batas 7 hari kerja, atau 10 hari kerja bila memerlukan koordinasi (Pasal 8);"
    " menurut subyek dan pada grafik termasuk yang belum dijawab.",
)


def content(facts: Facts, base_url: str) -> sheet.Rekap:
    """The sheet of a recap's facts; of one not closed yet, `now_ms` among them tells who is late by now."""
    code, closed = str(facts.get("code", "")), facts["closed_ms"]
    whole = not facts["unit"]
    head = _letterhead(facts)
    return sheet.Rekap(
        letterhead=head,
        code=code if closed else "",
        verify_url=f"{base_url}/verifikasi/{code}",
        whose=str(facts["unit_name"] or facts["organisation"]),
        month=dates.month(facts["month"]),
        state="" if closed else PROVISIONAL,
        lead=lead(facts),
        tables=(_units(facts),) if whole else (_main(facts["figures"]),),
        chart=_by_unit(facts) if whole else _by_topic(facts["figures"]),
        after=(_topics(facts["figures"]), _slowest(facts["figures"])),
        notes=NOTES,
        signatures=_signatures(facts),
        dated=f"{head.place or '…………'}, {dates.day(closed, facts['zone']) if closed else '…………………'}",
        across=whole,
    )


def lead(facts: Facts) -> str:
    """What the month came to, in words."""
    figures: Mapping[str, Any] = facts["figures"]
    month, load = dates.month(facts["month"]), figures["carried"] + figures["received"]
    who = f"{facts['unit_name']} " if facts["unit_name"] else "SKPD dan UPT "
    law = f"Memenuhi Pasal {'9' if facts['unit'] else '9 dan Pasal 10 ayat (2) huruf f'} {LAW}, dengan ini dilaporkan"
    if not load:
        return f"{law}: pada bulan {month} {who}tidak menerima dan tidak mempunyai pengaduan yang harus ditangani."
    days = figures["median_days"]
    speed = f" Separuh jawaban disampaikan dalam {number(days)} hari kerja atau kurang." if days is not None else ""
    return (
        f"{law}: pada bulan {month} {who}menangani {load} pengaduan ({figures['carried']} sisa bulan lalu,"
        f" {figures['received']} masuk). {figures['answered']} dijawab ({figures['answered_in_time']} tepat waktu,"
        f" {figures['answered_late']} terlambat), {figures['lapsed']} gugur, {figures['open']} belum selesai"
        f" ({figures['open_late']} sudah terlambat).{speed}"
    )


def number(days: float | None) -> str:
    """As "4" or "4,5"; a dash where nothing was answered."""
    return "–" if days is None else f"{days:g}".replace(".", ",")


def _letterhead(facts: Facts) -> Letterhead:
    """The organisation's, and below it the unit whose recap this is."""
    body: Mapping[str, Any] = facts["letterhead"]
    drawn = heading.drawn(body, str(facts["organisation"]), _logo(str(body.get("logo") or "")))
    return heading.below(drawn, str(facts["unit_name"]) if facts["unit"] else "")


def _logo(content_hash: str) -> bytes | None:
    found = sql.value("SELECT body FROM logo WHERE content_hash = ?", (content_hash,)) if content_hash else None
    return None if found is None else bytes(found)


MAIN = (
    ("Sisa bulan lalu", "carried", ""),
    ("Masuk bulan ini", "received", ""),
    ("Diteruskan kepada pejabat", "forwarded", "Pasal 8 ayat (1)"),
    ("– dalam 1 × 24 jam", "forwarded_in_time", "Pasal 8 ayat (1)"),
    ("Dialihkan keluar (salah masuk)", "routed_out", "Pasal 10 ayat (3)"),
    ("Dialihkan masuk", "routed_in", "Pasal 10 ayat (3)"),
    ("Dijawab", "answered", "Pasal 8"),
    ("– tepat waktu", "answered_in_time", "Pasal 8 ayat (2), (3)"),
    ("– terlambat", "answered_late", "Pasal 8 ayat (2), (3)"),
    ("Gugur", "lapsed", ""),
    ("– tidak ditindaklanjuti", "declined", "Pasal 11 ayat (1)"),
    ("– diteruskan ke Inspektorat", "supervised", "Pasal 3 ayat (1)"),
    ("– dicabut", "withdrawn", ""),
    ("Belum selesai pada akhir bulan", "open", ""),
    ("– sudah terlambat", "open_late", "Pasal 8 ayat (2), (3)"),
    ("Batas diubah sesudah lewat", "moved_late", "Pasal 8 ayat (3)"),
    ("Memerlukan koordinasi", "coordinated", "Pasal 8 ayat (3)"),
    ("Membantu unit lain", "helping", "Pasal 8 ayat (3)"),
)
"""The lines of a unit's recap: words, figure, article."""


def _main(figures: Mapping[str, Any]) -> Table:
    rows = [(str(place), words, law, str(figures[name])) for place, (words, name, law) in enumerate(MAIN, 1)]
    days = (str(len(rows) + 1), "Median waktu jawaban (hari kerja)", "Pasal 8", number(figures["median_days"]))
    heads = ("No", "Uraian", "Dasar", "Jumlah")
    return Table("A. Penanganan pengaduan", heads, (0.6, 6, 3, 1.4), (*rows, days), words=3, size=8.2)


def _units(facts: Facts) -> Table:
    zone, closed = facts["zone"], facts["closed_ms"] or facts.get("now_ms")
    rows = tuple(_unit(place, row, zone, closed) for place, row in enumerate(facts["units"], 1))
    whole = ("", "JUMLAH", *_numbers(facts["figures"]), "")
    heads = ("No", "SKPD/UPT", "Sisa", "Masuk", "Dite- ruskan", "Dialih- kan", "Dijawab tepat", "Dijawab terlambat",
             "Gugur", "Belum", "Belum, terlambat", "Median (hari)", "Dikirim")  # fmt: skip
    late = frozenset(place for place, row in enumerate(facts["units"]) if is_late(row, closed))
    widths = (0.5, 4.6, 0.8, 0.9, 0.95, 0.95, 1.1, 1.25, 0.9, 0.9, 1.25, 1, 2.2)
    shown = (*rows, whole)
    return Table("A. Penanganan pengaduan per SKPD/UPT", heads, widths, shown, 2, late | {len(rows)}, size=7.8)


_COLUMNS = ("carried", "received", "forwarded", "routed_out", "answered_in_time", "answered_late", "lapsed", "open")


def _numbers(figures: Mapping[str, Any]) -> tuple[str, ...]:
    counts = (str(figures[name]) for name in (*_COLUMNS, "open_late"))
    return (*counts, number(figures["median_days"]))


def _unit(place: int, row: Mapping[str, Any], zone: str, closed_ms: int | None) -> tuple[str, ...]:
    return (str(place), str(row["name"]), *_numbers(row["figures"]), sent(row, zone, closed_ms))


def is_late(row: Mapping[str, Any], closed_ms: int | None) -> bool:
    """Whether a unit's recap came, or is still to come, after the 10th (Pasal 9 ayat (2))."""
    if row["due_ms"] is None:
        return False
    return bool((row["sent_ms"] or closed_ms or 0) >= row["due_ms"])


def sent(row: Mapping[str, Any], zone: str, closed_ms: int | None) -> str:
    """When a unit sent its recap, as the city's table says it; what is late is said to be, sent or not."""
    if row["due_ms"] is None:
        return "–"
    day = "BELUM DIKIRIM" if row["sent_ms"] is None else dates.short_day(row["sent_ms"], zone)
    return f"{day} TERLAMBAT" if is_late(row, closed_ms) else day


def _topics(figures: Mapping[str, Any]) -> Table:
    rows = tuple(
        (str(place), str(row["label"]), *map(str, _of_topic(row))) for place, row in enumerate(figures["topics"], 1)
    )
    heads = ("No", "Subyek", "Beban", "Dijawab", "Gugur", "Belum selesai", "Terlambat")
    widths = (0.6, 4.4, 0.9, 1, 0.9, 1.3, 1.2)
    return Table("B. Menurut subyek (Pasal 3 ayat (2))", heads, widths, rows, 2, none="Tidak ada.")


def _of_topic(row: Mapping[str, int]) -> tuple[int, ...]:
    """A subject's load and the three it is made of, then those of them that were late."""
    return row["load"], row["answered"], row["load"] - row["answered"] - row["open"], row["open"], row["late"]


def _slowest(figures: Mapping[str, Any]) -> Table:
    rows = tuple(
        (str(place), str(row["number"]), ENDS[row["end"]] + (", terlambat" if row["late"] else ""), str(row["days"]))
        for place, row in enumerate(figures["slowest"], 1)
    )
    heads = ("No", "Nomor pengaduan", "Keadaan", "Hari kerja")
    return Table("C. Paling lama ditangani", heads, (0.6, 4, 3, 1.4), rows, 3, none="Tidak ada.")


def _by_topic(figures: Mapping[str, Any]) -> Bars:
    found = tuple(
        Bar(str(row["label"]), row["in_time"], row["late"], row["load"] - row["in_time"] - row["late"])
        for row in figures["topics"]
    )
    return Bars("Grafik menurut subyek", LEGEND, found)


def _by_unit(facts: Facts) -> Bars:
    found = [(row["name"], row["figures"]) for row in facts["units"]]
    bars = tuple(
        Bar(
            str(name),
            own["answered_in_time"],
            own["answered_late"] + own["open_late"],
            own["lapsed"] + own["open"] - own["open_late"],
        )
        for name, own in found
        if own["carried"] + own["received"]
    )
    return Bars("Grafik per SKPD/UPT", LEGEND, bars)


def _signatures(facts: Facts) -> tuple[Signature, ...]:
    """Whoever made it signs last, on the right; whoever takes note of it stands on the left."""
    made, *noted = facts["signers"] or [None]
    if made is None:
        return (Signature(("…………………………………",), "(…………………………………)"),)
    return (*(_signature(one, ("Mengetahui,",)) for one in noted), _signature(made, ()))


def _signature(one: Mapping[str, Any], above: tuple[str, ...]) -> Signature:
    office = _PREFIX.get(str(one["kind"]), "") + str(one["office"])
    return Signature((*above, f"{office},"), str(one["person"]), str(one["rank"]), str(one["nip"]), MARK)
