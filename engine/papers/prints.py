"""One paper of a case by its kind: content made, code put in, bytes drawn."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple

from engine.papers import followup, kartu, lembar, letter
from engine.papers.dossier import Dossier
from forms.sheets import kartu_kendali, lembar_disposisi, surat_balasan, tindak_lanjut


class Paper(NamedTuple):
    """How a kind of paper is made; `per_unit` ones are printed for one committee."""

    content: Callable[[Dossier, str], Any]
    draw: Callable[[Any], bytes]
    per_unit: bool = False


PAPERS: Mapping[str, Paper] = MappingProxyType(
    {
        "lembar-disposisi": Paper(lambda case, _: lembar.content(case), lembar_disposisi.draw),
        "kartu-kendali": Paper(lambda case, _: kartu.content(case), kartu_kendali.draw),
        "tindak-lanjut": Paper(followup.content, tindak_lanjut.draw, per_unit=True),
        "surat-balasan": Paper(letter.content, surat_balasan.draw, per_unit=True),
    }
)
"""Kinds of paper of a case that carry a code."""


def drawn(paper: Paper, content: Any, code: str, base_url: str) -> bytes:
    """The paper with its code and the address where it can be verified."""
    return paper.draw(replace(content, code=code, verify_url=f"{base_url}/verifikasi/{code}"))
