"""A gateway in memory for tests of what the office does with SMS; the real ones have tests of their own."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kota import Kota

import engine.texting as rounds
from db import sql
from engine import vault
from engine.errands import Undeliverable
from engine.sms.gateways import FAILED, QUEUED, SENT, Arrived, Going, Progress

NIK, SENDER = "3576014107850003", "+6281234567890"
REPORT = f"ADU#{NIK}#Siti Aminah#e#Kelurahan Wates#Sampah di Gang #3 menumpuk"


@dataclass
class Air:
    """What is in the air: brought in by people, taken away by the office."""

    lies: list[Arrived] = field(default_factory=list)
    gone: dict[str, Going] = field(default_factory=dict)
    refuses: str = ""
    fails: bool = False
    away: bool = False
    name: str = "air"

    def arrived(self, most: int) -> list[Arrived]:
        return self.lies[:most]

    def forget(self, taken: Sequence[Arrived]) -> None:
        self.lies = [one for one in self.lies if one not in taken]

    def send(self, going: Going) -> Progress:
        if self.away:
            raise ConnectionError
        if self.refuses:
            raise Undeliverable(self.refuses)
        self.gone[going.tag] = going
        return Progress(QUEUED, last=False)

    def progress(self, tags: Sequence[str]) -> dict[str, Progress]:
        found = Progress(FAILED, reason="ditolak jaringan") if self.fails else Progress(SENT)
        return dict.fromkeys((tag for tag in tags if tag in self.gone), found)

    def clear(self, tags: Sequence[str]) -> None:
        """People keep theirs."""

    def trouble(self) -> str:
        return ""

    def close(self) -> None:
        """Nothing is held."""


@dataclass
class Phones:
    """People with telephones, and the office that reads what they send."""

    kota: Kota
    air: Air = field(default_factory=Air)
    sent: int = 0

    def sends(self, text: str, sender: str = SENDER, *, key: str = "") -> None:
        self.sent += 1
        self.air.lies.append(Arrived(key or str(self.sent), sender, text, self.kota.now))

    def comes_by(self) -> None:
        """The worker's round; whatever goes wrong is raised here."""

        def trouble(broken: Exception) -> None:
            if not isinstance(broken, OSError):
                raise broken

        rounds.go(self.air, lambda: self.kota.now, trouble)

    def says(self, text: str, sender: str = SENDER) -> list[str]:
        """Sends it and gives what came back for it."""
        before = set(self.air.gone)
        self.sends(text, sender)
        self.comes_by()
        return [going.text for tag, going in self.air.gone.items() if tag not in before]

    def states(self) -> list[tuple[str, str]]:
        return sql.rows("SELECT state, problem FROM sms_in ORDER BY id")


def cases() -> list[int]:
    return [int(row[0]) for row in sql.rows("SELECT id FROM case_file ORDER BY id")]


def told(case: int) -> dict[str, str]:
    """What a case keeps sealed of its reporter."""
    text = "SELECT r.id, r.sealed FROM case_file c JOIN reporter r ON r.id = c.reporter_id WHERE c.id = ?"
    found = sql.row(text, (case,))
    assert found
    return dict(vault.unseal(found[1], f"reporter:{found[0]}"))
