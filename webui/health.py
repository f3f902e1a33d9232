"""Whether the office is open, and its figures for those who watch it from this machine."""

import ipaddress

from flask import Blueprint, Response, abort, current_app, jsonify, request
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from db.queries import public as questions
from webui.doors import public
from webui.proxies import PASSED_ON

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def alive() -> Response:
    """200 while the database answers; an error page with 500 else."""
    answer = jsonify(status="ok" if questions.answers() else "down")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/metrics")
@public
def figures() -> Response:
    """Counts of cases, tasks, jobs and incidents, told to this machine alone (elsewhere: not found)."""
    if not _from_here():
        abort(404)
    registry = CollectorRegistry()
    gauge = Gauge("disposisi_rows", "Rows by kind and state", ("what", "state"), registry=registry)
    for what, state, number in questions.counts():
        gauge.labels(what, state).set(number)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _from_here() -> bool:
    if request.environ.get(PASSED_ON) and not current_app.config["OFFICE"].trusted_proxies:
        return False  # a proxy beside us that nobody named speaks for the whole internet
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
