"""The worker counts every month that is over, once: what the audit and the public figures then read."""

from collections.abc import Callable
from typing import Any

from huey import crontab

from db.connect import connection
from engine.commands import counting


def register(huey: Any, now: Callable[[], int]) -> Any:
    """Adds it to the queue, some minutes past every hour: a month forgotten by a back-entry is soon counted again."""

    @huey.periodic_task(crontab(minute="20"), name="count")
    def count() -> None:
        with connection():
            counting.count_steps(now())
            counting.count_public(now())

    return count
