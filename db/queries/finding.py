"""Cases in a list: those someone may see, the newest first. A page is the beginning of an index."""

from collections.abc import Sequence
from dataclasses import dataclass

from db import sql
from db.queries import late as lates
from db.queries import overdue, search
from db.queries.overdue import Moment
from db.queries.search import Wanted

PAGE = 25
FEW = 3_000
"""Up to so many cases of one's own, a search looks through these first."""
_OPEN = "c.secrecy NOT IN ('rahasia', 'sangat_rahasia')"
_OWNED = (("task", "office_id"), ("task", "taken_from"), ("tembusan", "office_id"))
_NEVER = 2_000_000_000


@dataclass(frozen=True)
class Found:
    """A case in a list; `waits_for` names the offices that have it now."""

    id: int
    number: str
    process: str
    subject: str
    state: str
    outcome: str
    urgency: str
    secrecy: str
    channel: str
    received_ms: int
    closed_ms: int | None
    due_ms: int | None
    waits_for: str
    late: bool
    lapsed: bool
    release_id: int
    fingerprint: str
    answered_ms: int | None
    missed_ms: int | None  # until when it was promised, where it was answered late


@dataclass(frozen=True)
class Sight:
    """Whose cases are listed: those of their offices, all that are not secret (`general`), or all (`audit`)."""

    organisation_id: int
    offices: tuple[int, ...]
    general: bool
    audit: bool
    at: Moment

    @property
    def own_only(self) -> bool:
        """Whether they see what is their own offices' and nothing else."""
        return not (self.general or self.audit)

    @property
    def marks(self) -> str:
        """Numbers of ours, for a condition; NULL where there are none."""
        return ", ".join(str(int(office)) for office in self.offices) or "NULL"


@dataclass(frozen=True)
class Ask:
    """What is looked for: words (as engine.search asks), `by_content` where they are more than a number, a state,
    `handled` for what one's offices have done a part of and others have now; cases before or after one (ids)."""

    wanted: Wanted | None = None
    by_content: bool = False
    state: str = ""
    handled: bool = False
    before: int = 0
    after: int = 0


_ROWS = """
SELECT c.id, c.number, c.process, {subject}, c.state, c.outcome, c.urgency, c.secrecy, c.channel,
  c.received_ms, c.closed_ms, c.due_ms, COALESCE((SELECT {joined} FROM task t LEFT JOIN office o ON o.id = t.office_id
    WHERE t.case_file_id = c.id AND t.state = 'open'), ''),
  {late}, c.lapsed, r.id, r.fingerprint, c.answered_ms, CASE WHEN c.answered_ms IS NOT NULL THEN {promised} END
FROM case_file c JOIN release r ON r.id = c.release_id WHERE c.id IN ({ids}) ORDER BY c.id DESC
"""


def find(sight: Sight, ask: Ask) -> tuple[list[Found], bool]:
    """One page of the cases someone may see, the newest first, and whether there is another in the same direction."""
    if ask.wanted is not None and not ask.wanted:
        return [], False
    ids = _searched(sight, ask) if ask.wanted else _listed(sight, ask)
    more, ids = len(ids) > PAGE, ids[:PAGE]
    if not ids:
        return [], False
    joined = _joined("COALESCE(o.name, 'Pelapor')")
    late = overdue.anything(*sight.at)
    text = _ROWS.format(
        joined=joined, subject=_subject(sight), late=late, promised=lates.promised(), ids=sql.marks(ids)
    )
    return [Found(*row) for row in sql.rows(text, ids)], more


def by_number(organisation: int, number: str) -> int | None:
    """The case of exactly this number."""
    found = sql.row("SELECT id FROM case_file WHERE number = ? AND organisation_id = ?", (number, organisation))
    return None if found is None else int(found[0])


def _searched(sight: Sight, ask: Ask) -> list[int]:
    key = search.key()
    text = (
        f"SELECT {key} FROM case_search s JOIN case_file c ON c.id = {key} WHERE {search.match(ask.wanted or ())}"
        f" AND {_page(ask, key)} AND c.organisation_id = ? AND {_seen(sight, ask)}{_more(sight, ask)}"
    )
    if sight.own_only:
        text += f" AND {key} <= ({_newest(sight)})" + (f" AND {key} IN ({_own(sight)})" if _few(sight) else "")
    return _ids(f"{text} ORDER BY {key} {_way(ask)} LIMIT {PAGE + 1}", (sight.organisation_id,))


def _listed(sight: Sight, ask: Ask) -> list[int]:
    if not sight.offices and (ask.handled or sight.own_only):
        return []
    if sight.own_only and ask.state != "insiden":  # incidents are few: these are looked through one by one
        return _of_offices(sight, ask)
    text = (
        f"SELECT c.id FROM case_file c WHERE c.organisation_id = ? AND {_page(ask, 'c.id')} AND {_seen(sight, ask)}"
        f"{_more(sight, ask)} ORDER BY c.id {_way(ask)} LIMIT {PAGE + 1}"
    )
    return _ids(text, (sight.organisation_id,))


def _of_offices(sight: Sight, ask: Ask) -> list[int]:
    """The newest of each office, from its own index, merged."""
    each = [_of_office(sight, ask, *owned, office) for owned in _OWNED for office in sight.offices]
    if not each:
        return []
    united = " UNION ".join(f"SELECT id FROM ({one}) u" for one in each)
    return _ids(f"SELECT id FROM ({united}) a ORDER BY id {_way(ask)} LIMIT {PAGE + 1}", ())


def _of_office(sight: Sight, ask: Ask, table: str, column: str, office: int) -> str:
    return (
        f"SELECT DISTINCT x.case_file_id AS id FROM {table} x JOIN case_file c ON c.id = x.case_file_id"
        f" WHERE x.{column} = {int(office)} AND c.organisation_id = {int(sight.organisation_id)}"
        f" AND {_page(ask, 'x.case_file_id')}{_more(sight, ask)} ORDER BY x.case_file_id {_way(ask)} LIMIT {PAGE + 1}"
    )


def _ids(text: str, values: Sequence[object]) -> list[int]:
    return [int(row[0]) for row in sql.rows(text, values)]


def _way(ask: Ask) -> str:
    return "ASC" if ask.after else "DESC"


def _page(ask: Ask, key: str) -> str:
    return f"{key} > {int(ask.after)}" if ask.after else f"{key} < {int(ask.before or _NEVER)}"


def _more(sight: Sight, ask: Ask) -> str:
    """State and handling; the state is one of ours. What a schedule began is nobody's complaint: found, not listed."""
    text = f" AND c.state = '{ask.state}'" if ask.state.isalpha() else ""
    text += "" if ask.wanted else " AND c.channel <> 'jadwal'"
    if ask.handled:
        own = f"SELECT 1 FROM task d WHERE d.case_file_id = c.id AND d.office_id IN ({sight.marks}) AND d.state ="
        text += f" AND c.state = 'berjalan' AND EXISTS ({own} 'done') AND NOT EXISTS ({own} 'open')"
    return text


def _seen(sight: Sight, ask: Ask) -> str:
    """Who may see it. Who only audits finds a secret case by its number and by no word of it."""
    if sight.audit:
        return f"({_OPEN} OR {_involved(sight)})" if ask.by_content else "1 = 1"
    return f"({_OPEN} OR {_involved(sight)})" if sight.general else f"({_involved(sight)})"


def _involved(sight: Sight) -> str:
    own = f"v.office_id IN ({sight.marks}) OR v.taken_from IN ({sight.marks})"
    return (
        f"EXISTS (SELECT 1 FROM task v WHERE v.case_file_id = c.id AND ({own}))"
        f" OR EXISTS (SELECT 1 FROM tembusan y WHERE y.case_file_id = c.id AND y.office_id IN ({sight.marks}))"
    )


def _own(sight: Sight) -> str:
    return (
        f"SELECT case_file_id FROM task WHERE office_id IN ({sight.marks})"
        f" UNION SELECT case_file_id FROM task WHERE taken_from IN ({sight.marks})"
        f" UNION SELECT case_file_id FROM tembusan WHERE office_id IN ({sight.marks})"
    )


def _newest(sight: Sight) -> str:
    """The newest of one's own cases; office by office, so that each is the end of an index."""
    each = " UNION ALL ".join(
        f"SELECT MAX(case_file_id) AS id FROM {table} WHERE {column} = {int(office)}"
        for table, column in _OWNED
        for office in sight.offices
    )
    return f"SELECT COALESCE(MAX(id), 0) FROM ({each or 'SELECT 0 AS id'}) e"


def _few(sight: Sight) -> bool:
    text = f"SELECT COUNT(*) FROM (SELECT 1 FROM task WHERE office_id IN ({sight.marks}) LIMIT {FEW + 1}) n"
    return int(sql.value(text)) <= FEW


def _subject(sight: Sight) -> str:
    """The subject as this person may know it."""
    return f"CASE WHEN {_OPEN} OR {_involved(sight)} THEN c.subject ELSE '' END" if sight.audit else "c.subject"


def _joined(column: str) -> str:
    return f"GROUP_CONCAT({column}, '; ')" if not sql.for_update() else f"STRING_AGG({column}, '; ')"
