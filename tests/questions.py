"""What a page asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from db import connect


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that goes to the database meanwhile."""
    said: list[str] = []
    real = connect.database.obj.execute_sql

    def counted(text: str, *rest: object, **more: object) -> object:
        said.append(text)
        return real(text, *rest, **more)

    connect.database.obj.execute_sql = counted
    try:
        yield said
    finally:
        del connect.database.obj.execute_sql
