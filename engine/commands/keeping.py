"""What someone keeps for themselves: searches under a name, notices they have seen, tasks taken by the handful."""

from collections.abc import Sequence
from dataclasses import dataclass

from db import sql
from db.connect import transaction
from engine import vault
from engine.commands import work
from engine.errors import FormInvalid, NotAllowed, NotFound, Objection, TaskAlreadyDone
from engine.offices import people
from engine.offices.people import Actor

PAGES = ("tugas", "kasus")
NAME = 80
QUERY = 300
FILTERS = 30


def keep_filter(page: str, name: str, query: str, *, by: Actor) -> None:
    """Keeps a search under a name; the same name again keeps the new one. Raises FormInvalid.

    What is looked for may be someone's name: it lies sealed (`query_of`).
    """
    name = " ".join(name.split())
    if page not in PAGES:
        raise NotFound("page", page)
    if not name or len(name) > NAME or len(query) > QUERY:
        raise FormInvalid({"nama": [Objection("name", "Beri nama yang singkat, paling panjang 80 huruf.")]})
    with transaction():
        _room(page, name, by)
        sql.execute(
            "INSERT INTO saved_filter (account_id, page, name, query) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (account_id, page, name) DO UPDATE SET query = excluded.query",
            (by.account_id, page, name, vault.seal({"query": query}, _place(by.account_id))),
        )


def query_of(account: int, sealed: str) -> str:
    """What a kept search of this account looks for; nothing where its key is gone."""
    try:
        return str(vault.unseal(sealed, _place(account))["query"])
    except vault.Sealed:
        return ""


def _place(account: int) -> str:
    return f"saved_filter:{account}"


def _room(page: str, name: str, by: Actor) -> None:
    text = "SELECT COUNT(*) FROM saved_filter WHERE account_id = ? AND page = ? AND name <> ?"
    if int(sql.value(text, (by.account_id, page, name))) >= FILTERS:
        raise FormInvalid({"nama": [Objection("full", "Sudah ada 30 saringan; hapus yang tidak dipakai dahulu.")]})


def drop_filter(filter_id: int, *, by: Actor) -> str:
    """Forgets a kept search and gives the page it was of; NotFound where it is not theirs."""
    with transaction():
        found = sql.value("SELECT page FROM saved_filter WHERE id = ? AND account_id = ?", (filter_id, by.account_id))
        if found is None:
            raise NotFound("filter", filter_id)
        sql.execute("DELETE FROM saved_filter WHERE id = ?", (filter_id,))
        return str(found)


def see_notices(notices: Sequence[int], *, by: Actor, now: int) -> None:
    """These have been seen; with none named, all."""
    more = f" AND id IN ({sql.marks(notices)})" if notices else ""
    with transaction():
        text = f"UPDATE notice SET seen_ms = ? WHERE person_id = ? AND seen_ms IS NULL{more}"
        sql.execute(text, [now, by.person_id, *notices])


@dataclass(frozen=True)
class Taken:
    """What became of a handful: taken, and those that could not be, each with why ("" where there is no such task)."""

    mine: tuple[int, ...]
    refused: tuple[tuple[int, str], ...]


def claim_several(tasks: Sequence[int], *, by: Actor, now: int) -> Taken:
    """Takes these tasks for oneself, each as a verb of its own: what a colleague was quicker at is told, no error."""
    mine: list[int] = []
    refused: list[tuple[int, str]] = []
    for task_id in dict.fromkeys(tasks):
        try:
            work.claim(task_id, by=by, now=now)
            mine.append(task_id)
        except NotAllowed as why:
            refused.append((task_id, why.why if _theirs(task_id, by, now) else ""))
        except TaskAlreadyDone:
            refused.append((task_id, "Tugas ini sudah selesai dikerjakan."))
        except NotFound:
            refused.append((task_id, ""))
    return Taken(tuple(mine), tuple(refused))


def _theirs(task_id: int, by: Actor, now: int) -> bool:
    """Whether the task is one of their offices': of others they learn nothing, not even that it is there."""
    office = sql.value("SELECT office_id FROM task WHERE id = ?", (task_id,))
    return office is not None and people.seat(by.person_id, int(office), now) is not None
