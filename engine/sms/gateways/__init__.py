"""What brings SMS and takes them away: folders or a database of gammu-smsd, a provider by HTTP. One port each way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

QUEUED, SENT, DELIVERED, FAILED = "queued", "sent", "delivered", "failed"
SCHEMES = ("gammu-files", "postgresql", "http", "https")


@dataclass(frozen=True)
class Arrived:
    """One whole SMS at the gateway. `key` is what it is known by there: told to nobody, it may hold the number."""

    key: str
    sender: str
    text: str
    arrived_ms: int
    network_ms: int | None = None
    parts: int = 1
    handle: Any = None  # what the gateway forgets it by


@dataclass(frozen=True)
class Going:
    """One message to be handed over, under a name that makes it once: the same name again is the same message."""

    id: int
    number: str
    text: str
    made_ms: int
    how: Mapping[str, Any]  # what the organisation decided for a gateway by HTTP

    @property
    def tag(self) -> str:
        """How the gateway knows it."""
        return f"disposisi-{self.id}"


@dataclass(frozen=True)
class Progress:
    """How far a message came at the gateway; `last` when no more will be heard of it."""

    state: str
    last: bool = True
    reason: str = ""


class Gateway(Protocol):
    """The port both ways. Trouble of the line is an OSError: later again."""

    @property
    def name(self) -> str:
        """Which gateway this is, without passwords."""

    def arrived(self, most: int) -> list[Arrived]:
        """What lies there, the oldest first; the same again until it is forgotten."""

    def forget(self, taken: Sequence[Arrived]) -> None:
        """Removes the gateway's own copies of what was taken over."""

    def send(self, going: Going) -> Progress:
        """Hands one over; Undeliverable when it is refused for good."""

    def progress(self, tags: Sequence[str]) -> dict[str, Progress]:
        """How far those came that the gateway still knows."""

    def clear(self, tags: Sequence[str]) -> None:
        """Removes the gateway's own copies of what has come to its end."""

    def trouble(self) -> str:
        """What is wrong with it, as a sentence; "" when it works."""

    def close(self) -> None:
        """Lets go of its line, where it holds one."""


def gateway(url: str) -> Gateway:
    """The gateway of `DISPOSISI_SMS_URL`."""
    from engine.sms.gateways.files import Files
    from engine.sms.gateways.http import Provider
    from engine.sms.gateways.postgres import Tables

    parts = urlsplit(url)
    if parts.scheme == "gammu-files":
        return Files(Path(unquote(parts.path)))
    if parts.scheme == "postgresql":
        asked = parse_qs(parts.query)
        phone = asked.pop("phoneid", [""])[0]
        return Tables(parts._replace(query=urlencode(asked, doseq=True)).geturl(), phone)
    return Provider(url)
