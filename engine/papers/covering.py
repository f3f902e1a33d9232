"""The surat pengantar: what an office writes when it hands a case over to another, as it stood in the act.

It names the case, never the reporter: whoever receives it reads the case where each look at an identity is recorded.
"""

from collections.abc import Sequence

from engine.errors import NotFound
from engine.papers import heading
from engine.papers.acts import Act
from engine.papers.dossier import Dossier
from forms import dates
from forms.sheets import surat_balasan as sheet
from forms.sheets.signature import Signature

NOTE = "surat_pengantar"
"""The field that holds what is written."""
SIGNED = "ditandatangani secara elektronik tanpa sertifikat"
_CLOSING = "Demikian untuk menjadi bahan tindak lanjut. Atas perhatiannya disampaikan terima kasih."


def content(case: Dossier, _unit: str = "") -> sheet.SuratBalasan:
    """The latest one, without number and code; raises NotFound while none is written."""
    act, head = written(case), case.head
    return sheet.SuratBalasan(
        letterhead=case.letterhead,
        number="",
        called="Surat Pengantar",
        urgency=case.label("urgensi", head.urgency).capitalize(),
        attachments="1 (satu) berkas pengaduan",
        subject=f"Pengantar pelimpahan pengaduan nomor {head.number}",
        dated=dates.local(act.at_ms, head.zone).date().isoformat(),
        to=tuple(line for line in (case.handed_to(act), "di Tempat") if line),
        paragraphs=(_opening(case), *_paragraphs(act), _CLOSING),
        signature=Signature(
            titles=(*heading.above_signature(head.organisation_id), act.title),
            name=act.person,
            rank=act.rank,
            nip=act.nip,
            mark=SIGNED,
        ),
    )


def is_written(acts: Sequence[Act]) -> bool:
    """Whether there is one."""
    return any(act.texts.get(NOTE) for act in acts)


def written(case: Dossier) -> Act:
    """The act that wrote it; raises NotFound."""
    found = [act for act in case.acts if act.texts.get(NOTE)]
    if not found:
        raise NotFound("covering note", case.head.id)
    return found[-1]


def _opening(case: Dossier) -> str:
    received = dates.day(case.head.received_ms, case.head.zone)
    return (
        f"Dengan hormat kami limpahkan pengaduan nomor {case.head.number} yang diterima tanggal {received}."
        " Pengaduan beserta buktinya dapat dibaca pada berkas elektroniknya. Keterangan kami:"
    )


def _paragraphs(act: Act) -> list[str]:
    return [part.strip() for part in act.texts[NOTE].split("\n") if part.strip()]
