"""The signature block: office, room for the mark, name, pangkat, NIP."""

from dataclasses import dataclass


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
