"""Every setting of an installation, read once from the environment; a wrong one is one clear line and exit 2."""

import ipaddress
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from engine.backups import shelf
from engine.sms import gateways
from engine.vault import Keyring

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

KEY_BYTES = 32
BACKUP_PASSPHRASE = "sandi-cadangan"  # noqa: S105 - the name of its file
"""In the folder of keys: what opens this installation's backups. Worth a copy on paper, elsewhere."""


class ConfigInvalid(ValueError):
    """The one line an administrator needs: which variable, what is wrong, what is right."""


def setting(variable: str, means: str) -> dict[str, str]:
    """What README and `disposisi serve --help` say about a field."""
    return {"variable": variable, "means": means}


@dataclass(frozen=True)
class Config:
    """One installation. Everything below the edges gets values, never this."""

    home: Path = field(metadata=setting("DISPOSISI_HOME", "data folder: database, files, keys (default ./data)"))
    database: str = field(
        metadata=setting(
            "DISPOSISI_DATABASE", "sqlite:///… (default: disposisi.db in the data folder) or postgresql://…"
        )
    )
    queue: str = field(
        metadata=setting("DISPOSISI_QUEUE", "where the worker is nudged: sqlite:///… (default: queue.db) or redis://…")
    )
    secret_key: str = field(
        repr=False,
        metadata=setting("DISPOSISI_SECRET_KEY", "signs cookies and forms (default: keys/secret, made by init)"),
    )
    keys: Keyring = field(
        repr=False,
        metadata=setting(
            "DISPOSISI_DATA_KEYS",
            "seal personal data: id:base64,…,pepper:base64; the first seals (default: keys/data, made by init)",
        ),
    )
    base_url: str = field(
        metadata=setting(
            "DISPOSISI_BASE_URL", "how people reach this office, for links and QR (default http://HOST:PORT)"
        )
    )
    trusted_proxies: tuple[Network, ...] = field(
        metadata=setting(
            "DISPOSISI_TRUSTED_PROXIES", "networks whose X-Forwarded-* is believed, with commas (default none)"
        )
    )
    smtp_url: str | None = field(
        repr=False,
        metadata=setting(
            "DISPOSISI_SMTP_URL",
            "smtp(s)://user:password@host:port?from=address (default: no mail, staff bring answers)",
        ),
    )
    register_url: str | None = field(
        repr=False,
        metadata=setting(
            "DISPOSISI_REGISTER_URL",
            "population register elsewhere, https://TOKEN@host/path: POST {nik, nama_ibu} answers {terdaftar: true or"
            " false} (default: what `disposisi register import` brought)",
        ),
    )
    sms_url: str | None = field(
        repr=False,
        metadata=setting(
            "DISPOSISI_SMS_URL",
            "SMS gateway: gammu-files:///spool (inbox, outbox, sent, error), postgresql://… of gammu-smsd (?phoneid=)"
            " or https://user:password@… of a provider (default none)",
        ),
    )
    clamav: str = field(
        metadata=setting(
            "DISPOSISI_CLAMAV", "ClamAV daemon that looks at uploads, host:port or unix:/path (default none)"
        )
    )
    host: str = field(metadata=setting("HOST", "address to listen on (default 127.0.0.1)"))
    port: int = field(metadata=setting("PORT", "port to listen on (default 8000)"))

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> "Config":
        """Raises `ConfigInvalid` for the first value that cannot be used."""
        home, host, port = home_of(env), env.get("HOST", "127.0.0.1"), _port(env.get("PORT", "8000"))
        return cls(
            home=home,
            database=_url(env, "DISPOSISI_DATABASE", f"sqlite:///{home / 'disposisi.db'}", "sqlite", "postgresql"),
            queue=_url(env, "DISPOSISI_QUEUE", f"sqlite:///{home / 'queue.db'}", "sqlite", "redis", "rediss"),
            secret_key=_secret_key(env, home),
            keys=_keyring(env, home),
            base_url=_url(env, "DISPOSISI_BASE_URL", f"http://{host}:{port}", "http", "https").rstrip("/"),
            trusted_proxies=_networks(env.get("DISPOSISI_TRUSTED_PROXIES", "")),
            smtp_url=_url(env, "DISPOSISI_SMTP_URL", "", "smtp", "smtps") or None,
            register_url=_url(env, "DISPOSISI_REGISTER_URL", "", "http", "https") or None,
            sms_url=_url(env, "DISPOSISI_SMS_URL", "", *gateways.SCHEMES) or None,
            clamav=_scanner(env.get("DISPOSISI_CLAMAV", "").strip()),
            host=host,
            port=port,
        )

    @property
    def secure(self) -> bool:
        """Whether people come by HTTPS, so that cookies may insist on it."""
        return self.base_url.startswith("https://")


def home_of(env: Mapping[str, str] = os.environ) -> Path:
    """The data folder, absolute; it need not exist yet."""
    return Path(env.get("DISPOSISI_HOME") or "data").expanduser().absolute()


def ensure_keys(home: Path) -> None:
    """Makes the folder and its keys where they are missing, readable by their owner only; never replaces one."""
    folder = home / "keys"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write_once(folder / "secret", secrets.token_urlsafe(KEY_BYTES))
    _write_once(folder / "data", f"k1:{new_key()},pepper:{new_key()}")
    _write_once(folder / BACKUP_PASSPHRASE, shelf.new_passphrase())


def backup_passphrase(home: Path) -> str:
    """What this installation's backups are locked with; made where it is missing. Raises `ConfigInvalid`."""
    path = home / "keys" / BACKUP_PASSPHRASE
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write_once(path, shelf.new_passphrase())
    try:
        return path.read_text().strip()
    except OSError as error:
        raise ConfigInvalid(f"{path} cannot be read: {error.strerror}") from error


def keys_as_text(keys: Keyring) -> str:
    """The keys as `DISPOSISI_DATA_KEYS` takes them, the one that seals first."""
    ring = {keys.current: keys.keys[keys.current], **keys.keys, "pepper": keys.pepper}
    return ",".join(f"{name}:{urlsafe_b64encode(key).decode()}" for name, key in ring.items())


def move_to(home: Path, database: str | None, env: MutableMapping[str, str] = os.environ) -> tuple[str, list[str]]:
    """Points the rest of this command at an empty folder and database: its URL, and which variables were set aside."""
    aside = [name for name in ("DISPOSISI_SECRET_KEY", "DISPOSISI_DATA_KEYS") if env.pop(name, None) is not None]
    env["DISPOSISI_HOME"] = str(home)
    if database:
        env["DISPOSISI_DATABASE"] = database
    return env.get("DISPOSISI_DATABASE") or f"sqlite:///{home / 'disposisi.db'}", aside


def write_keys(home: Path, secret: str, data: str, passphrase: str) -> None:
    """Lays the keys of a restored installation into its empty folder, for their owner's eyes."""
    folder = home / "keys"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, text in (("secret", secret), ("data", data), (BACKUP_PASSPHRASE, passphrase)):
        _write_once(folder / name, text)


def new_key() -> str:
    return urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _write_once(path: Path, text: str) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(text + "\n")


def _secret(env: Mapping[str, str], variable: str, path: Path) -> str:
    if given := env.get(variable, "").strip():
        return given
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        raise ConfigInvalid(f"{variable}: not set, and {path} does not exist; run `disposisi init`") from None
    except OSError as error:
        raise ConfigInvalid(f"{variable}: {path} cannot be read: {error.strerror}") from error


def _secret_key(env: Mapping[str, str], home: Path) -> str:
    key = _secret(env, "DISPOSISI_SECRET_KEY", home / "keys" / "secret")
    if len(key) < KEY_BYTES:
        raise ConfigInvalid(f"DISPOSISI_SECRET_KEY: too short, {KEY_BYTES} characters at least")
    return key


def _keyring(env: Mapping[str, str], home: Path) -> Keyring:
    return keyring(_secret(env, "DISPOSISI_DATA_KEYS", data_keys(home)))


def data_keys(home: Path) -> Path:
    """The file of the keys of personal data, where the environment does not give them."""
    return home / "keys" / "data"


def keyring(text: str) -> Keyring:
    """The keys as `keys_as_text` wrote them; raises `ConfigInvalid`."""
    try:
        keys = {name: urlsafe_b64decode(body) for name, body in (part.split(":", 1) for part in text.split(","))}
        pepper = keys.pop("pepper")
        current = next(iter(keys))
    except (ValueError, KeyError, StopIteration):
        raise ConfigInvalid("DISPOSISI_DATA_KEYS: expected id:base64,…,pepper:base64") from None
    if any(len(key) != KEY_BYTES for key in (*keys.values(), pepper)):
        raise ConfigInvalid(f"DISPOSISI_DATA_KEYS: every key has {KEY_BYTES} bytes")
    return Keyring(keys, current, pepper)


def _url(env: Mapping[str, str], variable: str, default: str, *schemes: str) -> str:
    value = env.get(variable) or default
    if value and urlsplit(value).scheme not in schemes:
        raise ConfigInvalid(f"{variable}: must start with " + " or ".join(f"{scheme}://" for scheme in schemes))
    return value


def _scanner(address: str) -> str:
    port = address.rpartition(":")[2]
    if address and not address.startswith("unix:/") and not (":" in address and port.isdecimal()):
        raise ConfigInvalid("DISPOSISI_CLAMAV: expected host:port or unix:/path")
    return address


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise ConfigInvalid(f"PORT: {text!r} is not a port number")
    return int(text)


def _networks(text: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise ConfigInvalid(f"DISPOSISI_TRUSTED_PROXIES: {error}") from None
