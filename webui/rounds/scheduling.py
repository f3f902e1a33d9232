"""The worker begins what a diagram's schedule begins: the monthly report, on the 1st at 07.30."""

from collections.abc import Callable
from typing import Any

from huey import crontab

from db.connect import connection
from engine.commands import scheduled

EVERY_MINUTES = 5


def register(huey: Any, now: Callable[[], int]) -> Any:
    """Looks every few minutes; several workers at once begin each case once, a standstill is made up for."""

    @huey.periodic_task(crontab(minute=f"*/{EVERY_MINUTES}"), name="begin")
    def begin() -> None:
        with connection():
            scheduled.begin_due(now())

    return begin
