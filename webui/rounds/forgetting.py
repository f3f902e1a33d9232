"""What the public pages promise to forget is forgotten: unsent forms after a week, files that lie with nobody,
where tries came from after a day."""

from collections.abc import Callable
from typing import Any

from huey import crontab

from db.connect import connection
from engine.commands import erasure, expiring, import_runs, intake
from engine.offices import accounts
from webui import importing, uploads
from webui.config import Config


def register(huey: Any, config: Config, now: Callable[[], int]) -> Any:
    """Adds the nightly task and the monthly look at the schedule of retention; several workers may run them."""

    @huey.periodic_task(crontab(minute="20", hour="19"), name="forget")  # 02.20 WIB
    def forget() -> None:
        with connection():
            intake.sweep(uploads.store_of(config), now=now())
            import_runs.sweep(importing.shelf_of(config), now=now())
            accounts.forget_tries(now())

    @huey.periodic_task(crontab(minute="40", hour="19", day="1"), name="retention")  # 02.40 WIB of the 2nd
    def retention() -> None:
        with connection():
            erasure.propose_all(now())
            expiring.expire_all(now())

    return forget
