"""CSV as spreadsheets write it: UTF-8 (with or without BOM) or Windows-1252, commas or semicolons."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from typing import IO

from engine.imports.limits import CELL_CHARS, Unreadable

CHUNK = 65_536
FIELD_CHARS = 16 * CELL_CHARS
"""Longer than any answer: a quotation mark that is never closed swallows the rest of a file."""


def rows(opener: Callable[[], IO[bytes]]) -> Iterator[tuple[int, list[str | float]]]:
    """Every record with its number as a spreadsheet shows it (1 is the header)."""
    encoding, separator = encoding_of(opener), separator_of(opener)
    csv.field_size_limit(FIELD_CHARS)
    with opener() as raw, io.TextIOWrapper(raw, encoding, errors="replace", newline="") as text:
        reader = csv.reader(text, delimiter=separator)
        number = 1
        try:
            for number, cells in enumerate(reader, 1):
                yield number, [cell.strip() for cell in cells]
        except csv.Error as trouble:
            words = (
                "Baris %(line)s tidak dapat dibaca: ada tanda kutip yang tidak ditutup atau isian yang terlalu panjang."
            )
            raise Unreadable("broken_csv", words, line=number + 1) from trouble


def encoding_of(opener: Callable[[], IO[bytes]]) -> str:
    """UTF-8 where every byte of the file is, else what Excel writes in Indonesia: Windows-1252."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with opener() as raw:
        try:
            while chunk := raw.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def separator_of(opener: Callable[[], IO[bytes]]) -> str:
    """The mark that stands most often in the header, outside quotation marks."""
    with opener() as raw:
        head = raw.read(CHUNK).decode("latin-1").lstrip("ï»¿\r\n")
    line, quoted = "", False
    for mark in head:
        quoted ^= mark == '"'
        if mark in "\r\n" and not quoted:
            break
        line += mark if not quoted else ""
    return max(",;\t", key=line.count)
