"""The application: configured once, every page behind a door, one connection a request."""

import importlib
import importlib.util
from collections.abc import Callable
from typing import Any

from flask import Flask, abort, g, request
from flask_wtf.csrf import CSRFProtect

from db import connect
from engine.identities import register as population
from webui import (
    clock,
    doors,
    errors,
    filed,
    frame,
    headers,
    help,
    identified,
    keyfile,
    language,
    law,
    logs,
    offline,
    statics,
    watch,
)
from webui.config import Config
from webui.numbers import Whole
from webui.proxies import Proxies

BLUEPRINTS = (
    "webui.citizens.public",
    "webui.citizens.track",
    "webui.citizens.own_data",
    "webui.books.verify",
    "webui.sms_door",
    "webui.sms_desk",
    "webui.publication.published",
    "webui.publication.published_data",
    "webui.publication.published_changes",
    "webui.publication.published_photos",
    "webui.publication.published_figures",
    "webui.auth",
    "webui.own_account",
    "webui.offline",
    "webui.help",
    "webui.desk.tasks",
    "webui.coordinating.oversight",
    "webui.coordinating.coordination",
    "webui.coordinating.inventory",
    "webui.coordinating.memos",
    "webui.coordinating.recaps",
    "webui.coordinating.incidental",
    "webui.naming",
    "webui.roster",
    "webui.desk.reopening",
    "webui.coordinating.list_approvals",
    "webui.desk.agreeing",
    "webui.desk.cases",
    "webui.desk.caselist",
    "webui.desk.filters",
    "webui.desk.notices",
    "webui.desk.talk",
    "webui.desk.helping",
    "webui.desk.alike",
    "webui.desk.handing",
    "webui.desk.phrases",
    "webui.desk.entering",
    "webui.desk.pile",
    "webui.import_pages",
    "webui.books.agenda",
    "webui.books.expedition",
    "webui.books.archive",
    "webui.privacy.erasure",
    "webui.privacy.disputes",
    "webui.privacy.breaches",
    "webui.audit",
    "webui.designing.designer",
    "webui.designing.proposed",
    "webui.admin",
    "webui.absences",
    "webui.outage",
    "webui.health",
)
"""Modules of pages; each has a blueprint named `bp`."""

FORM_BYTES = 2 * 1024 * 1024
"""The largest form without files; a view that takes more says so with `doors.takes`."""
MB = 1024 * 1024
TOKEN_SECONDS = 12 * 3600
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def create_app(config: Config, *, now: Callable[[], int] = clock.real) -> Flask:
    """The web application of one installation. Tests pass their own `now`."""
    logs.configure()
    connect.configure(config.database)
    keyfile.use(config)
    population.use(config.register_url)
    app = Flask("webui", static_folder=None)
    app.url_map.converters["int"] = Whole
    app.config.update(_settings(config), CLOCK=now, OFFICE=config)
    _edges(app)
    headers.register(app, secure=config.secure)
    _doors(app)
    for part in (language, frame, errors, statics, offline, help, identified, filed, law):
        part.register(app)
    for name in BLUEPRINTS:
        if importlib.util.find_spec(name) is not None:
            app.register_blueprint(importlib.import_module(name).bp)
    app.wsgi_app = Proxies(app.wsgi_app, config.trusted_proxies)  # type: ignore[method-assign]  # how Flask wraps
    return app


def _settings(config: Config) -> dict[str, Any]:
    return {
        "SECRET_KEY": config.secret_key,
        "SESSION_COOKIE_NAME": "sesi",  # of public pages and form tokens; who is signed in is another cookie
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": config.secure,
        "MAX_CONTENT_LENGTH": FORM_BYTES,
        "MAX_FORM_MEMORY_SIZE": FORM_BYTES,
        "MAX_FORM_PARTS": 500,
        "WTF_CSRF_TIME_LIMIT": TOKEN_SECONDS,
        "WTF_CSRF_SSL_STRICT": config.secure,
        "WTF_CSRF_CHECK_DEFAULT": False,  # `_doors` checks, after it has looked who comes
    }


def _edges(app: Flask) -> None:
    """What surrounds a request, outermost first: its log line, its connection, its notes."""
    logs.register(app)
    watch.register(app)

    @app.before_request
    def begin() -> None:
        megabytes = doors.marked("megabytes")
        if megabytes is not None:
            request.max_content_length = megabytes * MB
        if request.endpoint != "statics.file":
            connect.open_()

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        connect.close()


def _doors(app: Flask) -> None:
    """Who comes, may they come in, is the form theirs: nothing is drawn for whoever may not, nor with an old token."""
    csrf = CSRFProtect(app)
    app.extensions["tokens"] = csrf

    @app.before_request
    def check() -> Any:
        if request.endpoint == "statics.file":
            g.me = None
            return None
        doors.recognise()
        if _unwritable():
            abort(400)
        turned_away = doors.guard()
        if turned_away is None and request.method not in SAFE and request.endpoint is not None and not _tokenless():
            csrf.protect()
        return turned_away


def _tokenless() -> bool:
    """Whether the view checks the token itself, or no form of ours leads to it."""
    return bool(doors.marked("streams") or doors.marked("by_machine"))


def _unwritable() -> bool:
    """Whether the address holds a NUL: no page of ours links to one, and PostgreSQL takes none."""
    return any("\0" in text for text in (request.path, *request.args.values()))
