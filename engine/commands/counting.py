"""Months that are over are counted once by the worker, each in a transaction of its own."""

from db.connect import transaction
from engine.clocks import measures
from engine.publishing import public_months


def count_steps(now: int) -> int:
    """What the audit reads of months that are over (`engine.clocks.measures`); gives how many were counted."""
    made = 0
    for month, span in measures.due(now):
        with transaction():
            measures.keep(month, span, now)
        made += 1
    return made


def count_public(now: int) -> int:
    """What the public figures read of them (`engine.publishing.public_months`); gives how many were counted."""
    made = 0
    for where, month, span in public_months.due(now):
        with transaction():
            public_months.keep(where, month, span)
        made += 1
    return made
