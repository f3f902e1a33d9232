"""Someone begins to work here: a person, the offices they hold, and an account whose password they choose."""

from collections.abc import Sequence

from db.connect import transaction
from engine import installation
from engine.commands import sign_ins
from engine.offices import accounts


def hire(
    organisation: int, name: str, *, username: str, offices: Sequence[str] = (), powers: Sequence[str] = (), now: int
) -> str:
    """Adds them and gives the one-time link behind which they choose their password.

    Raises FormInvalid for an auditor with an office or another power: auditors only read.
    """
    sign_ins.check_new(powers, offices)
    with transaction():
        installation.employ(
            organisation,
            name,
            offices=offices,
            username=username,
            password_hash=accounts.NO_PASSWORD,
            powers=" ".join(sorted(set(powers))),
            since=now,
        )
        return accounts.one_time_link(username, now=now)
