"""A mail server in this process: what the worker sends arrives here."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from mailserver import listening


@dataclass
class Letterbox:
    """Every letter that came, in the order it came."""

    url: str
    letters: list[EmailMessage] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    """What the next letters are answered with, one each."""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.refusals:
            return self.refusals.pop(0)
        self.letters.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        return "250 taken"

    def wait_for(self, number: str, count: int = 1, patience: float = 60.0) -> list[EmailMessage]:
        """The letters about this report, when so many have come."""
        until = time.monotonic() + patience
        while len(found := [letter for letter in self.letters if number in letter["Subject"]]) < count:
            assert time.monotonic() < until, f"{len(found)} letters about {number}"
            time.sleep(0.05)  # the worker sends in its own time, and nothing else tells of it
        return found


@contextmanager
def letterbox() -> Iterator[Letterbox]:
    box = Letterbox("")
    with listening(box) as address:
        box.url = f"smtp://{address}?from=siapmas@contoh.id"
        yield box
