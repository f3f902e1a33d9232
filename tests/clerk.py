"""A member of staff at a browser without scripts: signs in, reads pages, sends what their forms would send."""

import hashlib
import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from citizen import Site, photo
from flask.testing import FlaskClient
from office import PASSWORD
from visitor import RECEIVED as RECEIVED
from werkzeug.test import TestResponse

from db import sql

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Clerk:
    """One browser of the staff."""

    client: FlaskClient
    last: TestResponse | None = None

    @property
    def page(self) -> str:
        """What is on the screen."""
        assert self.last is not None
        return unescape(self.last.get_data(as_text=True))

    def opens(self, address: str, **headers: str) -> "Clerk":
        self.last = self.client.get(
            address, headers={k.replace("_", "-"): v for k, v in headers.items()}, buffered=True
        )
        return self

    def sends(
        self, address: str, *, token: bool = True, headers: dict[str, str] | None = None, **answers: Any
    ) -> TestResponse:
        """Posts a form as a page of ours would, with the token of this browser."""
        data = ({"csrf_token": self.token()} if token else {}) | answers
        self.last = self.client.post(address, data=data, headers=headers, buffered=True)
        return self.last

    def token(self) -> str:
        found = TOKEN.search(self.client.get("/masuk").get_data(as_text=True))
        found = found or TOKEN.search(self.client.get("/tugas").get_data(as_text=True))
        assert found
        return found[1]

    @property
    def status(self) -> int:
        assert self.last is not None
        return self.last.status_code


def visitor(site: Site) -> Clerk:
    """Nobody in particular."""
    return Clerk(site.app.test_client())


def clerk(site: Site, username: str) -> Clerk:
    """Someone of the cast, signed in."""
    found = visitor(site)
    assert found.sends("/masuk", nama=username, sandi=PASSWORD).status_code == 302
    return found


def proof(site: Site, case: int) -> int:
    """A clean photo of a case, as the citizen's form leaves it."""
    body = photo()
    name = hashlib.sha256(body).hexdigest()
    path = site.app.config["OFFICE"].home / "files" / "kept" / name[:2] / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    kept = {"kind": "photo", "media_type": "image/jpeg", "size": len(body), "received_hash": name, "content_hash": name}
    facts = {"state": "clean", "reason": "", "source": "pelapor", "draft": "", "at_ms": site.office.now}
    return sql.insert("attachment", case_file_id=case, name="jalan.jpg", **kept, **facts)


TOLD_AFTERWARDS = {
    "mulai": "2026-11-23T07:30",
    "sampai": "2026-11-23T08:59",
    "diterima": "2026-11-23T07:40",
    "saluran": "loket",
    "nama": "Slamet Riyadi",
    "perihal": "Jembatan putus",
    "kronologi": "Jembatan putus sejak subuh.",
}
