"""Standing texts with named blanks: a closed set, filled from the case when one is chosen."""

import re
from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "nomor": "nomor laporan",
    "perihal": "perihal laporan",
    "diterima": "tanggal laporan diterima",
    "tanggal": "tanggal hari ini",
}
"""What may stand between braces, and what is put there."""
BLANKS = SENTENCES

_BLANK = re.compile(r"\{([^{}\n]{0,40})\}")
_PERSONAL = re.compile(r"\d[\d .()/-]{8,}\d|[\w.+-]+@[\w-]+\.\w+")


def unknown(body: str) -> list[str]:
    """Blanks nobody can fill, in the order they stand."""
    return list(dict.fromkeys(found for found in _BLANK.findall(body) if found not in BLANKS))


def filled(body: str, values: Mapping[str, str]) -> str:
    """The text with its blanks filled; what is put in is never looked at again."""
    return _BLANK.sub(lambda found: values.get(found[1], found[0]), body)


def names_someone(text: str) -> bool:
    """Whether it holds what looks like a telephone number, NIK or address of mail."""
    return _PERSONAL.search(text) is not None
