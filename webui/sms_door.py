"""Where a provider brings what it received: an address nobody guesses, one SMS a request, kept before it is answered.

The address is made from the installation's own keys and the organisation's counter: it stands in no setting and no log.
"""

import hmac
from collections.abc import Mapping

import orjson
from flask import Blueprint, Response, current_app, request

from engine import vault
from engine.commands import sms_in
from engine.errors import NotFound
from engine.offices import accounts
from engine.sms import rules
from engine.sms.gateways import Arrived
from engine.sms.rules import Rules
from webui.clock import now_ms
from webui.doors import by_machine, public
from webui.proxies import sender as source_of

bp = Blueprint("sms_door", __name__)

GATEWAY = "http"
LONGEST = 5_000
TRIES = 20
"""Wrong addresses from one source before it is slowed."""
NAMES: Mapping[str, tuple[str, ...]] = {
    "from": ("from", "sender", "msisdn", "number", "pengirim"),
    "text": ("text", "message", "msg", "body", "isi"),
    "id": ("id", "message_id", "messageId", "msgid"),
}
"""What providers call the parts; setting `sms.http.in` names them where one calls them otherwise."""


def token(by: Rules) -> str:
    """The secret part of an organisation's address."""
    return vault.mark("sms door", by.code, str(by.webhook))[:40]


@bp.route("/sms/masuk/<key>", methods=["GET", "POST"])
@public
@by_machine
def bring(key: str) -> Response:
    """Takes one SMS over: 200 once it is kept, so that a provider that hears nothing else brings it again."""
    by = _whose(key)
    given = _given()
    named = {**NAMES, **{name: (said,) for name, said in by.http.get("in", {}).items()}}
    sender, text, ident = (_first(given, named[name]) for name in ("from", "text", "id"))
    if not sender:
        return Response("from?\n", 422, mimetype="text/plain")
    now = now_ms()
    known = ident or f"{sender}:{text}:{now // 60_000}"  # without a number of its own the same minute is the same SMS
    sms_in.take(GATEWAY, [Arrived(f"{by.code}:{known}", sender[:40], text[:LONGEST], now)], now)
    return Response("OK\n", mimetype="text/plain")


def _whose(key: str) -> Rules:
    """The organisation of an address; NotFound, ever slower, for one that is none."""
    found = next((by for by in rules.every() if hmac.compare_digest(token(by).encode(), key[:64].encode())), None)
    if found is not None:
        return found
    with accounts.guarded("sms door", source_of(request.remote_addr), now=now_ms(), free=TRIES) as tries:
        tries.wrong = True
    raise NotFound("sms")


def _given() -> dict[str, str]:
    """The parts of a request, as a form, in its address, or as JSON."""
    given = {**request.args.to_dict(), **request.form.to_dict()}
    if request.mimetype == "application/json":
        try:
            found = orjson.loads(request.get_data())
        except orjson.JSONDecodeError:
            found = None
        if isinstance(found, dict):
            given |= {str(name): str(value) for name, value in found.items() if isinstance(value, str | int)}
    return {name: value.replace("\0", "") for name, value in given.items()}


def _first(given: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((given[name] for name in names if given.get(name)), "")


def address(by: Rules) -> str:
    """Where a provider of this organisation brings SMS."""
    return f"{current_app.config['OFFICE'].base_url}/sms/masuk/{token(by)}"
