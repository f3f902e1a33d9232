"""What stands on every paper: the letterhead, the reporter's name, numbers as the office writes them."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from db import sql
from engine import letters
from engine.offices import numbering, settings
from forms import dates
from forms.sheets.letterhead import HeadLine, Letterhead

ERASED = "(identitas telah dihapus)"
HIDDEN = "(rahasia)"
UNNAMED = "(nama tidak diminta)"
PROTECTED = "(identitas dilindungi)"
"""On the papers of an organisation that does not name who sent a letter (setting `shows_sender`)."""
SHEET_MARK = "paraf elektronik tanpa sertifikat"
PAPER_MARK = "paraf di lembar kertas, dicatat kemudian"
_PROOFS = {"photo": "foto", "document": "dokumen", "video": "video"}


def letterhead(organisation: int, name: str) -> Letterhead:
    """The office's letterhead; one that was never decided is its name."""
    body: Mapping[str, Any] = settings.setting(organisation, "letterhead") or {}
    return drawn(body, name, _logo(organisation, str(body.get("logo") or "")))


def below(head: Letterhead, unit: str) -> Letterhead:
    """The organisation's letterhead with one of its units as its last and largest line; without a unit as it is."""
    if not unit:
        return head
    lines = tuple(HeadLine(line.text, 13) for line in head.lines)
    return Letterhead((*lines, HeadLine(unit.upper(), 15, bold=True)), head.address, head.place, head.logo)


def drawn(body: Mapping[str, Any], name: str, logo: bytes | None) -> Letterhead:
    """A letterhead as it is decided (lines, address, place), with its logo."""
    texts: Sequence[str] = body.get("lines") or (name,)
    lines = tuple(HeadLine(text, 17 if last else 13, bold=last) for text, last in _marked(texts))
    return Letterhead(lines, tuple(body.get("address", ())), body.get("place", ""), logo)


def above_signature(organisation: int) -> Sequence[str]:
    """What the office writes above the title of whoever signs an answer, as "a.n. BUPATI MOJOKERTO"."""
    body: Mapping[str, Any] = settings.setting(organisation, "letterhead") or {}
    return tuple(body.get("signature", ()))


def _logo(organisation: int, content_hash: str) -> bytes | None:
    return _kept(organisation, content_hash) if content_hash else None


@lru_cache(maxsize=16)
def _kept(organisation: int, content_hash: str) -> bytes | None:
    text = "SELECT body FROM logo WHERE organisation_id = ? AND content_hash = ?"
    found = sql.value(text, (organisation, content_hash))
    return None if found is None else bytes(found)


def _marked(texts: Sequence[str]) -> list[tuple[str, bool]]:
    return [(text, place == len(texts) - 1) for place, text in enumerate(texts)]


def names_senders(organisation: int) -> bool:
    """Whether the papers of an organisation name who sent a letter."""
    return bool(settings.setting(organisation, "shows_sender"))


def sender(reporter_id: int, sealed: str | None, *, named: bool = True) -> str:
    """Whom the letter is from: the name alone, never how to reach them; not even that where it is not `named`.

    Nor where the identity was set aside (`sealed` is "").
    """
    if not named or sealed == "":
        return PROTECTED
    known = letters.identity(reporter_id, sealed)
    return known.name or UNNAMED if known else ERASED


def agenda_number(organisation: int, number: int, at_ms: int, zone: str) -> str:
    """As "041/2026", by the office's pattern of the day it was taken."""
    return numbering.write(organisation, "agenda", number, dates.local(at_ms, zone))


def proofs(counts: Sequence[tuple[str, int]]) -> str:
    """As "2 foto, 1 dokumen"."""
    return ", ".join(f"{count} {_PROOFS.get(kind, kind or 'berkas')}" for kind, count in counts)
