"""Backups of this installation: the worker's nightly round."""

from collections.abc import Callable
from typing import Any

from huey import crontab

from db.connect import connection
from webui.config import Config, backup_passphrase
from webui.logs import log
from webui.shelves import shelf_of, source_of


def register(huey: Any, config: Config, now: Callable[[], int]) -> Any:
    """Adds the round of every minute: one worker at a time makes the backup that is due."""

    @huey.periodic_task(crontab(), name="backup")
    def backup() -> None:
        shelf = shelf_of(config)
        if not shelf.due(now()):
            return
        with connection():
            made = shelf.make(source_of(config), backup_passphrase(config.home), now=now(), clock=now)
        if made is None:
            return
        log.info("backup", rows=made.rows, files=made.files, size=made.size, absent=len(made.absent))

    return backup
