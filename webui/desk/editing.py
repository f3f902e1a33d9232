"""Editing beside the original: what is proposed, what has changed word by word, what tells who somebody is.

Drawn for tasks whose diagram says `terbit` (their text is published) or `banding` (texts of this name are compared).
"""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from db.queries import published as questions
from db.queries.cases import Head
from engine.diagrams.catalog import Element
from engine.letters import Letter
from engine.publishing import anonymity, publications
from engine.publishing.anonymity import Finding, Known
from webui.desk.told import Told

_PIECES = re.compile(r"\s*\w+|\s*[^\s\w]|\s+")
LONGEST = 6_000
"""Pieces of a text beyond which changes are marked line by line."""


@dataclass(frozen=True)
class Piece:
    """A run of text: `same`, `gone` (only in the first), `new` (only in the second); `found` tells who somebody is."""

    text: str
    kind: str = "same"
    found: str = ""  # what it tells: nik, telepon, surel, nama, alamat


@dataclass(frozen=True)
class Written:
    """A text somebody wrote in this case: who, when, and what they said about it."""

    by: str
    office: str
    at_ms: int
    text: str
    note: str = ""


@dataclass(frozen=True)
class Editing:
    """What stands beside the form. `reason` and `problems` belong to the question why something may stay."""

    part: str  # what the task publishes: pengaduan, balasan, or nothing
    original: Sequence[Piece]
    by: Written | None  # whose the original is; None for the reporter
    changes: Sequence[Piece]  # from the original to what is typed or proposed
    before: Sequence[tuple[Written, Sequence[Piece]]]  # earlier texts with what each changed, the newest first
    photos: int  # chosen to be seen
    asks_reason: bool
    reason: str
    problems: Sequence[Any]


def proposals(element: Element | None, head: Head, letter: Letter, acts: Sequence[Told]) -> dict[str, str]:
    """What the text fields of an editing task begin with."""
    props = element.props if element else {}
    if props.get("terbit") == "pengaduan":
        whom = publications.known(head.id)
        texts = dict(zip(publications.FIELDS["pengaduan"], (head.subject, letter.chronology), strict=True))
        return {name: anonymity.cleaned(text, whom) for name, text in texts.items()}
    name = props.get("banding", "")
    found = written(acts, name) if name else []
    return {name: found[-1].text} if found else {}


def of(
    element: Element | None,
    head: Head,
    letter: Letter,
    acts: Sequence[Told],
    shown: Mapping[str, str],
    *,
    reason: str = "",
    problems: Sequence[Any] = (),
) -> Editing | None:
    """What stands beside the form of an editing task; None for any other. `shown`: its texts as they stand now."""
    props = element.props if element else {}
    part, name = props.get("terbit", ""), props.get("banding", "")
    earlier = written(acts, name) if name else []
    if part != "pengaduan" and not earlier:
        return None
    whom = publications.known(head.id) if part else None
    first, now = _texts(part, name, head, letter, earlier, shown)
    found = anonymity.findings(now, whom) if whom else []
    asks = bool(problems) or bool(found and reason and not any(one.sure for one in found))
    return Editing(
        part,
        marked(first, whom) if whom else [Piece(first)],
        earlier[-1] if earlier else None,
        changed(first, now, whom),
        [(b, changed(a.text, b.text)) for a, b in pairwise(earlier)][::-1],
        len(questions.photos(head.id)) if part == "pengaduan" else 0,
        asks,
        reason,
        problems,
    )


def _texts(
    part: str, name: str, head: Head, letter: Letter, earlier: Sequence[Written], shown: Mapping[str, str]
) -> tuple[str, str]:
    """The original and what is edited."""
    if part == "pengaduan":
        now = "\n\n".join(shown.get(field, "") for field in publications.FIELDS[part])
        return f"{head.subject}\n\n{letter.chronology}", now
    return earlier[-1].text, shown.get(name, "")


def written(acts: Sequence[Told], name: str) -> list[Written]:
    """The texts of this name that the acts of a case hold, in the order they were written."""
    found = [told.act for told in acts if told.act.texts.get(name)]
    return [Written(act.person, act.office, act.at_ms, act.texts[name], act.reason) for act in found]


def marked(text: str, whom: Known) -> list[Piece]:
    """A text with the places that tell who somebody is."""
    return _with_found([Piece(text)], anonymity.findings(text, whom))


def changed(first: str, second: str, whom: Known | None = None) -> list[Piece]:
    """From one text to another, word by word; places of the second that tell who somebody is are marked."""
    a, b = _PIECES.findall(first), _PIECES.findall(second)
    if len(a) + len(b) > LONGEST:
        a, b = first.splitlines(keepends=True), second.splitlines(keepends=True)
    pieces: list[Piece] = []
    for what, a1, a2, b1, b2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(Piece("".join(b[b1:b2])))
            continue
        pieces += [Piece("".join(a[a1:a2]), "gone")] if a2 > a1 else []
        pieces += [Piece("".join(b[b1:b2]), "new")] if b2 > b1 else []
    return _with_found(pieces, anonymity.findings(second, whom)) if whom else pieces


def _with_found(pieces: Sequence[Piece], found: Sequence[Finding]) -> list[Piece]:
    """The same pieces, parted where a finding begins or ends; what is gone counts for no place."""
    out: list[Piece] = []
    at = 0
    for piece in pieces:
        if piece.kind == "gone":
            out.append(piece)
            continue
        out += _parted(piece, at, found)
        at += len(piece.text)
    return out


def _parted(piece: Piece, at: int, found: Sequence[Finding]) -> list[Piece]:
    end = at + len(piece.text)
    inside = [one for one in found if one.start < end and one.end > at]
    cuts = sorted({at, end, *(max(at, one.start) for one in inside), *(min(end, one.end) for one in inside)})
    parts = []
    for start, stop in pairwise(cuts):
        what = next((one.what for one in inside if one.start <= start and stop <= one.end), "")
        parts.append(Piece(piece.text[start - at : stop - at], piece.kind, what))
    return parts
