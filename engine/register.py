"""Whether someone stands in the population register: asked of what was imported here, or of the office that keeps it.

Of an imported register only keyed hashes are kept: of each NIK, and of the NIK together with the mother's name. The name
alone, which is no secret, is nowhere.
"""

import re
import unicodedata

from db import sql
from engine import register_http, vault

REGISTERED, UNMATCHED, UNCHECKED, DISPUTED = "terdaftar", "tidak-cocok", "belum-diperiksa", "disangkal"
"""What is known of someone's identity; whether the NIK or the name did not match is kept nowhere."""
IN_FORCE = "berlaku"
_TITLES = """
    hj hjh hajah h haji dr dra drs ir prof almh almarhumah alm ibu bu ny nyonya rr ra raden rororo
    spd se sh skm mpd msi mm mkes skep skom sag ssos stp ners amd amkeb sst
"""
TITLES = frozenset(_TITLES.split())
"""What stands before and behind a name on one paper and not on another."""
_JOINED = re.compile(r"[.'’‘`´ʼ]")
_APART = re.compile(r"[\W\d_]+")

_elsewhere: register_http.Elsewhere | None = None


class Unanswered(Exception):
    """Nobody can say it now. `none`: there is no register at all."""

    def __init__(self, *, none: bool = False) -> None:
        super().__init__("no register" if none else "no answer")
        self.none = none


def use(url: str | None) -> None:
    """Where this process asks, once, at the edge; without a URL what was imported is asked."""
    global _elsewhere  # noqa: PLW0603 - like the keys: one for the process
    _elsewhere = register_http.Elsewhere(url) if url else None


def plain(name: str) -> str:
    """A name as it is compared: without case, blanks, accents, apostrophes and titles."""
    said = _JOINED.sub("", name.casefold() if name.isascii() else _bare(name))
    words = [word for part in said.split(",") for word in _APART.split(part) if word]
    return "".join([word for word in words if word not in TITLES] or words)


def _bare(name: str) -> str:
    parts = unicodedata.normalize("NFKD", name.casefold())
    return "".join(mark for mark in parts if not unicodedata.combining(mark))


def marks(nik: str, mother: str) -> tuple[bytes, bytes]:
    """Under which marks someone is kept: of the NIK, and of it with the mother's name."""
    return vault.brief("register", nik), vault.brief("register", nik, plain(mother))


def glance(organisation: int, nik: str, mother: str) -> str:
    """What is known of an identity at once, inside a verb; nothing leaves the building."""
    if not nik:
        return ""
    run = None if _elsewhere else in_force(organisation)
    return UNCHECKED if run is None else _stands(run, nik, mother)


def ask(organisation: int, nik: str, mother: str) -> str:
    """What the register says, wherever it is; outside every transaction. Raises Unanswered."""
    if _elsewhere is not None:
        said = _elsewhere.ask(nik, mother)
        if said is None:
            raise Unanswered
        return REGISTERED if said else UNMATCHED
    run = in_force(organisation)
    if run is None:
        raise Unanswered(none=True)
    return _stands(run, nik, mother)


def in_force(organisation: int) -> int | None:
    """The import that is the organisation's register now."""
    text = "SELECT id FROM register_run WHERE organisation_id = ? AND state = ? ORDER BY id DESC LIMIT 1"
    found = sql.value(text, (organisation, IN_FORCE))
    return None if found is None else int(found)


def _stands(run: int, nik: str, mother: str) -> str:
    person, pair = marks(nik, mother)
    found = sql.value("SELECT pair FROM register_entry WHERE run = ? AND nik = ?", (run, person))
    return REGISTERED if found is not None and bytes(found) == pair else UNMATCHED
