"""What was looked at, what was found, how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from engine.backups.shelf import Shelf
from engine.errors import Objection

Level = Literal["baik", "perhatian", "salah"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `told` and `mend` are sentences in Indonesian with facts."""

    what: str
    level: Level
    told: Objection
    mend: Objection | None = None

    @property
    def fine(self) -> bool:
        """Whether the office can work; what only wants attention is fine."""
        return self.level != "salah"

    @property
    def words(self) -> str:
        """What was found and how to mend it, in Indonesian."""
        return self.told.sentence + (f" {self.mend.sentence}" if self.mend else "")


@dataclass(frozen=True)
class Place:
    """What surrounds the database: the data folder, how much room must stay free, how mail leaves, the backups."""

    home: Path
    reserve_bytes: int
    mail_url: str = ""
    shelf: Shelf | None = None
    thorough: bool = False  # also what takes as long as the database is large


def good(what: str, msgid: str, **facts: Any) -> Finding:
    """All is well."""
    return Finding(what, "baik", Objection("baik", msgid, facts))


def wrong(what: str, msgid: str, mend: str, **facts: Any) -> Finding:
    """The office cannot work like this."""
    return Finding(what, "salah", Objection("salah", msgid, facts), Objection("mend", mend, facts))


def watch(what: str, msgid: str, mend: str, **facts: Any) -> Finding:
    """The office works; somebody should look all the same."""
    return Finding(what, "perhatian", Objection("perhatian", msgid, facts), Objection("mend", mend, facts))


def healthy(found: Iterable[Finding]) -> bool:
    """Whether nothing has to be mended at once."""
    return all(finding.fine for finding in found)


def gigabytes(count: int) -> str:
    """As "1,4 GB"."""
    return f"{count / 1024**3:.1f} GB".replace(".", ",")
