"""The signature block: office, room for the mark, name, pangkat, NIP."""

from dataclasses import dataclass

from forms.sheets.kit import Block, Space, Stack, Style, stack, text

_ROOM_FOR_HAND = 46


@dataclass(frozen=True)
class Signature:
    """Who signs as what.

    `titles` are the lines above the name, as Tata Naskah Dinas writes them, e.g.
    ("a.n. KETUA DPRD", "SEKRETARIS DPRD,") or ("Plh. SEKRETARIS DPRD,",).
    `mark` says how it is signed and stands where a hand would sign; empty leaves room to sign by hand.
    """

    titles: tuple[str, ...]
    name: str
    rank: str = ""
    nip: str = ""
    mark: str = ""


def signature_block(signature: Signature, width: float, style: Style, dated: str = "") -> Stack:
    """The block in a column of `width`: `dated` above the titles, pangkat and NIP below the name."""
    below = [signature.rank, f"NIP {signature.nip}" if signature.nip else ""]
    return stack(
        text(dated, width, style) if dated else None,
        *(text(title, width, style) for title in signature.titles),
        *_middle(signature, width, style),
        text(signature.name, width, style.bold),
        *(text(line, width, style) for line in below if line),
    )


def _middle(signature: Signature, width: float, style: Style) -> list[Block]:
    if not signature.mark:
        return [Space(_ROOM_FOR_HAND)]
    mark = text(signature.mark, width, style.italic.at(style.size * 0.78))
    return [Space(13), mark, Space(13)]
