"""A member of staff at a browser without scripts: signs in as people do and does tasks, by the real application."""

import io
import re
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any

from application import application as whole
from flask import Flask
from office import PASSWORD, RING, Office
from werkzeug.test import TestResponse

from db import connect
from webui.config import Config

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
NOWHERE = Path("/nonexistent/disposisi")  # nobody uploads anything here
Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


def config(url: str, home: Path) -> Config:
    """The settings of an installation with the keys of the cast."""
    keys = [*RING.keys.items(), ("pepper", RING.pepper)]
    data_keys = ",".join(f"{name}:{urlsafe_b64encode(key).decode()}" for name, key in keys)
    env = {"DISPOSISI_HOME": str(home), "DISPOSISI_DATABASE": url, "DISPOSISI_SECRET_KEY": "s" * 43}
    return Config.from_env({**env, "DISPOSISI_DATA_KEYS": data_keys})


def application(url: str, office: Office, home: Path, log: io.TextIOBase | None = None) -> Flask:
    """The whole application on the office's database and clock; its log goes to `log`."""
    with redirect_stderr(log or io.StringIO()):
        return whole(config(url, home), lambda: office.now)


class Clocked:
    """A WSGI application whose own CPU seconds are counted, from the first byte asked to the last one given."""

    def __init__(self, app: Wsgi) -> None:
        self._app, self.spent = app, 0.0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
        begun = time.process_time()
        answer = self._app(environ, start_response)
        try:
            body = b"".join(answer)
        finally:
            getattr(answer, "close", lambda: None)()
            self.spent = time.process_time() - begun
        yield body


class Browser:
    """One signed-in person; CSRF and sessions are as in production."""

    def __init__(self, url: str, office: Office, username: str, app: Flask | None = None) -> None:
        app = app or application(url, office, NOWHERE)
        self._clock = Clocked(app.wsgi_app)
        app.wsgi_app = self._clock  # type: ignore[method-assign]  # how Flask wraps
        self._client = app.test_client()
        self._token = ""
        self.token_of(self._client.get("/masuk"))
        entered = self.posts("/masuk", {"nama": username, "sandi": PASSWORD})
        assert entered.status_code == 302, entered.get_data(as_text=True)
        self.token_of(self.opens("/tugas"))

    def token_of(self, page: TestResponse) -> None:
        found = TOKEN.search(page.get_data(as_text=True))
        assert found, f"{page.status}: this page has no form"
        self._token = found[1]

    def opens(self, address: str) -> TestResponse:
        answer = self._client.get(address)
        connect.open_()  # a request gives its connection back; the caller had one in hand
        return answer

    def posts(self, address: str, fields: Mapping[str, Any]) -> TestResponse:
        answer = self.sends(address, fields)
        connect.open_()
        return answer

    def sends(self, address: str, fields: Mapping[str, Any]) -> TestResponse:
        """A POST, for a caller who had no connection in hand."""
        return self._client.post(address, data={"csrf_token": self._token, **fields})

    @property
    def spent(self) -> float:
        """The CPU seconds the server spent on the last request."""
        return self._clock.spent

    def complete(self, task_id: int, answers: Mapping[str, Any]) -> float:
        """Does a task; gives the CPU seconds the server spent on the POST."""
        answer = self.posts(f"/tugas/{task_id}", answers)
        assert answer.status_code == 302, answer.get_data(as_text=True)
        return self._clock.spent
