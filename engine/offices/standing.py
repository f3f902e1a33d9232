"""What an organisation decided, kept in memory while the head of its journal stands: every change writes to it."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar, cast

T = TypeVar("T")


@lru_cache(maxsize=1024)
def _kept(stamp: str, ask: Callable[..., Any], *about: Any) -> Any:
    return ask(*about)


def forget() -> None:
    """Nothing is known any more: for a process that is led to another database."""
    _kept.cache_clear()


def kept(stamp: str, ask: Callable[..., T], *about: Any) -> T:
    """What `ask(*about)` answers, asked once per head of the journal (`policy.View.stamp`); never change the answer.

    Only for what is journalled in the organisation's chain whenever it changes: settings, lists, units, calendars.
    """
    return cast("T", _kept(stamp, ask, *about)) if stamp else ask(*about)
