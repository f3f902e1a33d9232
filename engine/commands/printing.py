"""Papers are printed: a sheet gets its code the first time and keeps it; a book is sealed before it is printed."""

import base64
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from pypdf import PdfWriter

from db import sql
from db.connect import transaction
from db.queries import papers as questions
from db.queries import public
from db.queries.papers import Pages
from engine import journal, receipts
from engine.commands import outgoing
from engine.errors import NotFound
from engine.papers import books, dossier, letter
from engine.papers import poster as posters
from engine.papers.prints import PAPERS, drawn
from forms.sheets import buku_agenda, poster

KINDS = (*PAPERS, "receipt")
"""Papers of a case."""
LETTER = "surat-balasan"
NOTE = "surat-pengantar"
CODE_BYTES = 10  # 80 bits as 16 letters of base32: nobody guesses one


def case_paper(kind: str, case_id: int, *, unit: str = "", base_url: str, now: int, addressed: bool = True) -> bytes:
    """A paper of a case as PDF. The same case prints the same bytes; `addressed`: a letter says to whom it goes.

    `unit` picks the committee for papers that are one per committee. Raises NotFound for a kind, case or unit there
    is not, and for an answer nobody has approved yet.
    """
    if kind == "receipt":
        return _receipt(case_id, base_url)
    if kind not in PAPERS:
        raise NotFound("paper", kind)
    paper, case = PAPERS[kind], dossier.read(case_id)
    part = paper.part(case, unit)
    content = paper.content(case, part)
    if kind == LETTER:
        to = content.to if addressed else letter.NOBODY
        content = replace(content, number=outgoing.number_of(case, part, now), to=to)
    elif kind == NOTE:
        content = replace(content, number=outgoing.number_of_note(case, now))
    return drawn(paper, content, _code(case_id, kind, part, case.journal, now), base_url)


PILE = ("receipt", "lembar-disposisi", "kartu-kendali")
"""Papers that a morning's pile is printed as."""
SHEETS = 200
"""Papers printed in one go."""


def pile(cases: Sequence[int], kinds: Sequence[str], *, pins: Mapping[int, str], base_url: str, now: int) -> bytes:
    """The papers of several cases as one PDF, kind by kind within each case.

    `pins` has the PIN of those whose receipt is handed to the bearer now. Raises NotFound, ValueError for too many.
    """
    if len(cases) * len(kinds) > SHEETS:
        raise ValueError(f"more than {SHEETS} papers")
    whole = PdfWriter()
    for case_id in cases:
        for kind in kinds:
            whole.append(BytesIO(_of_pile(kind, case_id, pins, base_url, now)))
    kept = BytesIO()
    whole.write(kept)
    return kept.getvalue()


def _of_pile(kind: str, case_id: int, pins: Mapping[int, str], base_url: str, now: int) -> bytes:
    if kind == "receipt":
        return _receipt(case_id, base_url, pins.get(case_id))
    return case_paper(kind, case_id, base_url=base_url, now=now)


def _receipt(case_id: int, base_url: str, pin: str | None = None) -> bytes:
    """Without PIN it is a copy: the PIN was shown to the reporter once."""
    case = public.case(case_id)
    if case is None:
        raise NotFound("case", case_id)
    return receipts.paper(case, pin=pin, base_url=base_url, proofs=len(public.proofs_of_case(case_id)))


def _code(case_id: int, kind: str, detail: str, journal_hash: str, now: int) -> str:
    """The code of a sheet, and up to which entry of the journal it was last printed."""
    known = questions.code_of(case_id, kind, detail)
    if known is not None and known.content_hash == journal_hash:
        return known.code
    with transaction():
        sql.row("SELECT id FROM case_file WHERE id = ?" + sql.for_update(), (case_id,))
        known = questions.code_of(case_id, kind, detail)
        if known is None:
            return _new_code(case_id, kind, detail, journal_hash, now)
        sql.execute("UPDATE sheet_code SET content_hash = ?, at_ms = ? WHERE id = ?", (journal_hash, now, known.id))
        return known.code


def _new_code(case_id: int, kind: str, detail: str, journal_hash: str, now: int) -> str:
    code = base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode().lower()
    sql.insert(
        "sheet_code",
        code=code,
        kind=kind,
        case_file_id=case_id,
        detail=detail,
        content_hash=journal_hash,
        at_ms=now,
    )
    return code


@dataclass(frozen=True)
class Printer:
    """For whom a book is printed: their organisation and the name at its foot."""

    organisation: int
    name: str = ""


def book(printer: Printer, code: str, year: int, *, now: int) -> bytes:
    """The book of a year as PDF, sealed first: every line it prints lies under the seal it names. Raises NotFound."""
    books.must_exist(printer.organisation, code, year)
    with transaction():
        journal.seal(printer.organisation, now)
        last = questions.last_number(printer.organisation, code, year)
    pages = Pages(printer.organisation, code, year, last=last)
    return buku_agenda.draw(books.content(pages, printed_by=printer.name, now=now))


def poster_of(organisation: int, base_url: str) -> bytes:
    """The poster of an organisation as PDF."""
    return poster.draw(posters.content(organisation, base_url))
