"""A provider by HTTP, spoken to as its field map says; a real server answers as it is told."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from engine.errands import Undeliverable
from engine.sms.gateways import Going, gateway

ZENZIVA = {
    "fields": {"userkey": "{user}", "passkey": "{password}", "to": "{to}", "message": "{text}"},
    "success": {"field": "messages.0.text", "equals": "Success"},
}


@contextmanager
def provider(status: int, answer: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Its address, and what it was asked."""
    asked: list[dict[str, Any]] = []

    class Page(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            is_json = self.headers.get("Content-Type") == "application/json"
            fields = json.loads(body) if is_json else {name: said[0] for name, said in parse_qs(body).items()}
            self.tells({"way": self.command, "path": self.path, "id": self.headers["Idempotency-Key"], **fields})

        def do_GET(self) -> None:
            query = {name: said[0] for name, said in parse_qs(urlsplit(self.path).query).items()}
            self.tells({"way": "GET", **query})

        def tells(self, seen: dict[str, Any]) -> None:
            asked.append(seen)
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(answer.encode())

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://dinas:rah%40sia@127.0.0.1:{server.server_port}/api?jalur=reguler", asked
    finally:
        server.shutdown()
        server.server_close()


def going(how: dict[str, Any]) -> Going:
    return Going(7, "+6281234567890", "Aduan & tanda: 100%", 0, how)


def test_the_field_map_and_the_success_rule_are_the_organisations() -> None:
    with provider(200, '{"messages": [{"text": "Success"}]}') as (url, asked):
        assert gateway(url).send(going(ZENZIVA)).state == "sent"
    assert asked == [
        {
            "way": "POST",
            "path": "/api?jalur=reguler",
            "id": "disposisi-7",
            "userkey": "dinas",
            "passkey": "rah@sia",
            "to": "+6281234567890",
            "message": "Aduan & tanda: 100%",
        }
    ]


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({"method": "GET", "fields": {"nomor": "{number}", "isi": "{text}"}}, {"nomor": "6281234567890"}),
        ({"format": "json"}, {"to": "+6281234567890", "message": "Aduan & tanda: 100%"}),
    ],
)
def test_by_address_or_by_json(how: dict[str, Any], expected: dict[str, str]) -> None:
    with provider(200, "OK") as (url, asked):
        gateway(url).send(going({**how, "success": {"contains": "OK"}}))
    assert expected.items() <= asked[0].items()


@pytest.mark.parametrize(
    ("status", "answer"),
    [(200, '{"messages": [{"text": "Invalid number"}]}'), (200, "not json"), (400, "no")],
)
def test_a_refusal_is_final_and_told_without_its_words(status: int, answer: str) -> None:
    with provider(status, answer) as (url, _asked), pytest.raises(Undeliverable, match="penyedia SMS menolak"):
        gateway(url).send(going(ZENZIVA))


@pytest.mark.parametrize("status", [302, 401, 429, 503])
def test_what_is_ours_to_mend_or_to_wait_for_is_tried_again(status: int) -> None:
    with provider(status, "") as (url, asked):
        with pytest.raises(ConnectionError):
            gateway(url).send(going(ZENZIVA))
        assert len(asked) == 1, "it goes nowhere else"


def test_a_provider_that_is_away_is_tried_again() -> None:
    with pytest.raises(OSError, match="refused"):
        gateway("http://127.0.0.1:9/api").send(going({}))
