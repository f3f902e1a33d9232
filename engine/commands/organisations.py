"""What an organisation is called and by which clock it lives."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from db import sql
from db.connect import transaction
from engine import installation
from engine.commands import changes
from engine.errors import Objection
from engine.offices import accounts
from engine.offices.people import Actor

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
"""WIB, WITA, WIT: the zones of the country; another one of the tz database may be named too."""


def change_organisation(*, name: str, timezone: str, by: Actor, now: int) -> None:
    """Renames the administrator's organisation or moves its clock. Its code never changes. Raises FormInvalid."""
    with transaction():
        organisation = changes.administers(by, "change organisation")
        changes.refuse(changes.name_problems(name) | _zone_problems(timezone))
        before = _row(organisation)
        after = {"name": name.strip(), "timezone": timezone}
        if after == before:
            return
        changes.write("organisation", organisation, after)
        changes.note(
            organisation,
            "organisation_changed",
            now,
            person=by.person_id,
            what=after["name"],
            before=before,
            after=after,
        )


def add_organisation(code: str, name: str, timezone: str, *, admin: str, now: int) -> str:
    """Another body in this installation, empty, with an administrator of its own; gives their one-time link.

    An act of whoever runs the machine, not of another organisation's administrator. Raises FormInvalid.
    """
    with transaction():
        problems = changes.name_problems(name) | _zone_problems(timezone)
        if not changes.CODE.fullmatch(code):
            words = "Pakai huruf kecil, angka, dan garis bawah, diawali huruf; misalnya kota_mojokerto."
            problems["code"] = [Objection("bad_code", words)]
        elif sql.row("SELECT 1 FROM organisation WHERE code = ?", (code,)) is not None:
            problems["code"] = [Objection("taken", "Kode instansi ini sudah dipakai.")]
        if sql.row("SELECT 1 FROM account WHERE username = ?", (admin.strip().lower(),)) is not None:
            problems["admin"] = [Objection("taken", "Nama pengguna ini sudah dipakai.")]
        changes.refuse(problems)
        body = installation.Body(code, name.strip(), {}, [], {}, {}, timezone=timezone)
        organisation = installation.lay(body, now=now)
        account = {"username": admin, "password_hash": accounts.NO_PASSWORD, "powers": "admin"}
        installation.employ(organisation, "Administrator", **account, since=now)
        return accounts.one_time_link(admin.strip().lower(), now=now)


def _row(organisation: int) -> dict[str, str]:
    found = sql.rows("SELECT name, timezone FROM organisation WHERE id = ?", (organisation,))[0]
    return {"name": str(found[0]), "timezone": str(found[1])}


def _zone_problems(timezone: str) -> changes.Problems:
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return {"timezone": [Objection("unknown", "Zona waktu ini tidak dikenal.")]}
    return {}
