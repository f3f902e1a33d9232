"""A provider by HTTP: one request an SMS, by a field map and a success rule the organisation decides (`sms.http`).

`fields` map the provider's names to blanks: {to} {text} {id} {user} {password}. Name and password stand in the URL of
the installation, never in a setting. What comes in is brought by the provider to a page of ours (`webui.sms_door`).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import SplitResult, unquote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from engine.errands import Undeliverable
from engine.mail import blanks
from engine.sms.gateways import SENT, Arrived, Going, Progress

TIMEOUT_S = 15
MOST_BYTES = 65_536
LATER = frozenset({401, 403, 408, 425, 429})
"""Ours to mend, or to wait for: nothing the addressee can do about."""
FIELDS = {"to": "{to}", "message": "{text}"}


class Postponed(ConnectionError):
    """The provider wants it later, or does not want it from us."""


class _Stay(HTTPRedirectHandler):
    """What goes out is somebody's number: it goes where the installation said, and elsewhere is no "sent"."""

    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass(frozen=True)
class Provider:
    """`http(s)://name:password@host/path`."""

    url: str = field(repr=False)

    @property
    def name(self) -> str:
        return "http"

    @property
    def _parts(self) -> SplitResult:
        return urlsplit(self.url)

    def arrived(self, most: int) -> list[Arrived]:
        return []  # brought to our own door

    def forget(self, taken: Sequence[Arrived]) -> None:
        """It keeps nothing we could remove."""

    def send(self, going: Going) -> Progress:
        status, body = self._ask(self._request(going))
        _judge(status, body, going.how.get("success", {}))
        return Progress(SENT)

    def _request(self, going: Going) -> Request:
        parts, how = self._parts, going.how
        values = {
            "to": going.number,
            "number": going.number.lstrip("+"),
            "text": going.text,
            "id": going.tag,
            "user": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
        }
        fields = {name: blanks.fill(text, values) for name, text in how.get("fields", FIELDS).items()}
        address = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        headers = {"Accept": "application/json", "Idempotency-Key": going.tag}
        if how.get("method", "POST") == "GET":
            return Request(f"{address}{'&' if parts.query else '?'}{urlencode(fields)}", headers=headers)  # noqa: S310
        if how.get("format") == "json":
            headers["Content-Type"] = "application/json"
            return Request(address, json.dumps(fields).encode(), headers)  # noqa: S310 - http(s), from the installation
        return Request(address, urlencode(fields).encode(), headers)  # noqa: S310

    def _ask(self, request: Request) -> tuple[int, bytes]:
        try:
            with build_opener(_Stay).open(request, timeout=TIMEOUT_S) as answer:
                return int(answer.status), answer.read(MOST_BYTES)
        except HTTPError as refused:
            if refused.code >= 500 or refused.code < 400 or refused.code in LATER:
                raise Postponed(f"HTTP {refused.code}") from None
            raise Undeliverable(f"penyedia SMS menolak ({refused.code})") from None
        except HTTPException as nonsense:
            raise Postponed(type(nonsense).__name__) from None

    def progress(self, tags: Sequence[str]) -> dict[str, Progress]:
        return {}

    def clear(self, tags: Sequence[str]) -> None:
        """It keeps nothing we could remove."""

    def close(self) -> None:
        """It holds no line."""

    def trouble(self) -> str:
        return ""  # only a message would tell, and it costs


def _judge(status: int, body: bytes, rule: Mapping[str, Any]) -> None:
    """Raises Undeliverable unless the answer is what the organisation calls success."""
    if status not in rule.get("status", range(200, 300)):
        raise Undeliverable(f"penyedia SMS menolak ({status})")
    if "contains" in rule and str(rule["contains"]) not in body.decode("utf-8", "replace"):
        raise Undeliverable("penyedia SMS menolak")
    if "field" in rule and str(_within(body, rule["field"])) != str(rule.get("equals", "")):
        raise Undeliverable("penyedia SMS menolak")


def _within(body: bytes, path: str) -> Any:
    """What stands in an answer of JSON at `a.b.0`; None where it does not."""
    try:
        found = json.loads(body)
        for step in path.split("."):
            found = found[int(step)] if isinstance(found, list) else found[step]
    except (ValueError, KeyError, IndexError, TypeError):
        return None
    return found
