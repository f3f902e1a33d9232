"""What waits for the worker."""

from db import sql


def is_due(now: int) -> bool:
    """Whether any job could be taken now."""
    text = "SELECT 1 FROM job WHERE state = 'waiting' AND due_ms <= ? AND lease_ms <= ? LIMIT 1"
    return sql.row(text, (now, now)) is not None
