"""The kartu kendali of a case: where the letter is, to be signed for by hand."""

from engine.papers.dossier import Dossier
from forms.sheets import kartu_kendali as sheet

DISTRIBUTED = "dicatat"
"""The answer by which Staf says that the disposisi was recorded and handed out."""


def content(case: Dossier) -> sheet.KartuKendali:
    """The card, without code; its "Tanda Terima" stays empty for those who take the letter over."""
    handed = next((act for act in reversed(case.acts) if act.answers.get(DISTRIBUTED)), None)
    field = case.latest("bidang")
    return sheet.KartuKendali(
        office_lines=tuple(line.text for line in case.letterhead.lines),
        index=case.label("bidang", str(field)) if field else "",
        classification="",
        serial=case.serial,
        summary=case.head.subject,
        sender=case.sender,
        letter_date=case.letter_date,
        letter_number=case.letter_number,
        attachments=case.proofs,
        processor="; ".join(processors(case)),
        forwarded_ms=handed.at_ms if handed else None,
        note=handed.note if handed else "",
        zone=case.head.zone,
    )


def processors(case: Dossier) -> list[str]:
    """Who works on it: the committees it was given to, before that the part of the secretariat."""
    part = case.latest("bagian")
    return [tick.label for tick in case.addressed] or ([case.label("bagian", str(part))] if part else [])
