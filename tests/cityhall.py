"""The application with the city at work: pages of Kota Mojokerto on a database of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from application import application
from citizen import _keys
from clerk import Clerk, visitor
from flask import Flask
from kota import Kota
from office import PASSWORD, ms

from db import connect, sql
from webui.config import Config


@dataclass
class City:
    """The city behind its pages, with time in the test's hands."""

    app: Flask
    office: Kota

    @classmethod
    def open(cls, home: Path, database: str) -> "City":
        env: dict[str, Any] = {"DISPOSISI_HOME": str(home), "DISPOSISI_DATABASE": database}
        config = Config.from_env({**env, "DISPOSISI_SECRET_KEY": "s" * 43, "DISPOSISI_DATA_KEYS": _keys()})
        kept: list[Kota] = []
        app = application(config, lambda: kept[0].now)
        app.config["DISK_RESERVE"] = 0
        with connect.connection():
            kept.append(Kota())
        return cls(app, kept[0])

    @contextmanager
    def asked(self) -> Iterator[Kota]:
        """The city, with a connection in hand (a request gives its own back)."""
        with connect.connection():
            yield self.office

    def enters(self, username: str) -> Clerk:
        """Someone of the city, signed in."""
        found = visitor(self)  # type: ignore[arg-type]  # only its application is asked
        assert found.sends("/masuk", nama=username, sandi=PASSWORD).status_code == 302
        return found

    def complaints(self, unit: str, *due: str) -> list[int]:
        """Complaints at an agency, each due at the instant told."""
        made: list[int] = []
        with self.asked() as kota:
            for at in due:
                kota.now += 1
                case = kota.complaint()
                text = "UPDATE case_file SET unit = ?, due_ms = ?, topic = 'kebersihan' WHERE id = ?"
                sql.execute(text, (unit, ms(at), case))
                made.append(case)
        return made
