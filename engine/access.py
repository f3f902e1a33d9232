"""The access log: who looked at what, written after the answer; reading a case never waits for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from db import sql
from db.connect import transaction


@dataclass(frozen=True)
class Look:
    """One look: `what` is viewed, letter, revealed, attachment, printed or audited; `detail` names no person."""

    at_ms: int
    account: int | None
    organisation: int | None
    case_id: int | None
    what: str
    detail: str = ""


def note(looks: Sequence[Look]) -> None:
    """Adds these looks to the log."""
    with transaction():
        for look in looks:
            sql.insert(
                "access_log",
                at_ms=look.at_ms,
                account=look.account,
                organisation=look.organisation,
                case_file=look.case_id,
                what=look.what,
                detail=look.detail[:100],
            )
