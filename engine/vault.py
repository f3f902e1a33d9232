"""Keys and what they lock: sealed texts (AES-256-GCM), keyed marks (HMAC-SHA256). Keys live outside the database."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12


class Sealed(Exception):
    """The text cannot be opened: another key, another place, or someone changed it."""


@dataclass(frozen=True)
class Keyring:
    """`keys` by id, 32 bytes each; new texts are sealed with `current`; `pepper` keys the marks and never rotates."""

    keys: Mapping[str, bytes]
    current: str
    pepper: bytes


Renew = Callable[[], Keyring | None]
"""Gives the keys once they have changed since it was last asked, else None."""

_ring: Keyring | None = None
_renew: Renew | None = None


def use(ring: Keyring, renew: Renew | None = None) -> None:
    """Gives the process its keys, once, at the edge; `renew` is asked before anything is sealed."""
    global _ring, _renew
    _ring, _renew = ring, renew


def ring() -> Keyring:
    """The keys as they are now: a rotation that began while this process runs is known to it."""
    global _ring  # noqa: PLW0603 - see `use`
    if _renew is not None:
        _ring = _renew() or _ring
    return _keys()


def _keys() -> Keyring:
    if _ring is None:
        raise RuntimeError("engine.vault.use() was not called")
    return _ring


def _key(key_id: str) -> bytes:
    """A key by its id, one that was added a moment ago too; raises KeyError."""
    return _keys().keys.get(key_id) or ring().keys[key_id]


@lru_cache(maxsize=16)
def _lock(key: bytes) -> AESGCM:
    """The cipher of a key, made once: as many as there are keys."""
    return AESGCM(key)


def seal(content: Any, place: str) -> str:
    """JSON `content` as an opaque text that opens only in `place` ("reporter:7"): moved rows do not open."""
    now, nonce = ring(), secrets.token_bytes(NONCE)
    locked = _lock(now.keys[now.current]).encrypt(nonce, orjson.dumps(content), place.encode())
    return f"v1.{now.current}.{urlsafe_b64encode(nonce + locked).decode()}"


def unseal(text: str, place: str) -> Any:
    """The JSON content; raises `Sealed`."""
    try:
        _, key_id, body = text.split(".")
        raw = urlsafe_b64decode(body)
        return orjson.loads(_lock(_key(key_id)).decrypt(raw[:NONCE], raw[NONCE:], place.encode()))
    except (InvalidTag, KeyError, ValueError) as cause:
        raise Sealed(place) from cause


def mark(*parts: str) -> str:
    """A keyed hash (hex) by which equal values are recognised and none is learnt."""
    return hmac.new(_keys().pepper, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()


def brief(*parts: str) -> bytes:
    """A keyed hash of sixteen bytes, for tables with a row for everyone who lives here."""
    return hmac.digest(_keys().pepper, "\x1f".join(("brief", *parts)).encode(), "sha256")[:16]


def same(mark_a: str, mark_b: str) -> bool:
    """Whether two marks are one, in a time that tells nothing about them."""
    return hmac.compare_digest(mark_a, mark_b)


def pin(send_key: str) -> str:
    """Six digits that belong to one sent form: sending it again shows the same ones. Nothing stored reveals them."""
    return f"{int(mark('pin', send_key), 16) % 1_000_000:06d}"
