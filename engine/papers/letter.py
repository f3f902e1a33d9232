"""The surat balasan to the reporter: the answer as it was approved, by whom and when."""

from collections.abc import Iterator, Sequence

from db.queries import papers
from engine import letters
from engine.errors import NotFound
from engine.papers import heading
from engine.papers.acts import Act
from engine.papers.dossier import Dossier
from forms import dates
from forms.sheets import surat_balasan as sheet
from forms.sheets.signature import Signature

ANSWER = "isi_balasan"
"""The field that holds the answer."""
APPROVED = "disetujui secara elektronik tanpa sertifikat"


def content(case: Dossier, unit: str = "") -> sheet.SuratBalasan:
    """The latest approved answer of a part of the case, without code; raises NotFound while there is none."""
    written, approved = _approved(case.acts, unit)
    head = case.head
    return sheet.SuratBalasan(
        letterhead=heading.below(case.letterhead, papers.unit_of_case(head.id)),
        number=head.number,
        urgency=case.label("urgensi", head.urgency),
        attachments="-",
        subject=f"Jawaban atas laporan: {head.subject}",
        dated=dates.local(approved.at_ms, head.zone).date().isoformat(),
        to=addressee(case),
        paragraphs=(_opening(case), *_paragraphs(written.texts[ANSWER]), _CLOSING),
        signature=Signature(
            titles=(*heading.above_signature(head.organisation_id), approved.title),
            name=approved.person,
            rank=approved.rank,
            nip=approved.nip,
            mark=APPROVED,
        ),
    )


_CLOSING = "Demikian disampaikan. Atas perhatian dan kepedulian Saudara diucapkan terima kasih."


def answered(acts: Sequence[Act]) -> list[str]:
    """The parts of a case ("" for the whole) whose answer is approved."""
    return list(dict.fromkeys(written.instance for written, _ in _pairs(acts)))


def part(case: Dossier, unit: str) -> str:
    """The part asked for, or the one answered last; raises NotFound."""
    return _approved(case.acts, unit)[0].instance


def approval(case: Dossier, unit: str) -> Act:
    """The act by which the answer to this part went out; raises NotFound."""
    return _approved(case.acts, unit)[1]


def _approved(acts: Sequence[Act], unit: str) -> tuple[Act, Act]:
    """The latest answer of a part (of any part, if none is named) and the act that approved it."""
    found = [pair for pair in _pairs(acts) if unit in ("", pair[0].instance)]
    if not found:
        raise NotFound("answer", unit)
    return found[-1]


def _pairs(acts: Sequence[Act]) -> Iterator[tuple[Act, Act]]:
    """Each answer with its approval: the next act of the same diagram and part, if it lets it go its ordinary way.

    Who approves may word it: then that act's own text is what went out, whichever way it let it go.
    """
    written: dict[tuple[str, str], Act] = {}
    for act in acts:
        part = (act.process, act.instance)
        if ANSWER in act.texts and part in written and act.decision and not act.returned:
            del written[part]
            yield act, act
        elif ANSWER in act.texts:
            written[part] = act
        elif part in written:
            answer = written.pop(part)
            if act.decision and act.carries_on:
                yield answer, act


NOBODY = ("Saudara pelapor", "di Tempat")
"""To whom a letter goes where no name was asked, or whoever prints it may not know it."""


def addressee(case: Dossier) -> tuple[str, ...]:
    """The lines after "Yth."."""
    known = letters.identity(case.head.reporter_id, case.head.identity)
    if known is None:
        return (heading.PROTECTED if case.head.identity == "" else heading.ERASED,)
    return (f"Sdr. {known.name}" if known.name else NOBODY[0], *(known.address.splitlines() or NOBODY[1:]))


def _opening(case: Dossier) -> str:
    day = dates.day(case.head.received_ms, case.head.zone)
    about = f" tentang {case.head.subject}" if case.head.subject else ""
    return (
        f"Sehubungan dengan laporan Saudara nomor {case.head.number} tanggal {day}{about},"
        " bersama ini kami sampaikan hal-hal sebagai berikut."
    )


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n") if part.strip()]
