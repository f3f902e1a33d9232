"""Accounts: who may sign in, with which powers; links that are used once, sessions that are ended."""

import re
from collections.abc import Iterable
from typing import Any

from db import sql
from db.connect import transaction
from engine.commands import changes
from engine.commands.changes import Problems
from engine.errors import FormInvalid, NotFound, Objection
from engine.offices import accounts
from engine.offices.people import Actor

POWERS = ("admin", "auditor", "designer")
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,63}")
EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,180}\.[^@\s,;<>\".]{2,}")


def add_account(person: int, *, username: str, powers: Iterable[str] = (), email: str = "", by: Actor, now: int) -> str:
    """A sign-in for someone who has none; gives the one-time link behind which they choose their password.

    Raises NotFound, FormInvalid.
    """
    with transaction():
        organisation = changes.administers(by, "add account")
        who = changes.own("person", person, organisation, ("name", "active"))
        name, wanted = username.strip().lower(), set(powers)
        problems = _username_problems(name) | _email_problems(email) | power_problems(person, wanted, now)
        if not who["active"]:
            problems["person"] = [Objection("gone", "%(name)s sudah dinonaktifkan.", {"name": who["name"]})]
        if sql.row("SELECT 1 FROM account WHERE person_id = ? AND active", (person,)):
            problems["person"] = [Objection("has_one", "%(name)s sudah mempunyai akun.", {"name": who["name"]})]
        changes.refuse(problems)
        account = accounts.create(person, name, accounts.NO_PASSWORD, powers=_joined(wanted), now=now)
        changes.write("account", account, {"email": email.strip()})
        after = {"username": name, "powers": _joined(wanted)}
        changes.note(organisation, "account_added", now, person=by.person_id, what=who["name"], after=after)
        return accounts.one_time_link(name, now=now)


def change_account(account: int, *, powers: Iterable[str], email: str, by: Actor, now: int) -> None:
    """New powers or address. Raises NotFound, FormInvalid: the last administrator stays one, auditors only read."""
    with transaction():
        organisation = changes.administers(by, "change account")
        before, wanted = _account(account, organisation), set(powers)
        problems = _email_problems(email) | power_problems(int(before["person_id"]), wanted, now)
        if "admin" not in wanted:
            problems |= _last_problems(organisation, account, before, "powers")
        changes.refuse(problems)
        changes.write("account", account, {"powers": _joined(wanted), "email": email.strip()})
        told = {"before": {"powers": before["powers"]}, "after": {"powers": _joined(wanted)}}
        if before["email"] != email.strip():
            told["after"]["email"] = "…"
        if before["powers"] != told["after"]["powers"] or "email" in told["after"]:
            _note(organisation, "account_changed", before, by, now, **told)


def close_account(account: int, *, by: Actor, now: int) -> None:
    """Nobody signs in with it any more: sessions end at once, and with them what was claimed. Raises FormInvalid."""
    with transaction():
        organisation = changes.administers(by, "close account")
        before = _account(account, organisation)
        changes.refuse(_last_problems(organisation, account, before, "account"))
        _shut(account)
        told = {"before": {"active": bool(before["active"])}, "after": {"active": False}}
        _note(organisation, "account_closed", before, by, now, **told)


def open_account(account: int, *, by: Actor, now: int) -> str:
    """A closed account works again, with a new password behind the one-time link it gives. Raises FormInvalid."""
    with transaction():
        organisation = changes.administers(by, "open account")
        before = _account(account, organisation)
        changes.refuse(power_problems(int(before["person_id"]), set(str(before["powers"]).split()), now, "account"))
        changes.write("account", account, {"active": True, "password_hash": accounts.without_password()})
        told = {"before": {"active": bool(before["active"])}, "after": {"active": True}}
        _note(organisation, "account_opened", before, by, now, **told)
        return accounts.one_time_link(str(before["username"]), now=now)


def issue_link(account: int, *, by: Actor, now: int) -> str:
    """A one-time link to choose a new password; the old one works until it is used. Raises NotFound, FormInvalid.

    Where no password was chosen yet, a link given out before (to the wrong person, perhaps) is worth nothing any more.
    """
    with transaction():
        organisation = changes.administers(by, "issue link")
        before = _account(account, organisation)
        if not before["active"]:
            raise changes.objection("account", "closed", "Akun ini tidak aktif. Aktifkan lebih dahulu.")
        anew = "UPDATE account SET password_hash = ? WHERE id = ? AND password_hash LIKE ?"
        sql.execute(anew, (accounts.without_password(), account, f"{accounts.NO_PASSWORD}%"))
        _note(organisation, "link_issued", before, by, now, before={}, after={"username": before["username"]})
        return accounts.one_time_link(str(before["username"]), now=now)


def sign_out_everywhere(account: int, *, by: Actor, now: int) -> int:
    """Ends every session of an account now; gives how many there were."""
    with transaction():
        organisation = changes.administers(by, "sign out")
        before = _account(account, organisation)
        ended = int(sql.execute("DELETE FROM login_session WHERE account_id = ?", (account,)).rowcount)
        told: dict[str, Any] = {"before": {"sessions": ended}, "after": {"sessions": 0}}
        _note(organisation, "signed_out", before, by, now, **told)
        return ended


def close_from_terminal(username: str, *, now: int) -> None:
    """The same as `close_account` by whoever runs the machine. Raises NotFound, FormInvalid."""
    with transaction():
        text = "SELECT a.id, p.organisation_id FROM account a JOIN person p ON p.id = a.person_id WHERE a.username = ?"
        found = sql.row(text, (username.strip().lower(),))
        if found is None:
            raise NotFound("account", username)
        account, organisation = int(found[0]), int(found[1])
        before = _account(account, organisation)
        changes.refuse(_last_problems(organisation, account, before, "account"))
        _shut(account)
        told = {"before": {"active": bool(before["active"])}, "after": {"active": False}}
        _note(organisation, "account_closed", before, None, now, **told)


def _shut(account: int) -> None:
    changes.write("account", account, {"active": False})
    sql.execute("DELETE FROM login_session WHERE account_id = ?", (account,))


def _note(organisation: int, kind: str, account: dict[str, Any], by: Actor | None, now: int, **told: Any) -> None:
    person = None if by is None else by.person_id
    changes.note(organisation, kind, now, person=person, what=f"{account['name']} ({account['username']})", **told)


_COLUMNS = ("id", "person_id", "username", "powers", "active", "email", "name")


def _account(account: int, organisation: int) -> dict[str, Any]:
    """The account with its person's name; NotFound for another organisation's as for none."""
    text = (
        "SELECT a.id, a.person_id, a.username, a.powers, a.active, a.email, p.name FROM account a"
        " JOIN person p ON p.id = a.person_id WHERE a.id = ? AND p.organisation_id = ?"
    )
    found = sql.row(text, (account, organisation))
    if found is None:
        raise NotFound("account", account)
    return dict(zip(_COLUMNS, found, strict=True))


def _joined(powers: Iterable[str]) -> str:
    return " ".join(sorted(powers))


def _username_problems(name: str) -> Problems:
    if not USERNAME.fullmatch(name):
        words = "Pakai 3 sampai 64 huruf kecil, angka, titik, garis bawah, atau tanda hubung."
        return {"username": [Objection("bad_username", words)]}
    if sql.row("SELECT 1 FROM account WHERE username = ?", (name,)):
        return {"username": [Objection("taken", "Nama pengguna ini sudah dipakai.")]}
    return {}


def _email_problems(email: str) -> Problems:
    wrong = email.strip() and (not EMAIL.fullmatch(email.strip()) or len(email.strip()) > 254)
    return (
        {"email": [Objection("bad_email", "Alamat surel ini tidak dapat dipakai; periksa penulisannya.")]}
        if wrong
        else {}
    )


def power_problems(person: int, powers: set[str], now: int, field: str = "powers") -> Problems:
    """Auditors are read-only by construction: no other power, no office, now or to come."""
    if unknown := powers - set(POWERS):
        return {field: [Objection("unknown", "Wewenang ini tidak dikenal: %(names)s.", {"names": _joined(unknown)})]}
    if "auditor" not in powers:
        return {}
    if len(powers) > 1:
        words = "Auditor hanya membaca: wewenang auditor tidak dapat digabung dengan wewenang lain."
        return {field: [Objection("auditor_alone", words)]}
    held = [str(row[0]) for row in sql.rows(_HELD, (person, now))]
    if held:
        words = "Auditor hanya membaca: akhiri dahulu jabatannya (%(names)s)."
        return {field: [Objection("auditor_holds", words, {"names": changes.listed(held)})]}
    return {}


_HELD = (
    "SELECT o.name FROM holding h JOIN office o ON o.id = h.office_id"
    " WHERE h.person_id = ? AND (h.until_ms IS NULL OR h.until_ms > ?) ORDER BY o.rank, o.id"
)


def _last_problems(organisation: int, account: int, before: dict[str, Any], field: str) -> Problems:
    """The last active administrator of an organisation stays: nobody could let another in."""
    if "admin" not in str(before["powers"]).split() or not before["active"]:
        return {}
    text = "SELECT a.powers FROM account a JOIN person p ON p.id = a.person_id WHERE p.organisation_id = ? AND a.active"
    others = sql.rows(text + " AND a.id <> ?", (organisation, account))
    if any("admin" in str(row[0]).split() for row in others):
        return {}
    words = "Ini administrator aktif yang terakhir. Angkat administrator lain dahulu."
    return {field: [Objection("last_admin", words)]}


def check_new(powers: Iterable[str], offices: Iterable[str]) -> None:
    """Raises FormInvalid where someone new would be auditor and something else too."""
    wanted = set(powers)
    if "auditor" in wanted and (len(wanted) > 1 or list(offices)):
        words = "Auditor hanya membaca: ia tidak boleh memegang jabatan atau wewenang lain."
        raise FormInvalid({"powers": [Objection("auditor_alone", words)]})
