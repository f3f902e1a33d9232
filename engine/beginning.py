"""`disposisi init`: an empty installation with one administrator, or the demonstration at work."""

from collections.abc import Mapping

from db import sql
from db.connect import transaction
from engine import accounts, demo, installation
from engine.demo_office import BODY
from engine.jobs import Handler


class AlreadyBegun(Exception):
    """This database holds an organisation already; nothing was changed."""


def begin_empty(password: str, *, now: int) -> str:
    """Founds the DPRD's offices without people, and one administrator; gives their user name. Raises AlreadyBegun."""
    _prepare()
    organisation = installation.found(BODY, now=now)
    with transaction():
        hashed = accounts.hash_password(password)
        installation.employ(
            organisation, "Administrator", username="admin", password_hash=hashed, powers="admin", since=now
        )
    return "admin"


def begin_demo(password: str, handlers: Mapping[str, Handler], *, now: int) -> int:
    """The demonstration: everyone with this password, reports in every state; gives how many reports there are."""
    _prepare()
    demo.open_office(password, now=now)
    return len(demo.work_through(now=now, handlers=handlers))


def _prepare() -> None:
    installation.prepare()
    if not installation.is_empty():
        raise AlreadyBegun


def sign_ins() -> list[tuple[str, str, str]]:
    """The demonstration's user names with their names and what they are, for the first screen of `make run`."""
    found = sql.rows(
        "SELECT a.username, p.name, COALESCE(MIN(o.name), a.powers) FROM account a JOIN person p ON p.id = a.person_id"
        " LEFT JOIN holding h ON h.person_id = p.id AND h.kind = 'definitif' LEFT JOIN office o ON o.id = h.office_id"
        " GROUP BY a.id, a.username, p.name, a.powers ORDER BY a.id"
    )
    return [(username, name, what) for username, name, what in found]
