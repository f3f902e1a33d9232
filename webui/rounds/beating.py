"""The worker's sign of life, each minute, by the way real work takes."""

from collections.abc import Callable
from typing import Any

from huey import crontab

from db.connect import connection
from engine import pulse


def register(huey: Any, now: Callable[[], int]) -> Any:
    """Adds the beat of every minute."""

    @huey.periodic_task(crontab(), name="pulse")
    def beat() -> None:
        with connection():
            pulse.beat(now())

    return beat
