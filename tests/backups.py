"""Backups for tests: of the office in hand, and those kept in git of every schema that was ever released."""

from base64 import urlsafe_b64decode
from pathlib import Path

from office import RING

from engine import vault
from engine.backups import making, restoring
from engine.backups.making import Made, Source
from engine.vault import Keyring
from webui.config import keys_as_text

SCHEMAS = Path(__file__).parent / "db" / "schemas"
PASSPHRASE = "sandi contoh skema"
KEYS = {"secret": "s" * 43, "data": keys_as_text(RING)}


def made_of(path: Path, kept: Path, now: int) -> Made:
    """A backup of the database in hand, under the keys of the cast."""
    return making.make(path, Source(kept, KEYS), PASSPHRASE, now=now)


def looked_at(path: Path) -> restoring.Found:
    return restoring.look(path, making.keys_of(path), PASSPHRASE)


def use_keys(text: str) -> None:
    """Opens the vault with the keys a backup brought."""
    keys = {name: urlsafe_b64decode(body) for name, body in (part.split(":", 1) for part in text.split(","))}
    pepper = keys.pop("pepper")
    vault.use(Keyring(keys, next(iter(keys)), pepper))
