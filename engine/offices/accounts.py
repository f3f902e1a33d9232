"""Sign-in: passwords (argon2id), sessions and lockouts in the database, so that every server process agrees."""

import re
import secrets
from dataclasses import dataclass
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from db import sql
from db.connect import transaction
from engine import vault
from engine.errors import FormInvalid, NotAllowed, NotFound, Objection, SlowDown
from engine.offices.people import Actor

SESSION_MS = 12 * 3_600_000
IDLE_MS = 2 * 3_600_000
FREE_TRIES = 5
FIRST_PAUSE_MS = 30_000
LONGEST_PAUSE_MS = 3_600_000
FORGET_MS = 24 * 3_600_000

_hasher = PasswordHasher()
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$YopyCdFGdnm+ZzcLkfiXxw$XwKRvkfGQT/YLlnAgkgaf3GH0sES1XgEYnR+ibD8lY8"
"""Nobody's password, made as everyone's is: wrong names take as long as wrong passwords."""


def hash_password(password: str) -> str:
    """Argon2id; about a tenth of a second, on purpose."""
    return _hasher.hash(password)


def create(person_id: int, username: str, password_hash: str, *, powers: str = "", now: int) -> int:
    """Adds a sign-in, inside the caller's transaction."""
    return sql.insert(
        "account",
        person_id=person_id,
        username=username.strip().lower(),
        password_hash=password_hash,
        powers=powers,
        active=True,
        language="id",
        created_ms=now,
    )


def sign_in(username: str, password: str, *, now: int, source: str = "") -> str:
    """The token of a new session. Raises SlowDown while locked, NotAllowed for a wrong name or password alike."""
    name = username.strip().lower()
    with guarded("sign-in", name, source, now=now) as tries:
        found = sql.row("SELECT id, password_hash FROM account WHERE username = ? AND active", (name,))
        held_against = _checked(found[1] if found else None)
        if not _right(held_against, password) or held_against == _NOBODY or found is None:
            tries.wrong = True
            raise NotAllowed("sign in", "Nama pengguna atau kata sandi tidak cocok.")
    return _open_session(int(found[0]), now)


def _checked(hashed: str | None) -> str:
    """What a password is held against: nobody's, where there is no account or none was chosen yet."""
    return _NOBODY if hashed is None or hashed.startswith(NO_PASSWORD) else hashed


def _right(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


def _open_session(account_id: int, now: int) -> str:
    token = secrets.token_urlsafe(32)
    with transaction():
        sql.execute("DELETE FROM login_session WHERE ends_ms < ?", (now,))
        sql.insert(
            "login_session",
            token_hash=_hash(token),
            account_id=account_id,
            created_ms=now,
            seen_ms=now,
            ends_ms=now + SESSION_MS,
        )
    return token


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


@dataclass(frozen=True)
class SignedIn:
    """Who a session belongs to, for pages and verbs."""

    actor: Actor
    username: str
    person: str
    organisation_id: int
    organisation: str
    timezone: str
    language: str


def session(token: str, *, now: int, active: bool = True) -> SignedIn | None:
    """The person behind a session token, or None once it ended, idled out, or the account was closed.

    A page that asks by itself is not `active`: it does not keep a session alive that nobody uses.
    """
    found = sql.row(
        "SELECT a.id, p.id, a.powers, a.username, p.name, g.id, g.name, g.timezone, a.language, s.id, s.seen_ms"
        " FROM login_session s JOIN account a ON a.id = s.account_id JOIN person p ON p.id = a.person_id"
        " JOIN organisation g ON g.id = p.organisation_id"
        " WHERE s.token_hash = ? AND s.ends_ms > ? AND s.seen_ms > ? AND a.active",
        (_hash(token), now, now - IDLE_MS),
    )
    if found is None:
        return None
    if active and now - found[10] > 60_000:
        with transaction():
            sql.execute("UPDATE login_session SET seen_ms = ? WHERE id = ?", (now, found[9]))
    return SignedIn(Actor(found[0], found[1], frozenset(found[2].split())), *found[3:9])


LINK_MS = 7 * 86_400_000
NO_PASSWORD = "!"  # noqa: S105 - no password: an account whose holder has not chosen one yet; nothing hashes to it
SHORTEST = 10


def without_password() -> str:
    """No password, like `NO_PASSWORD`, but never twice the same: links that were given out before are worth nothing."""
    return NO_PASSWORD + secrets.token_hex(16)


def one_time_link(username: str, *, now: int) -> str:
    """What goes behind `/masuk/sekali/`: for a week, and until it was used, its bearer chooses the password."""
    found = sql.row("SELECT id, password_hash FROM account WHERE username = ?", (username.strip().lower(),))
    if found is None:
        raise NotFound("account", username)
    ends = now + LINK_MS
    return f"{found[0]}.{ends}.{_link_mark(int(found[0]), ends, str(found[1]))}"


def _link_mark(account: int, ends: int, password_hash: str) -> str:
    return vault.mark("one-time link", str(account), str(ends), password_hash)


def by_link(link: str, *, now: int) -> str:
    """The user name a one-time link is for; NotFound once it was used, ran out, or never was one."""
    parts = re.fullmatch(r"(\d{1,9})\.(\d{1,15})\.([0-9a-f]{64})", link, re.ASCII)
    found = parts and sql.row("SELECT username, password_hash FROM account WHERE id = ? AND active", (int(parts[1]),))
    if not parts or not found or now > int(parts[2]):
        raise NotFound("link")
    if not vault.same(parts[3], _link_mark(int(parts[1]), int(parts[2]), str(found[1]))):
        raise NotFound("link")
    return str(found[0])


def choose_password(link: str, password: str, again: str, *, now: int) -> str:
    """Sets the password of a one-time link's account, ends its sessions, and gives the user name.

    Raises NotFound for a link that is no more, FormInvalid for a password too short or written differently.
    """
    username = by_link(link, now=now)
    must_be_good(password, again)
    hashed = hash_password(password)
    with transaction():
        sql.row("SELECT id FROM account WHERE username = ?" + sql.for_update(), (username,))
        by_link(link, now=now)  # of two who use it at once the first one has
        sql.execute("UPDATE account SET password_hash = ? WHERE username = ?", (hashed, username))
        sql.execute(
            "DELETE FROM login_session WHERE account_id = (SELECT id FROM account WHERE username = ?)", (username,)
        )
    return username


def must_be_good(password: str, again: str) -> None:
    """Raises FormInvalid for a password too short or written differently the second time."""
    if len(password) < SHORTEST:
        raise FormInvalid({"sandi": [Objection("too_short", "Paling sedikit %(min)s huruf.", {"min": SHORTEST})]})
    if password != again:
        raise FormInvalid({"ulang": [Objection("different", "Tidak sama dengan yang di atas. Ketik sekali lagi.")]})


def must_know(account_id: int, password: str, *, now: int) -> None:
    """Raises FormInvalid for a wrong password of a signed-in person, SlowDown after too many of them."""
    with guarded("own password", str(account_id), now=now) as tries:
        if not _right(str(sql.value("SELECT password_hash FROM account WHERE id = ?", (account_id,))), password):
            tries.wrong = True
            raise FormInvalid({"lama": [Objection("wrong", "Bukan kata sandi Anda yang sekarang.")]})


@dataclass(frozen=True)
class OpenSession:
    """A browser someone is signed in with."""

    since_ms: int
    seen_ms: int
    here: bool  # the one that asks


def open_sessions(account_id: int, *, token: str, now: int) -> list[OpenSession]:
    """Where a person is signed in now, the latest seen first."""
    found = sql.rows(
        "SELECT created_ms, seen_ms, token_hash FROM login_session WHERE account_id = ? AND ends_ms > ? AND seen_ms > ?"
        " ORDER BY seen_ms DESC, id DESC",
        (account_id, now, now - IDLE_MS),
    )
    return [OpenSession(since, seen, mark == _hash(token)) for since, seen, mark in found]


def end_sessions(account_id: int, *, but: str = "") -> int:
    """Inside a verb's transaction: signs an account out everywhere but at the browser of that token; gives how many."""
    text = "DELETE FROM login_session WHERE account_id = ? AND token_hash <> ?"
    return int(sql.execute(text, (account_id, _hash(but))).rowcount)


def sign_out(token: str) -> None:
    """Ends the session of a token, in a transaction of its own; one that is unknown is none."""
    with transaction():
        sql.execute("DELETE FROM login_session WHERE token_hash = ?", (_hash(token),))


def speak(account_id: int, language: str) -> None:
    """Remembers the language of a person's screens."""
    with transaction():
        sql.execute("UPDATE account SET language = ? WHERE id = ?", (language, account_id))


class guarded:
    """Counts wrong tries against a keyed name (and its source) and makes the next ones wait, ever longer.

    Entering raises SlowDown while locked; set `tries.wrong = True` inside for a wrong try; a right one forgets them.
    The same answer comes whether the name exists or not.
    """

    def __init__(
        self,
        what: str,
        *names: str,
        now: int,
        free: int = FREE_TRIES,
        forgives: bool = True,
        forgets_ms: int = FORGET_MS,
    ) -> None:
        """`free` wrong tries cost nothing, until none came for `forgets_ms` (a day).

        With `forgives` a right try makes the wrong ones forgotten.
        """
        self.name = vault.mark("lockout", what, *names)
        self.now, self.free, self.forgives, self.forgets_ms = now, free, forgives, forgets_ms
        self.wrong = False

    def __enter__(self) -> "guarded":
        """Counts a wrong try before it is made, so that those sent at the same moment do not all slip through."""
        with transaction():
            sql.execute(
                "INSERT INTO lockout (name_hash, tries, until_ms, last_ms) VALUES (?, 0, 0, ?) ON CONFLICT DO NOTHING",
                (self.name, self.now),
            )
            text = "SELECT tries, until_ms, last_ms FROM lockout WHERE name_hash = ?"
            tries, self.before, last = sql.rows(text + sql.for_update(), (self.name,))[0]
            if self.before > self.now:
                raise SlowDown(int(self.before))
            self.until = self._count(1 if self.now - last > self.forgets_ms else int(tries) + 1)
        return self

    def __exit__(self, *_: object) -> None:
        if not self.wrong:
            with transaction():
                self._take_back()

    def _count(self, tries: int) -> int:
        over = tries - self.free
        until = self.now + (min(FIRST_PAUSE_MS * 2 ** min(over, 20), LONGEST_PAUSE_MS) if over >= 0 else 0)
        text = "UPDATE lockout SET tries = ?, until_ms = ?, last_ms = ? WHERE name_hash = ?"
        sql.execute(text, (tries, until, self.now, self.name))
        return until

    def _take_back(self) -> None:
        """It was not wrong: all is forgotten, or else this one try."""
        if self.forgives:
            sql.execute("DELETE FROM lockout WHERE name_hash = ?", (self.name,))
        else:
            text = (
                "UPDATE lockout SET tries = tries - 1, until_ms = CASE WHEN until_ms = ? THEN ? ELSE until_ms END"
                " WHERE name_hash = ? AND tries > 0"
            )
            sql.execute(text, (self.until, self.before, self.name))


def forget_tries(now: int) -> None:
    """What counted tries of long ago is gone, and with it the marks of where they came from."""
    with transaction():
        sql.execute("DELETE FROM lockout WHERE last_ms < ? AND until_ms <= ?", (now - FORGET_MS, now))
