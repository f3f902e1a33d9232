"""One paper of a case by its kind: content made, code put in, bytes drawn."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple

from db.queries import papers
from engine.papers import covering, followup, formulir, kartu, lembar, letter
from engine.papers.dossier import Dossier, read
from forms.sheets import formulir_sop, kartu_kendali, lembar_disposisi, surat_balasan, tindak_lanjut


class Paper(NamedTuple):
    """How a kind of paper is made; `part` names the committee it is printed for, given the one asked for."""

    content: Callable[[Dossier, str], Any]
    draw: Callable[[Any], bytes]
    part: Callable[[Dossier, str], str] = lambda _case, _unit: ""


PAPERS: Mapping[str, Paper] = MappingProxyType(
    {
        "lembar-disposisi": Paper(lambda case, _: lembar.content(case), lembar_disposisi.draw),
        "kartu-kendali": Paper(lambda case, _: kartu.content(case), kartu_kendali.draw),
        "tindak-lanjut": Paper(followup.content, tindak_lanjut.draw, followup.part),
        "surat-balasan": Paper(letter.content, surat_balasan.draw, letter.part),
        "surat-pengantar": Paper(covering.content, surat_balasan.draw),
        "formulir-sop": Paper(lambda case, _: formulir.content(case), formulir_sop.draw),
    }
)
"""Kinds of paper of a case that carry a code."""


class Offer(NamedTuple):
    """A paper that can be printed now: its kind, and for papers of one committee its unit and name."""

    kind: str
    unit: str = ""
    name: str = ""


def offers(case_id: int) -> list[Offer]:
    """What can be printed of a case as it stands; raises NotFound."""
    case = read(case_id)
    names = papers.units(case.head.organisation_id)
    parts = [Offer("tindak-lanjut", unit, names.get(unit, unit)) for unit in followup.units(case.acts, case.closure)]
    answered = [Offer("surat-balasan", unit, names.get(unit, unit)) for unit in letter.answered(case.acts)]
    notes = [Offer("surat-pengantar")] if covering.is_written(case.acts) else []
    return [Offer("lembar-disposisi"), Offer("kartu-kendali"), *parts, *answered, *notes, Offer("receipt")]


def drawn(paper: Paper, content: Any, code: str, base_url: str) -> bytes:
    """The paper with its code and the address where it can be verified."""
    return paper.draw(replace(content, code=code, verify_url=f"{base_url}/verifikasi/{code}"))
