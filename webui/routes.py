"""Addresses read back."""

import re

_TASK = re.compile(r"/tugas/(\d{1,12})(?:/\w+)?")


def task_of(address: str) -> int | None:
    """The task an address of ours is about, if any."""
    found = _TASK.fullmatch(address.partition("?")[0])
    return int(found[1]) if found else None
