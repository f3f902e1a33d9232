"""gammu-smsd with its tables in PostgreSQL: rows are taken over whole and deleted; a text never stays behind."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import psycopg

from engine.sms.gateways import DELIVERED, FAILED, QUEUED, SENT, Arrived, Going, Progress

_INBOX = """
SELECT "ID", "SenderNumber", "TextDecoded", "UDH", EXTRACT(EPOCH FROM "UpdatedInDB"::timestamptz) * 1000,
  EXTRACT(EPOCH FROM "ReceivingDateTime"::timestamptz) * 1000 FROM inbox
WHERE (%(phone)s = '' OR "RecipientID" = %(phone)s) ORDER BY "ID" LIMIT %(most)s
"""
_SENT = """
SELECT "CreatorID", array_agg(DISTINCT "Status"::text) FROM sentitems WHERE "CreatorID" = ANY(%s) GROUP BY "CreatorID"
"""
_WAITS = 'SELECT "CreatorID" FROM outbox WHERE "CreatorID" = ANY(%s)'
_SCRUB = """
UPDATE sentitems SET "Text" = '', "TextDecoded" = '' WHERE "CreatorID" = ANY(%s) AND "TextDecoded" <> ''
"""
_BAD = {"SendingError", "DeliveryFailed", "Error"}
_ALIVE = """
SELECT EXTRACT(EPOCH FROM (LOCALTIMESTAMP - MAX("UpdatedInDB"))) FROM phones WHERE %(phone)s = '' OR "ID" = %(phone)s
"""
SILENT_S = 900


class Unreachable(ConnectionError):
    """The gateway's database does not answer: later again."""


@dataclass
class Tables:
    """The database of one or several telephones; `phone` is the PhoneID this installation works by ("" for all)."""

    url: str = field(repr=False)
    phone: str = ""
    _line: Any = field(default=None, repr=False)
    _busy: Lock = field(default_factory=Lock, repr=False)

    @property
    def name(self) -> str:
        return f"gammu-sql:{self.phone}"[:64]

    def _ask(self, text: str, values: Any) -> list[tuple[Any, ...]]:
        """One statement, on a line that is opened again where it broke."""
        with self._busy:
            try:
                if self._line is None or self._line.closed:
                    self._line = psycopg.connect(self.url, autocommit=True, connect_timeout=5)
                asked = self._line.execute(text, values)
                return list(asked.fetchall()) if asked.description else []
            except psycopg.Error as broken:
                self.close()
                raise Unreachable(type(broken).__name__) from None  # its words may hold a text or a number

    def close(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            with suppress(psycopg.Error):
                line.close()

    def arrived(self, most: int) -> list[Arrived]:
        rows = self._ask(_INBOX, {"phone": self.phone, "most": most * 4})
        empty = [row[0] for row in rows if _follower(row[3], row[2])]
        if empty:
            self._delete("inbox", empty)
        return [_arrived(row) for row in rows if row[0] not in empty][:most]

    def forget(self, taken: Sequence[Arrived]) -> None:
        self._delete("inbox", [one.handle for one in taken])

    def _delete(self, table: str, ids: Sequence[int]) -> None:
        self._ask(f'DELETE FROM {table} WHERE "ID" = ANY(%s)', (list(ids),))

    def send(self, going: Going) -> Progress:
        if not self.progress([going.tag]):
            self._ask(
                'INSERT INTO outbox ("DestinationNumber", "TextDecoded", "CreatorID", "Coding", "DeliveryReport",'
                " \"SenderID\") VALUES (%s, %s, %s, %s, 'yes', %s)",
                (going.number, going.text, going.tag, _coding(going.text), self.phone or None),
            )
        return Progress(QUEUED, last=False)

    def progress(self, tags: Sequence[str]) -> dict[str, Progress]:
        wanted = (list(tags),)
        known = {tag: _how_far(set(states)) for tag, states in self._ask(_SENT, wanted)}
        known |= {str(row[0]): Progress(QUEUED, last=False) for row in self._ask(_WAITS, wanted)}
        waiting = [tag for tag, found in known.items() if found.state == SENT]
        if waiting:
            self._ask(_SCRUB, (waiting,))
        return known

    def clear(self, tags: Sequence[str]) -> None:
        self._ask('DELETE FROM sentitems WHERE "CreatorID" = ANY(%s)', (list(tags),))

    def trouble(self) -> str:
        try:
            silent = self._ask(_ALIVE, {"phone": self.phone})[0][0]
        except Unreachable as broken:
            return f"basis data gammu-smsd tidak dapat dipakai ({broken})"
        if silent is None:
            return "gammu-smsd belum pernah menyambung dengan nama telepon ini"
        return "gammu-smsd tidak memberi tanda sejak 15 menit" if silent > SILENT_S else ""


def _follower(udh: str | None, text: str) -> bool:
    """Whether a row is a later part of a long SMS: its first row holds the whole text."""
    return udh is not None and not text and len(udh) >= 12 and int(udh[-2:], 16) > 1


def _arrived(row: tuple[Any, ...]) -> Arrived:
    number, sender, text, udh, arrived, network = row
    parts = int(udh[-4:-2], 16) if udh and len(udh) >= 12 else 1
    return Arrived(
        f"{number}:{int(arrived)}:{sender}", str(sender), str(text), int(arrived), int(network), parts, number
    )


def _coding(text: str) -> str:
    return "Default_No_Compression" if text.isascii() else "Unicode_No_Compression"


def _how_far(states: set[str]) -> Progress:
    """Of all parts together: one that failed is a failure, all delivered is delivered."""
    if states & _BAD:
        return Progress(FAILED, reason="ditolak jaringan")
    if states == {"DeliveryOK"}:
        return Progress(DELIVERED)
    return Progress(SENT, last="SendingOK" not in states and "DeliveryPending" not in states)
