"""Who looked at what: noted while the page is made, written once it has been sent."""

from flask import Flask, Response, g
from werkzeug.wsgi import ClosingIterator

from db.connect import UNAVAILABLE, connection
from engine import access
from engine.access import Look
from webui.clock import now_ms
from webui.logs import log


def looked(what: str, *, case_id: int | None = None, detail: str = "") -> None:
    """Notes for the access log that the signed-in person (or nobody) saw something; the answer is not delayed."""
    me = g.get("me")
    account, organisation = (me.actor.account_id, me.organisation_id) if me else (None, None)
    g.setdefault("looks", []).append(Look(now_ms(), account, organisation, case_id, what, detail))


def register(app: Flask) -> None:
    """Writes the notes of a request after its answer."""

    @app.after_request
    def later(answer: Response) -> Response:
        looks: list[Look] = g.get("looks", [])
        if looks and answer.direct_passthrough:  # a file as it lies: Werkzeug calls nothing when it has been sent
            answer.response = ClosingIterator(answer.response, lambda: _write(looks))  # type: ignore[arg-type]  # bytes
        elif looks:
            answer.call_on_close(lambda: _write(looks))
        return answer


def _write(looks: list[Look]) -> None:
    """The answer is with its reader already: a database that cannot take the note is told to the log."""
    try:
        with connection():
            access.note(looks)
    except UNAVAILABLE as trouble:
        log.error("unnoted", kind=type(trouble).__name__, looks=[vars(look) for look in looks])
