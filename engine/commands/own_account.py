"""What people decide about their own account: mail address, mails, language, password, open sessions."""

import re

from db import sql
from db.connect import transaction
from engine import journal
from engine.errors import FormInvalid, Objection
from engine.offices import accounts, policy
from engine.offices.people import Actor

_ADDRESS = re.compile(r"[^\s@<>\"(),:;\\\[\]]+@[^\s@<>\"(),:;\\\[\]]+\.[^\s@<>\"(),:;\\\[\]]+")
LONGEST = 254


def change_own(email: str, mails: bool, language: str, *, by: Actor, now: int) -> None:
    """Where digests and reminders go, whether they are wanted, and the language of screens and mails.

    The journal tells that it was changed and by whom, never the address. Raises FormInvalid for no address.
    """
    written = email.strip()
    if written and (len(written) > LONGEST or not written.isascii() or not _ADDRESS.fullmatch(written)):
        raise FormInvalid(
            {"surel": [Objection("address", "Tulis alamat surel yang lengkap, misalnya nama@kantor.id.")]}
        )
    if mails and not written:
        raise FormInvalid({"surel": [Objection("empty", "Isi alamat surel, atau matikan surel di bawah.")]})
    with transaction():
        found = sql.row("SELECT email, mails, language FROM account WHERE id = ?", (by.account_id,)) or ("", True, "")
        after = (written, mails, language)
        changed = [name for name, a, b in zip(("email", "mails", "language"), found, after, strict=True) if a != b]
        if changed:
            text = "UPDATE account SET email = ?, mails = ?, language = ? WHERE id = ?"
            sql.execute(text, (*after, by.account_id))
            _note("account_changed", {"changed": changed}, by, now)


def change_password(old: str, new: str, again: str, *, token: str, by: Actor, now: int) -> None:
    """A new password for whoever knows the old one; their other sessions end, this one (`token`) goes on.

    Raises FormInvalid (lama, sandi, ulang), SlowDown after too many wrong ones.
    """
    accounts.must_know(by.account_id, old, now=now)
    accounts.must_be_good(new, again)
    hashed = accounts.hash_password(new)
    with transaction():
        sql.execute("UPDATE account SET password_hash = ? WHERE id = ?", (hashed, by.account_id))
        ended = accounts.end_sessions(by.account_id, but=token)
        _note("password_changed", {"sessions_ended": ended}, by, now)


def sign_out_everywhere(*, token: str, by: Actor, now: int) -> int:
    """Ends every other session of this account; gives how many."""
    with transaction():
        ended = accounts.end_sessions(by.account_id, but=token)
        if ended:
            _note("signed_out_everywhere", {"sessions_ended": ended}, by, now)
    return ended


def _note(kind: str, facts: dict[str, object], by: Actor, now: int) -> None:
    entry = journal.Entry(kind, now, person=by.person_id, facts={"account": by.account_id, **facts})
    journal.append(policy.organisation_of(by), None, [entry])
