"""Addresses read back."""

import re

from flask import current_app
from werkzeug.exceptions import HTTPException

_TASK = re.compile(r"/tugas/(\d{1,12})(?:/\w+)?")


def task_of(address: str) -> int | None:
    """The task an address of ours is about, if any."""
    found = _TASK.fullmatch(address.partition("?")[0])
    return int(found[1]) if found else None


def landing(path: str) -> str:
    """The nearest page above an address that only takes forms: `/tugas/5/ambil` → `/tugas/5`."""
    addresses, whole = current_app.url_map.bind(""), path
    path = path.partition("?")[0]
    while path.count("/") > 1:
        try:
            addresses.match(path, method="GET")
        except HTTPException:
            path = path.rpartition("/")[0]
        else:
            return whole if whole.partition("?")[0] == path else path
    return path
