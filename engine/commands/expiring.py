"""What is kept beside cases has its own time (ours): SMS, claims about a NIK, failures, internal letters and reports.

Counted from the end of the year in which it was over, as for cases; then every word of it goes and its shape stays:
who did what and when, numbers and states. What belongs to a case held for a dispute, or still handled, waits.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from db import sql
from db.connect import transaction
from engine import erasing, journal, vault
from engine.commands.erasure import years_ago
from engine.offices import settings

BATCH = 500


@dataclass(frozen=True)
class Kind:
    """One table: which rows are over before an instant, the places of their sealed columns, what tells they are empty.

    An emptied row is not asked for again: its `marks` are gone too, or where it has none its column `emptied` says so.
    """

    table: str
    over: str
    sealed: Mapping[str, str]
    marks: tuple[str, ...] = ()


_HELD = "EXISTS (SELECT 1 FROM legal_hold h WHERE h.case_file_id = c.id AND h.lifted_ms IS NULL)"
_NO_CASE = f"NOT EXISTS (SELECT 1 FROM case_file c WHERE {{}} AND (c.closed_ms IS NULL OR {_HELD}))"
_FULL = " AND NOT emptied"
KINDS: Mapping[str, tuple[Kind, ...]] = {
    "sms_years": (
        Kind(
            "sms_in",
            "organisation = ? AND state <> 'baru' AND arrived_ms < ? AND sender_mark <> ''"
            f" AND (send_key = '' OR {_NO_CASE.format('c.send_key = sms_in.send_key')})",
            {"sealed": "sms_in:{id}"},
            ("sender_mark", "text_mark"),
        ),
        Kind(
            "sms_out",
            "organisation = ? AND state NOT IN ('waiting', 'queued') AND made_ms < ? AND sender_mark <> ''"
            f" AND {_NO_CASE.format('c.id = sms_out.case_file')}",
            {"sealed": "sms_out:{id}"},
            ("sender_mark",),
        ),
    ),
    "dispute_years": (
        Kind(
            "nik_dispute",
            "organisation_id = ? AND decided_ms IS NOT NULL AND decided_ms < ? AND nik_mark <> ''",
            {"sealed": "nik_dispute:{id}", "sealed_answer": "nik_dispute:{id}:answer"},
            ("nik_mark",),
        ),
    ),
    "breach_years": (Kind("breach", f"organisation_id = ? AND closed_ms < ?{_FULL}", {"sealed": "breach:{id}"}),),
    "report_years": (
        Kind("incidental_report", f"organisation_id = ? AND received_ms < ?{_FULL}", {"sealed": "incidental:{id}"}),
    ),
    "memo_years": (Kind("memo", f"organisation_id = ? AND at_ms < ?{_FULL}", {"sealed": "memo:{id}"}),),
}
"""Setting (years; 0: never) → what it is about."""


def expire_all(now: int) -> int:
    """Empties what every organisation has kept long enough; gives how many rows went. Journalled with counts alone."""
    found = sql.rows("SELECT id, timezone FROM organisation ORDER BY id")
    return sum(_expire(int(organisation), str(zone), now) for organisation, zone in found)


def _expire(organisation: int, zone: str, now: int) -> int:
    gone = 0
    for name, kinds in KINDS.items():
        years = settings.setting(organisation, name)
        before = years_ago(int(years), zone, now) if years else 0
        for kind in kinds if before else ():
            gone += _all_of(kind, organisation, before, now)
    return gone


def _all_of(kind: Kind, organisation: int, before: int, now: int) -> int:
    gone, after = 0, 0
    while True:
        with transaction():
            columns = ", ".join(kind.sealed)
            text = f"SELECT id, {columns} FROM {kind.table} WHERE {kind.over} AND id > ? ORDER BY id LIMIT {BATCH}"
            found = sql.rows(text, (organisation, before, after))
            emptied = sum(_empty(kind, int(row[0]), [str(text or "") for text in row[1:]]) for row in found)
            if emptied:
                entry = journal.Entry("expired", now, facts={"what": kind.table, "rows": emptied, "before": before})
                journal.append(organisation, None, [entry])
        gone += emptied
        if len(found) < BATCH:
            return gone
        after = int(found[-1][0])


def _empty(kind: Kind, ident: int, kept: list[str]) -> bool:
    """Whether anything was left to be emptied. What does not open now is asked for again: its key may come back."""
    opened = [_empty_one(kind, ident, *one) for one in zip(kind.sealed.items(), kept, strict=True)]
    said = dict.fromkeys(kind.marks, "''") or ({"emptied": "TRUE"} if None not in opened else {})
    if said:
        told = ", ".join(f"{column} = {value}" for column, value in said.items())
        sql.execute(f"UPDATE {kind.table} SET {told} WHERE id = ?", (ident,))
    return any(opened) or bool(kind.marks)


def _empty_one(kind: Kind, ident: int, column: tuple[str, str], sealed: str) -> bool | None:
    """Whether there were words in it; None for what does not open."""
    name, where = column[0], column[1].format(id=ident)
    words = _has_words(sealed, where) if sealed else False
    if words:
        erasing.empty(kind.table, ident, sealed, where, column=name)
    return words


def _has_words(sealed: str, place: str) -> bool | None:
    try:
        content = vault.unseal(sealed, place)
    except vault.Sealed:
        return None  # its key is gone: nobody reads it
    return bool(content != erasing.emptied(content))
