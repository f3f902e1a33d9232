"""The worker's rounds at the SMS gateway: every few seconds, in a thread of their own, for a gateway may be slow."""

import threading

from db.connect import connection
from engine import texting
from engine.sms.gateways import Gateway, gateway
from webui import clock
from webui.config import Config
from webui.logs import log

EVERY_S = 3.0
"""A round that finds nothing asks the gateway once and the database four times."""


def start(config: Config, stopping: threading.Event) -> threading.Thread | None:
    """Begins the rounds, where this installation has a gateway."""
    if config.sms_url is None:
        return None
    site = config.base_url.partition("://")[2].rstrip("/")
    thread = threading.Thread(target=_rounds, args=(gateway(config.sms_url), stopping, site), name="sms", daemon=True)
    thread.start()
    return thread


def _rounds(way: Gateway, stopping: threading.Event, site: str) -> None:
    while not stopping.wait(EVERY_S):
        try:
            with connection():
                texting.go(way, clock.real, _trouble, site)
        except Exception as trouble:  # the rounds must outlive a locked or absent database
            _trouble(trouble)
    way.close()


def _trouble(trouble: Exception) -> None:
    """Its kind alone: its words may hold a number or a text."""
    log.error("sms", kind=type(trouble).__name__)
