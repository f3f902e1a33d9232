"""The log of requests: which page, how it ended, how long it took. Never an address, a query, a name or a form."""

import logging
import secrets
import sys
import time
import traceback

import structlog
from flask import Flask, Response, g, request

log: structlog.stdlib.BoundLogger = structlog.get_logger("disposisi")


def configure() -> None:
    """JSON lines on standard error."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    if not any(isinstance(handler, Libraries) for handler in root.handlers):
        root.addHandler(Libraries(logging.WARNING))


class Libraries(logging.Handler):
    """What the libraries we stand on report, such as a task of the queue that broke: who, where, which kind.

    Never the message: it may quote a row, and so a person.
    """

    def emit(self, record: logging.LogRecord) -> None:
        cause = record.exc_info[1] if record.exc_info else None
        told = {"kind": type(cause).__name__, "places": places(cause)} if cause else {}
        log.error("library", library=record.name, at=f"{record.pathname}:{record.lineno}", **told)


def places(cause: BaseException) -> list[str]:
    """Where it broke, by file and line."""
    found = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(cause.__traceback__)]
    return found[-12:]


def register(app: Flask) -> None:
    """One line a request; the route's pattern stands for its address, as paths and queries may tell of people."""

    @app.before_request
    def begin() -> None:
        g.request_id, g.began = secrets.token_hex(4), time.perf_counter()

    @app.after_request
    def tell(answer: Response) -> Response:
        rule = request.url_rule.rule if request.url_rule else "(none)"
        if request.endpoint != "statics.file":
            ms = round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1)
            account = g.me.actor.account_id if g.get("me") else None
            facts = {"id": g.get("request_id"), "method": request.method, "route": rule, "status": answer.status_code}
            log.info("request", **facts, ms=ms, account=account)
        return answer
