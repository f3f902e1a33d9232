"""A citizen at the public pages: reads a page, fills in what it asks, sends what its form would send."""

import io
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from application import application
from flask import Flask
from flask.testing import FlaskClient
from office import RING, Office
from PIL import Image
from werkzeug.test import TestResponse

from db import connect
from webui.config import Config

WHO = {"nama": "Siti Penguji", "telepon": "0812 3456 7890", "surel": "siti@contoh.id"}
WHAT = {
    "perihal": "Jalan rusak di depan sekolah",
    "kronologi": "Sejak 2 November truk lewat setiap malam dan aspalnya pecah.",
    "waktu": "Sejak 2 November",
    "tempat": "Dusun Krajan, Desa Mojorejo",
}
File = tuple[str, bytes]


def photo(width: int = 64, height: int = 48, colour: str = "green") -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(kept, "JPEG")
    return kept.getvalue()


@dataclass
class Site:
    """The whole application on a database of its own, with the DPRD at work and time in the test's hands."""

    app: Flask
    office: Office

    @classmethod
    def open(cls, home: Path, database: str) -> "Site":
        env = {"DISPOSISI_HOME": str(home), "DISPOSISI_DATABASE": database, "DISPOSISI_SECRET_KEY": "s" * 43}
        office: list[Office] = []
        config = Config.from_env({**env, "DISPOSISI_DATA_KEYS": _keys()})
        app = application(config, lambda: office[0].now)
        app.config["DISK_RESERVE"] = 0
        with connect.connection():
            office.append(Office("2026-11-23 09.00"))
        return cls(app, office[0])

    def citizen(self) -> "Citizen":
        return Citizen(self, self.app.test_client())

    @contextmanager
    def asked(self) -> Iterator[Office]:
        """The office, with a connection in hand (a request gives its own back)."""
        with connect.connection():
            yield self.office


def _keys() -> str:
    """The cast's own keys, as the environment carries them."""
    named = {**RING.keys, "pepper": RING.pepper}
    return ",".join(f"{name}:{urlsafe_b64encode(key).decode()}" for name, key in named.items())


@dataclass
class Citizen:
    """One browser without scripts."""

    site: Site
    client: FlaskClient
    page: str = ""
    status: int = 0
    address: str = ""
    answer: TestResponse | None = field(default=None, repr=False)

    def _seen(self, answer: TestResponse) -> "Citizen":
        self.answer, self.status, self.address = answer, answer.status_code, answer.request.path
        if answer.mimetype == "text/html":
            self.page = answer.get_data(as_text=True)
        return self

    def opens(self, address: str) -> "Citizen":
        return self._seen(self.client.get(address, follow_redirects=True))

    def sends(self, address: str, **fields: Any) -> "Citizen":
        data = {"csrf_token": self.token, **fields}
        return self._seen(self.client.post(address, data=data, follow_redirects=True))

    def uploads(self, address: str, files: Iterable[File], name: str = "bukti", **fields: Any) -> "Citizen":
        data = {"csrf_token": self.token, **fields, name: [(io.BytesIO(body), called) for called, body in files]}
        answer = self.client.post(address, data=data, content_type="multipart/form-data", follow_redirects=True)
        return self._seen(answer)

    @property
    def token(self) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.page)
        assert found, "this page has no form"
        return found[1]

    @property
    def text(self) -> str:
        """What the page says, without its tags."""
        body = re.sub(r"(?s)<(script|style).*?</\1>", " ", self.page)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())

    def value(self, field_id: str) -> str:
        """What stands in a field."""
        area = re.search(rf'<textarea[^>]*id="{field_id}"[^>]*>(.*?)</textarea>', self.page, re.DOTALL)
        if area:
            return unescape(area[1]).strip()
        found = re.search(rf'<input[^>]*id="{field_id}"[^>]*>', self.page)
        assert found, f"no field {field_id}"
        value = re.search(r'value="([^"]*)"', found[0])
        return unescape(value[1]) if value else ""

    def shown(self, ident: str) -> str:
        found = re.search(rf'id="{ident}">([^<]*)<', self.page)
        assert found, f"no {ident} on {self.address}"
        return unescape(found[1])

    def writes(self, who: dict[str, str] | None = None, what: dict[str, str] | None = None) -> "Citizen":
        """The two steps with questions."""
        self.opens("/lapor/siapmas").sends("/lapor/siapmas/siapa", **(WHO if who is None else who))
        assert self.address.endswith("/peristiwa"), self.text
        return self.sends("/lapor/siapmas/peristiwa", **(WHAT if what is None else what))

    def reports(self, files: Iterable[File] = ()) -> tuple[str, str]:
        """A whole report; gives number and PIN."""
        self.writes().uploads("/lapor/siapmas/bukti", files)
        assert self.address.endswith("/periksa"), self.text
        self.sends("/lapor/siapmas/kirim")
        assert self.address.endswith("/terkirim"), self.text
        return self.shown("nomor"), self.shown("pin")

    def follows(self, number: str, pin: str) -> "Citizen":
        return self.opens("/lacak").sends("/lacak", nomor=number, pin=pin)
