"""A real SMTP server that answers as it is told and keeps what it took."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import served
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class MailServer:
    """`answers` to letters, in order, then 250; `strangers` are addresses it does not know."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.strangers: set[str] = set()
        self.letters: list[EmailMessage] = []
        self.tries = 0

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.strangers:
            return f"550 <{address}> is nobody here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.tries += 1
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            found = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(found, EmailMessage)
            self.letters.append(found)
        return answer

    def to(self, address: str) -> list[EmailMessage]:
        """The letters someone got."""
        return [letter for letter in self.letters if letter["To"] == address]


def body(letter: EmailMessage) -> str:
    """What a letter says."""
    return str(letter.get_content())


@contextmanager
def listening(handler: object, **how: Any) -> Iterator[str]:
    """The address at which this handler answers; `how` is aiosmtpd's (authenticator, require_starttls …)."""
    port = served.free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port, **how)
    controller.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        controller.stop()


@contextmanager
def serving(**how: Any) -> Iterator[tuple[MailServer, str]]:
    """A server of its own port and its address."""
    handler = MailServer()
    with listening(handler, **how) as address:
        yield handler, address
