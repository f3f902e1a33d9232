"""The population register as another office offers it: one question by HTTP, answered within seconds or not at all."""

import json
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

TIMEOUT_S = 3.0
LARGEST = 65_536
ANSWER = "terdaftar"
"""The member of the answer that says it, true or false."""


class _Stay(urllib.request.HTTPRedirectHandler):
    """What goes out is somebody's NIK: it goes where the administrator said, nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Elsewhere:
    """The register behind a URL; the user part of the URL is the bearer token."""

    def __init__(self, url: str, timeout: float = TIMEOUT_S) -> None:
        parts = urlsplit(url)
        self.token = unquote(parts.username or "")
        self.url = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        self.timeout = timeout
        self.opener = urllib.request.build_opener(_Stay)

    def ask(self, nik: str, mother: str) -> bool | None:
        """Whether the register has this NIK with this mother's name; None where it did not say."""
        body = json.dumps({"nik": nik, "nama_ibu": mother}).encode()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        question = urllib.request.Request(self.url, body, headers, method="POST")  # noqa: S310 - http(s), see Config
        try:
            with self.opener.open(question, timeout=self.timeout) as answer:
                return _said(answer.read(LARGEST))
        except (OSError, HTTPException):
            return None


def _said(body: bytes) -> bool | None:
    try:
        found = json.loads(body)
    except ValueError:
        return None
    said = found.get(ANSWER) if isinstance(found, dict) else None
    return said if isinstance(said, bool) else None
