"""What waits on a desk."""

from collections.abc import Sequence

from db import sql


def waiting(account_id: int, offices: Sequence[int]) -> int:
    """How many open tasks these offices have that no colleague has claimed."""
    if not offices:
        return 0
    text = (
        f"SELECT COUNT(*) FROM task WHERE office_id IN ({sql.marks(offices)}) AND state = 'open'"  # noqa: S608
        " AND (claimed_by IS NULL OR claimed_by = ?)"
    )
    return int(sql.value(text, [*offices, account_id]))
