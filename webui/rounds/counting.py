"""The worker counts every month that is over, once: what the audit and the public figures then read."""

from collections.abc import Callable
from typing import Any

from huey import crontab

from db.connect import connection
from engine.clocks import measures
from engine.publishing import public_months


def register(huey: Any, now: Callable[[], int]) -> Any:
    """Adds it to the queue, some minutes past every hour: a month forgotten by a back-entry is soon counted again."""

    @huey.periodic_task(crontab(minute="20"), name="count")
    def count() -> None:
        with connection():
            measures.count_due(now())
            public_months.count_due(now())

    return count
