"""The rows of a CSV or XLSX, one after the other: numbered as a spreadsheet numbers them, never all in memory."""

from collections.abc import Callable, Iterator
from typing import IO

from engine.imports import delimited, workbook
from engine.imports.limits import COLUMNS, ROWS, Unreadable

Cell = str | float
Row = tuple[int, list[Cell]]
Opener = Callable[[], IO[bytes]]
"""Opens the file from its beginning; a ZIP needs one that can seek."""


def kind_of(start: bytes) -> str:
    """csv or xlsx, by its first bytes; raises Unreadable."""
    if not start.strip():
        raise Unreadable("empty", "Berkas ini kosong. Unduh kembali dari Google Spreadsheet sebagai CSV atau XLSX.")
    if start.startswith(b"PK\x03\x04"):
        return "xlsx"
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        words = "Ini Excel lama (.xls) atau Excel yang dikunci sandi. Simpan sebagai .xlsx tanpa sandi, lalu unggah."
        raise Unreadable("old_excel", words)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("utf16", "CSV ini tersimpan sebagai UTF-16. Simpan sebagai “CSV UTF-8”, lalu unggah kembali.")
    if b"\0" in start or start.startswith(b"%PDF"):
        raise Unreadable("not_a_table", "Ini bukan CSV dan bukan XLSX. Unduh daftarnya sebagai CSV atau XLSX.")
    return "csv"


def rows(kind: str, opener: Opener) -> Iterator[Row]:
    """Every row that is not empty, the headers first. Raises Unreadable, at any row."""
    found = workbook.rows(opener) if kind == "xlsx" else delimited.rows(opener)
    for count, (line, cells) in enumerate(row for row in found if any(cell != "" for cell in row[1])):
        if count > ROWS:
            words = "Daftar ini lebih dari %(most)s baris. Bagilah menjadi beberapa berkas, lalu impor satu per satu."
            raise Unreadable("too_many_rows", words, most=f"{ROWS:,}".replace(",", "."))
        yield line, cells[: COLUMNS + 1]
