"""The append-only truth: entries hash-chained per case or organisation, sealed under Merkle roots."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from db import sql
from db.connect import in_transaction

ORIGIN = "0" * 64
COLUMNS = (
    "chain, seq, organisation, case_file, kind, at_ms, task, element, office, person, acting_as, facts, prev_hash, hash"
)
BATCH = 5_000


@dataclass(frozen=True)
class Entry:
    """One thing that happened. `facts` are small JSON values, never personal data."""

    kind: str
    at_ms: int
    task: int | None = None
    element: str = ""
    office: int | None = None
    person: int | None = None
    acting_as: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def append(organisation: int, case_id: int | None, entries: Iterable[Entry]) -> None:
    """Adds entries at the end of a chain, inside the verb's transaction; the case's row is locked already."""
    assert in_transaction(), "the journal is written with the act it tells of"
    chain = f"organisation:{organisation}" if case_id is None else f"case:{case_id}"
    if case_id is None:
        sql.row("SELECT id FROM organisation WHERE id = ?" + sql.for_update(), (organisation,))
    head = sql.row("SELECT seq, hash FROM journal WHERE chain = ? ORDER BY seq DESC LIMIT 1", (chain,))
    seq, prev = head or (0, ORIGIN)
    lines: list[Any] = []
    count = 0
    for entry in entries:
        seq, count = seq + 1, count + 1
        line = _line(chain, seq, organisation, case_id, entry, prev)
        prev = line[-1]
        lines.extend(line)
    if count:
        one = f"({', '.join('?' * 14)})"
        sql.execute(f"INSERT INTO journal ({COLUMNS}) VALUES {', '.join([one] * count)}", lines)


def _line(chain: str, seq: int, organisation: int, case_id: int | None, e: Entry, prev: str) -> tuple[Any, ...]:
    facts = orjson.dumps(dict(e.facts), option=orjson.OPT_SORT_KEYS).decode()
    body = (
        chain,
        seq,
        organisation,
        case_id,
        e.kind,
        e.at_ms,
        e.task,
        e.element,
        e.office,
        e.person,
        e.acting_as,
        facts,
    )
    return (*body, prev, digest(body, prev))


def digest(body: tuple[Any, ...], prev: str) -> str:
    """SHA-256 over the canonical JSON of an entry and the hash before it."""
    return hashlib.sha256(orjson.dumps([*body, prev])).hexdigest()


@dataclass(frozen=True)
class Fault:
    """A place where the journal does not hold together: which chain, which entry, what is wrong."""

    chain: str
    seq: int
    what: str  # edited, missing, reordered, seal


def verify(chain: str | None = None, *, batch: int = BATCH) -> list[Fault]:
    """Every fault of one chain, or of all chains and seals; streamed, so that its memory does not grow."""
    faults: list[Fault] = []
    last_chain, last_seq, last_hash = "", 0, ORIGIN
    for row in _entries(chain, batch):
        body, prev, own = row[:12], row[12], row[13]
        if row[0] != last_chain:
            last_chain, last_seq, last_hash = row[0], 0, ORIGIN
        if row[1] != last_seq + 1:
            faults.append(Fault(row[0], row[1], "missing"))
        elif prev != last_hash:
            faults.append(Fault(row[0], row[1], "reordered"))
        if digest(body, prev) != own:
            faults.append(Fault(row[0], row[1], "edited"))
        last_seq, last_hash = row[1], own
    return faults if chain else faults + _untold() + _seal_faults()


def _entries(chain: str | None, batch: int) -> Iterator[sql.Row]:
    after = (chain or "", 0)
    where = "chain = ? AND seq > ?" if chain else "(chain > ? OR (chain = ? AND seq > ?))"
    while True:
        values = after if chain else (after[0], after[0], after[1])
        found = sql.rows(f"SELECT {COLUMNS} FROM journal WHERE {where} ORDER BY chain, seq LIMIT {batch}", values)
        yield from found
        if len(found) < batch:
            return
        after = (found[-1][0], found[-1][1])


def _untold() -> list[Fault]:
    """Cases of which the journal knows nothing: their whole chain was taken out before a seal covered it."""
    text = "SELECT id FROM case_file c WHERE NOT EXISTS (SELECT 1 FROM journal j WHERE j.chain = 'case:' || c.id)"
    return [Fault(f"case:{case_id}", 0, "missing") for (case_id,) in sql.rows(text + " ORDER BY id")]


def merkle(leaves: list[str]) -> str:
    """The Merkle root (hex) over hex hashes; an odd one is carried up; of nothing it is the origin."""
    level = [bytes.fromhex(leaf) for leaf in leaves] or [bytes.fromhex(ORIGIN)]
    while len(level) > 1:
        pairs = [level[i : i + 2] for i in range(0, len(level), 2)]
        level = [hashlib.sha256(b"".join(pair)).digest() if len(pair) == 2 else pair[0] for pair in pairs]
    return level[0].hex()


def seal(organisation: int, now: int) -> int | None:
    """Seals what is yet unsealed of an organisation under a root chained to the seal before; gives the seal's id."""
    assert in_transaction()
    sql.row("SELECT id FROM organisation WHERE id = ?" + sql.for_update(), (organisation,))
    open_ = sql.rows(
        "SELECT id, hash FROM journal WHERE organisation = ? AND seal IS NULL ORDER BY id", (organisation,)
    )
    if not open_:
        return None
    last = sql.row("SELECT seq, hash FROM seal WHERE organisation_id = ? ORDER BY seq DESC LIMIT 1", (organisation,))
    seq, prev = (last[0] + 1, last[1]) if last else (1, ORIGIN)
    root = merkle([found[1] for found in open_])
    own = _seal_hash(organisation, seq, now, len(open_), root, prev)
    seal_id = sql.insert(
        "seal",
        organisation_id=organisation,
        seq=seq,
        at_ms=now,
        entries=len(open_),
        root=root,
        prev_hash=prev,
        hash=own,
    )
    for start in range(0, len(open_), 500):
        ids = [found[0] for found in open_[start : start + 500]]
        sql.execute(f"UPDATE journal SET seal = ? WHERE id IN ({sql.marks(ids)})", [seal_id, *ids])
    return seal_id


def _seal_hash(organisation: int, seq: int, at_ms: int, entries: int, root: str, prev: str) -> str:
    return hashlib.sha256(orjson.dumps([organisation, seq, at_ms, entries, root, prev])).hexdigest()


def _seal_faults() -> list[Fault]:
    faults, before = [], {}  # type: list[Fault], dict[int, tuple[int, str]]
    for row in sql.rows("SELECT id, organisation_id, seq, at_ms, entries, root, prev_hash, hash FROM seal ORDER BY id"):
        seal_id, organisation, seq, at_ms, entries, root, prev, own = row
        leaves = [leaf[0] for leaf in sql.rows("SELECT hash FROM journal WHERE seal = ? ORDER BY id", (seal_id,))]
        expected = before.get(organisation, (0, ORIGIN))
        whole = merkle(leaves) == root and len(leaves) == entries
        chained = (seq - 1, prev) == expected and _seal_hash(organisation, seq, at_ms, entries, root, prev) == own
        if not (whole and chained):
            faults.append(Fault(f"seal:{organisation}", seq, "seal"))
        before[organisation] = (seq, own)
    return faults + _without_seal()


def _without_seal() -> list[Fault]:
    """Entries that name a seal which is not there: it was taken away, and no later one would cover them again."""
    text = (
        "SELECT DISTINCT organisation, seal FROM journal WHERE seal IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM seal s WHERE s.id = journal.seal) ORDER BY organisation"
    )
    return [Fault(f"seal:{organisation}", 0, "seal") for organisation, _ in sql.rows(text)]
