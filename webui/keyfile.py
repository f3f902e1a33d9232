"""The file of the keys that seal personal data: watched by every process, changed by `disposisi rotate-keys` alone."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from engine import vault
from engine.vault import Keyring
from webui.config import Config, ConfigInvalid, data_keys, keyring, keys_as_text, new_key

_NUMBERED = re.compile(r"k(\d+)")


@dataclass
class Watched:
    """Gives the keys of a file anew once it has changed. A file that cannot be read changes nothing."""

    path: Path
    _seen: tuple[int, int, int] | None = field(default=None, repr=False)

    def _mark(self) -> tuple[int, int, int] | None:
        try:
            found = os.stat(self.path)
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    def __call__(self) -> Keyring | None:
        mark = self._mark()
        if mark is None or mark == self._seen:
            return None
        try:
            found = keyring(self.path.read_text().strip())
        except (OSError, UnicodeDecodeError, ConfigInvalid):
            return None
        self._seen = mark
        return found


def use(config: Config) -> None:
    """Gives this process its keys; where they lie in the data folder, a rotation reaches it while it runs."""
    vault.use(config.keys, Watched(data_keys(config.home)) if is_ours(config) else None)


def is_ours(config: Config) -> bool:
    """Whether the keys in use are those of the data folder, not given by the environment: the pepper never changes."""
    try:
        return keyring(data_keys(config.home).read_text().strip()).pepper == config.keys.pepper
    except (OSError, UnicodeDecodeError, ConfigInvalid):
        return False


def with_new(ring: Keyring) -> Keyring:
    """The same keys and one more, which seals from now on."""
    numbers = [int(found[1]) for name in ring.keys if (found := _NUMBERED.fullmatch(name))]
    name = f"k{max(numbers, default=0) + 1}"
    key = keyring(f"{name}:{new_key()},pepper:{new_key()}").keys[name]
    return Keyring({name: key, **ring.keys}, name, ring.pepper)


def only_current(ring: Keyring) -> Keyring:
    """The key that seals, alone."""
    return Keyring({ring.current: ring.keys[ring.current]}, ring.current, ring.pepper)


def write(home: Path, ring: Keyring) -> None:
    """Puts these keys in the place of the file, at once and on the disk, for their owner's eyes."""
    path = data_keys(home)
    part = path.with_name("data.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(keys_as_text(ring) + "\n")
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def written_ms(home: Path) -> int:
    """When the file was last changed (UTC ms)."""
    return data_keys(home).stat().st_mtime_ns // 1_000_000
