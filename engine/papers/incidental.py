"""An incidental report on paper (Perwali 14/2016 Pasal 7 ayat (3) huruf d): from whom, to whom, its words and cases."""

from collections.abc import Sequence

from db import sql
from db.queries import papers
from db.queries.recaps import Incidental
from engine.papers import heading
from engine.papers.acts import PREFIXES
from engine.papers.memo import SIGNED
from forms import dates
from forms.sheets import nota_dinas as sheet
from forms.sheets.signature import Signature

BASIS = "Perwali 14/2016 Pasal 7 ayat (3) huruf d"


def draw(found: Incidental, words: dict[str, str], cases: Sequence[str]) -> bytes:
    """The report as PDF, from what was kept of it."""
    name, zone = papers.organisation(found.organisation_id)
    signed = f"{PREFIXES.get(found.acting_as, '')}{found.office}"
    about = (f"Tentang pengaduan nomor {', '.join(cases)}.",) if cases else ()
    text = "SELECT o.name FROM incidental_report i JOIN office o ON o.id = i.addressee_id WHERE i.id = ?"
    got = f"Diterima {dates.moment(found.received_ms, zone)}." if found.received_ms else ""
    return sheet.draw(
        sheet.NotaDinas(
            letterhead=heading.letterhead(found.organisation_id, name),
            title="Laporan Insidentil",
            number="",
            to=(str(sql.value(text, (found.id,))),),
            sender=signed,
            dated=dates.local(found.sent_ms, zone).date().isoformat(),
            subject=words["title"],
            basis=BASIS,
            paragraphs=(*(part.strip() for part in words["text"].split("\n") if part.strip()), *about),
            tables=(sheet.Table("", (), (), got),) if got else (),
            signature=Signature(titles=(f"{signed.upper()},",), name=found.person, rank="", nip="", mark=SIGNED),
        )
    )
