"""Internal letters (nota dinas, arahan, laporan): which kinds an organisation has, who signs them, who gets them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from db import sql
from engine import vault
from engine.errors import NotFound
from engine.offices import settings
from engine.offices.people import Seat

CASES, FIGURES, WORDS = "kasus", "angka", ""
"""What a letter carries besides its words: cases of one agency, the figures of the day, nothing."""
SHARED = "nota_dinas"
"""The kind of number that letters without their own take."""


@dataclass(frozen=True)
class Kind:
    """A kind of letter as the setting `memos` has it; `signers` and `readers` are roles, no readers: everyone."""

    code: str
    name: str
    signers: tuple[str, ...]
    readers: tuple[str, ...]
    carries: str
    basis: str
    numbering: str = ""  # the pattern of its own numbers, until another is decided; "": numbered with the nota dinas

    @property
    def numbered(self) -> str:
        """Which kind of number it takes (`engine.offices.numbering`)."""
        return f"memo_{self.code}" if self.numbering else SHARED

    def signed_by(self, seats: Iterable[Seat], organisation: int) -> Seat | None:
        """The first of these seats that may sign one."""
        return next((s for s in seats if s.organisation_id == organisation and s.role in self.signers), None)


def kinds(organisation: int) -> dict[str, Kind]:
    """The kinds of this organisation in their order; none where it decided none."""
    decided: list[Mapping[str, Any]] = settings.setting(organisation, "memos") or []
    found = (
        Kind(
            str(row["code"]),
            str(row["name"]),
            tuple(row.get("from", ())),
            tuple(row.get("to", ())),
            str(row.get("about", WORDS)),
            str(row.get("basis", "")),
            str(row.get("numbering", "")),
        )
        for row in decided
    )
    return {kind.code: kind for kind in found}


def kind(organisation: int, code: str) -> Kind:
    """One of them; raises NotFound."""
    found = kinds(organisation).get(code)
    if found is None:
        raise NotFound("memo kind", code)
    return found


@dataclass(frozen=True)
class Addressee:
    """An office a letter may go to."""

    id: int
    name: str
    role: str
    unit: str  # code


def addressees(organisation: int, of: Kind, roles: Iterable[str] = (), units: Iterable[str] = ()) -> list[Addressee]:
    """The offices a letter of this kind goes to, narrowed to roles and units where any are named."""
    text = (
        "SELECT o.id, o.name, o.role, u.code FROM office o JOIN unit u ON u.id = o.unit_id"
        " WHERE o.organisation_id = ? AND o.active ORDER BY o.rank, o.id"
    )
    wanted_roles, wanted_units = set(roles), set(units)
    return [
        one
        for one in (Addressee(*found) for found in sql.rows(text, (organisation,)))
        if (not of.readers or one.role in of.readers)
        and (not wanted_roles or one.role in wanted_roles)
        and (not wanted_units or one.unit in wanted_units)
    ]


def texts(memo: int, sealed: str) -> dict[str, str]:
    """What was written: subject and text."""
    return dict(vault.unseal(sealed, f"memo:{memo}"))
