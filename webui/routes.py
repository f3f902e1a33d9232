"""Addresses read back."""

import re

from flask import current_app
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

_TASK = re.compile(r"/tugas/(\d{1,12})(?:/\w+)?")


def task_of(address: str) -> int | None:
    """The task an address of ours is about, if any."""
    found = _TASK.fullmatch(address.partition("?")[0])
    return int(found[1]) if found else None


def landing(path: str) -> str:
    """The nearest page above an address that only takes forms: `/tugas/5/ambil` → `/tugas/5`."""
    addresses = current_app.url_map.bind("")
    page, mark, query = path.partition("?")
    nearest = page
    while nearest.count("/") > 1 and not _opens(addresses, nearest):
        nearest = nearest.rpartition("/")[0]
    return f"{page}{mark}{query}" if nearest == page else nearest


def _opens(addresses: MapAdapter, path: str) -> bool:
    try:
        addresses.match(path, method="GET")
    except HTTPException:
        return False
    return True
