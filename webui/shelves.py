"""Backups of this installation: where they lie, and what goes into them."""

from engine import vault
from engine.backups.making import Source
from engine.backups.shelf import Shelf
from engine.vault import Keyring
from webui.config import BACKUP_PASSPHRASE, Config, keys_as_text


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
