"""Whether someone stands in the population register: asked of what was imported here, or of the office that keeps it.

Of an imported register only keyed hashes are kept: of each NIK, and of the NIK together with the mother's name. The
name alone, which is no secret, is nowhere.
"""

import re
import unicodedata

from db import sql
from engine import vault
from engine.identities import register_http

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
    return UNCHECKED if _elsewhere else _stands(organisation, nik, mother) or UNCHECKED


def ask(organisation: int, nik: str, mother: str) -> str:
    """What the register says, wherever it is; outside every transaction. Raises Unanswered."""
    if _elsewhere is not None:
        said = _elsewhere.ask(nik, mother)
        if said is None:
            raise Unanswered
        return REGISTERED if said else UNMATCHED
    found = _stands(organisation, nik, mother)
    if found is None:
        raise Unanswered(none=True)
    return found


def _stands(organisation: int, nik: str, mother: str) -> str | None:
    """What the imported register says; None where none is in force. One question: an import may end meanwhile."""
    person, pair = marks(nik, mother)
    text = (
        "SELECT e.pair FROM register_run r LEFT JOIN register_entry e ON e.run = r.id AND e.nik = ?"
        " WHERE r.organisation_id = ? AND r.state = ? ORDER BY r.id DESC LIMIT 1"
    )
    found = sql.row(text, (person, organisation, IN_FORCE))
    if found is None:
        return None
    return REGISTERED if found[0] is not None and bytes(found[0]) == pair else UNMATCHED
