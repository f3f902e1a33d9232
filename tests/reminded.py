"""Who was told what, and by which mails, for tests of reminders."""

import orjson
from office import Office, ms

from db import sql

PEOPLE = ("sekar", "joko", "wulan", "hadi", "surya", "bima")


def give_addresses() -> None:
    """Everyone has an address of the office."""
    for name in PEOPLE:
        sql.execute("UPDATE account SET email = ? WHERE username = ?", (f"{name}@kantor.id", name))


def told(kind: str) -> list[tuple[str, str]]:
    """Who was told of a kind: user name, and whether as the office above."""
    found = sql.rows(
        "SELECT a.username, n.facts FROM notice n JOIN account a ON a.person_id = n.person_id WHERE n.kind = ?"
        " ORDER BY n.id",
        (kind,),
    )
    return sorted((str(name), "above" if orjson.loads(facts)["above"] else "holder") for name, facts in found)


def orders(message: str) -> list[dict[str, object]]:
    found = sql.rows("SELECT payload FROM job WHERE kind = 'mail' ORDER BY id")
    payloads = [orjson.loads(payload) for (payload,) in found]
    return [payload for payload in payloads if payload["message"] == message]


def reads(office: Office, message: str) -> list[str]:
    """The user names a message is on its way to."""
    names = dict(sql.rows("SELECT id, username FROM account"))
    return sorted(names[order["account"]] for order in orders(message))


def days_limit(case: int) -> None:
    """The task that waits gets a limit of three working days, due on 2026-04-09 at closing."""
    sql.execute(
        "UPDATE task SET limit_text = 'P3D', clock = 'hari-kerja', since = 'ditawarkan', due_ms = ?"
        " WHERE case_file_id = ? AND state = 'open'",
        (ms("2026-04-09 16.00"), case),
    )


def due_of(message: str) -> list[tuple[str, int]]:
    names = dict(sql.rows("SELECT id, username FROM account"))
    found = [(orjson.loads(body), due) for body, due in sql.rows("SELECT payload, due_ms FROM job WHERE kind = 'mail'")]
    return [(str(names[payload["account"]]), int(due)) for payload, due in found if payload["message"] == message]
