"""A stream sealed under a passphrase: argon2id for the key, AES-256-GCM piece by piece, the last one marked as last.

Two lines of head, then pieces of a MiB, each under its number. A piece that was changed, swapped, or is missing, at the
end too, does not open.
"""

import hmac
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

import orjson
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from engine.backups.refusals import BackupRefused

MAGIC = b"DISPOSISI-CADANGAN\n"
FORMAT = 1
PIECE = 1024 * 1024
TAG = 16
COST = {"time": 3, "memory": 64 * 1024, "lanes": 4}
MOST = {"time": 20, "memory": 1024 * 1024, "lanes": 16}  # a stranger's file must not take the machine
HEAD_BYTES = 4096

DAMAGED = "Berkas cadangan rusak atau terpotong; pakai cadangan lain."


@dataclass(frozen=True)
class _Keys:
    seal: AESGCM
    check: str


def _keys(passphrase: str, salt: bytes, cost: dict[str, int]) -> _Keys:
    raw = hash_secret_raw(
        passphrase.encode(),
        salt,
        time_cost=cost["time"],
        memory_cost=cost["memory"],
        parallelism=cost["lanes"],
        hash_len=64,
        type=Type.ID,
    )
    return _Keys(AESGCM(raw[:32]), hmac.new(raw[32:], salt, sha256).hexdigest())


def _number(count: int, last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([last])


class Sealer:
    """Writes what it is given, sealed; only `close` makes it whole."""

    def __init__(self, out: BinaryIO, passphrase: str) -> None:
        salt = secrets.token_bytes(16)
        keys = _keys(passphrase, salt, COST)
        head = {"format": FORMAT, "salt": b64encode(salt).decode(), **COST, "check": keys.check}
        self._head = orjson.dumps(head)
        out.write(MAGIC + self._head + b"\n")
        self._out, self._seal, self._count, self._held = out, keys.seal, 0, bytearray()

    def write(self, data: bytes) -> int:
        """Takes all of it; what fills a piece is sealed and goes out. Gives how many bytes were taken."""
        self._held += data
        while len(self._held) > PIECE:
            self._put(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return len(data)

    def close(self) -> None:
        """Seals what is left as the last piece; the file beneath stays open."""
        self._put(bytes(self._held), last=True)

    def _put(self, piece: bytes, *, last: bool) -> None:
        self._out.write(self._seal.encrypt(_number(self._count, last), piece, self._head))
        self._count += 1


class Opener:
    """Reads a sealed stream; raises BackupRefused for another file, a newer format, a wrong passphrase, damage."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        if file.read(len(MAGIC)) != MAGIC:
            raise BackupRefused("Berkas ini bukan cadangan Disposisi.")
        self._head = file.readline(HEAD_BYTES).removesuffix(b"\n")
        self._seal = _opened(self._head, passphrase)
        self._file, self._count, self._held = file, 0, bytearray()
        self._next = file.read(PIECE + TAG)

    def read(self, size: int) -> bytes:
        """At most so many bytes of what was sealed, b"" at the end; raises BackupRefused."""
        while len(self._held) < size and self._next:
            self._held += self._piece()
        found = bytes(self._held[:size])
        del self._held[:size]
        return found

    def _piece(self) -> bytes:
        sealed, self._next = self._next, self._file.read(PIECE + TAG)
        try:
            piece = self._seal.decrypt(_number(self._count, not self._next), sealed, self._head)
        except InvalidTag:
            raise BackupRefused(DAMAGED) from None
        self._count += 1
        return piece


def _opened(head: bytes, passphrase: str) -> AESGCM:
    try:
        said = orjson.loads(head)
        made_by, check = int(said["format"]), str(said["check"])
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
        raise BackupRefused(DAMAGED) from None
    if made_by > FORMAT:
        raise BackupRefused("Cadangan ini dibuat oleh versi Disposisi yang lebih baru; pasang versi itu dahulu.")
    try:
        cost, salt = {name: int(said[name]) for name in COST}, b64decode(said["salt"], validate=True)
        if any(not 0 < cost[name] <= MOST[name] for name in cost) or len(salt) != 16:
            raise ValueError
    except (KeyError, TypeError, ValueError):
        raise BackupRefused(DAMAGED) from None
    keys = _keys(passphrase, salt, cost)
    if not hmac.compare_digest(keys.check, check):
        raise BackupRefused("Kata sandi cadangan tidak cocok dengan berkas ini.")
    return keys.seal
