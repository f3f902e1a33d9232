"""Everything kept about one reporter in one case, opened for themselves (UU 27/2022 Ps 5-8).

Number and PIN prove less than an identity card: the NIK is masked and the mother's name only said to be kept.
"""

from dataclasses import dataclass, field

from db.queries import own_data as questions
from db.queries.own_data import File, Seen
from engine import letters
from engine.errors import NotFound

LENGTH_SHOWN = 4
"""The first digits of a NIK that are shown: the code of the city, which tells nobody who it is."""


def masked(nik: str) -> str:
    """As 3576************; "" where there is none."""
    return nik[:LENGTH_SHOWN] + "*" * max(len(nik) - LENGTH_SHOWN, 0)


@dataclass(frozen=True)
class OwnData:
    """What is kept. `mother`: whether her name is among it; `answers`: what the reporter told when asked."""

    erased_ms: int | None
    restricted: bool
    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    nik: str = ""
    mother: bool = False
    registry: str = ""
    chronology: str = ""
    when: str = ""
    where: str = ""
    files: list[File] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)


def of(case_id: int) -> OwnData:
    """Raises NotFound."""
    kept = questions.keep(case_id)
    if kept is None:
        raise NotFound("case", case_id)
    who, told = letters.identity(kept.reporter_id, kept.sealed), letters.letter(case_id, kept.narrative)
    if who is None:
        return OwnData(kept.erased_ms, kept.restricted, seen=questions.seen_by(case_id))
    written = [(at, letters.texts(task, sealed)) for task, at, sealed in questions.answered(case_id)]
    return OwnData(
        kept.erased_ms,
        kept.restricted,
        who.name,
        who.phone,
        who.email,
        who.address,
        masked(who.nik),
        bool(who.mother),
        kept.registry,
        told.chronology,
        told.when,
        told.where,
        questions.files(case_id),
        [(at, {name: str(text) for name, text in texts.items() if text}) for at, texts in written],
        questions.seen_by(case_id),
    )
