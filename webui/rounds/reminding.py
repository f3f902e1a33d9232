"""The worker's rounds through the tasks: digests, reminders."""

from collections.abc import Callable
from typing import Any

from huey import crontab

from db.connect import connection
from engine import reminders
from engine.commands import breaches
from engine.offices import roster

EVERY_MINUTES = 2


def register(huey: Any, now: Callable[[], int]) -> Any:
    """Sweeps every few minutes; two sweeps at once tell nobody twice."""

    @huey.periodic_task(crontab(minute=f"*/{EVERY_MINUTES}"), name="remind")
    def remind() -> None:
        with connection():
            reminders.sweep(now())
            roster.warn(now())
            breaches.remind(now())

    return remind
