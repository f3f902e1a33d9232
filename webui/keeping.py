"""Backups of this installation: where they lie, what goes into them, and the worker's nightly round."""

from collections.abc import Callable
from typing import Any

from huey import crontab

from db.connect import connection
from engine import vault
from engine.backups.making import Source
from engine.backups.shelf import Shelf
from engine.vault import Keyring
from webui.config import BACKUP_PASSPHRASE, Config, backup_passphrase, keys_as_text
from webui.logs import log


def shelf_of(config: Config) -> Shelf:
    """The folder of backups of this installation."""
    passphrase = config.home / "keys" / BACKUP_PASSPHRASE
    since = passphrase.stat().st_mtime_ns // 1_000_000 if passphrase.exists() else 0
    return Shelf(config.home / "cadangan", since)


def source_of(config: Config) -> Source:
    """What is backed up beside the database."""
    before = vault.ring()

    def keys() -> dict[str, str]:
        """Those of before and of now: a rotation may add one, or throw one away, while the database is read."""
        now = vault.ring()
        both = Keyring({**now.keys, **before.keys}, now.current, now.pepper)
        return {"secret": config.secret_key, "data": keys_as_text(both)}

    return Source(config.home / "files" / "kept", keys(), keys)


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
