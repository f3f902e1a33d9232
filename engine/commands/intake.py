"""The unsent report: kept sealed under its token with its proofs, sent once, or forgotten."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from db import sql
from db.connect import transaction
from db.queries import public
from engine import vault
from engine.commands.start import Started, start
from engine.commands.work import keep_draft
from engine.files import LIMITS, MB, Checked, FileRefused, Store
from engine.identities import identity
from engine.offices.intakes import Door, told

KEEP_MS = 7 * 86_400_000  # an unsent report is forgotten after a week of silence
ORPHAN_MS = 86_400_000


def draft_of(token: str) -> str:
    """The name under which a public form's draft and proofs lie: the token itself is stored nowhere."""
    return "lapor:" + sha256(token.encode()).hexdigest()


def send_key(token: str) -> str:
    """What makes sending twice one case."""
    return vault.mark("lapor", token)


def keep(draft: str, answers: Mapping[str, Any], *, now: int) -> None:
    """Adds answers, as typed, to a draft (made on first use)."""
    with transaction():
        _lock(draft, now)
        keep_draft(draft, {**_read(draft), **answers}, now)


def read(draft: str) -> dict[str, Any]:
    """What was typed so far; empty when there is no draft, or its keys are gone."""
    return _read(draft)


def _read(draft: str) -> dict[str, Any]:
    sealed = sql.value("SELECT sealed FROM draft WHERE name = ?", (draft,))
    if sealed is None:
        return {}
    try:
        return dict(vault.unseal(str(sealed), f"draft:{draft}"))
    except vault.Sealed:
        return {}


def _lock(draft: str, now: int) -> None:
    """Two tabs write one after the other."""
    empty = vault.seal({}, f"draft:{draft}")
    sql.execute(
        "INSERT INTO draft (name, sealed, saved_ms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (draft, empty, now)
    )
    sql.row("SELECT id FROM draft WHERE name = ?" + sql.for_update(), (draft,))


def forget(draft: str) -> None:
    """Throws an unsent form away, with its proofs."""
    with transaction():
        _forget([draft])


def _forget(drafts: Iterable[str]) -> None:
    for draft in drafts:
        sql.execute("DELETE FROM attachment WHERE draft = ? AND case_file_id IS NULL", (draft,))
        sql.execute("DELETE FROM draft WHERE name = ?", (draft,))


def add_proof(draft: str, found: Checked, received_hash: str, *, now: int, added_by: int | None = None) -> int:
    """Lays a checked file with an unsent form and gives its id; the same content again is the same proof.

    `added_by` is the person of the office who scanned it, None where the reporter sends it.
    Raises FileRefused when another tab has filled the form's room meanwhile.
    """
    with transaction():
        _lock(draft, now)
        lying = sql.rows(
            "SELECT id, content_hash, size FROM attachment WHERE draft = ? AND case_file_id IS NULL", (draft,)
        )
        known = next((int(row[0]) for row in lying if row[1] == found.sha256), None)
        if known is not None:
            return known
        _refuse_full(found, len(lying), sum(int(row[2]) for row in lying))
        return sql.insert(
            "attachment",
            case_file_id=None,
            draft=draft,
            name=found.name,
            kind=found.kind,
            media_type=found.media_type,
            size=found.size,
            received_hash=received_hash,
            content_hash=found.sha256,
            state="clean",
            reason="",
            source="pelapor" if added_by is None else "petugas",
            added_by=added_by,
            at_ms=now,
        )


def _refuse_full(found: Checked, count: int, size: int) -> None:
    if count >= LIMITS.count:
        raise FileRefused(found.name, "too_many", max=LIMITS.count)
    if size + found.size > LIMITS.total:
        raise FileRefused(found.name, "total_too_large", max_mb=LIMITS.total // MB)


def remove_proof(draft: str, proof: int) -> None:
    """Takes a file back from an unsent form; one of another form is not touched."""
    with transaction():
        sql.execute("DELETE FROM attachment WHERE id = ? AND draft = ? AND case_file_id IS NULL", (proof, draft))


def sent(token: str) -> Started | None:
    """The case this form has made, with its PIN, if it was sent."""
    found = public.case_sent_by(send_key(token))
    return None if found is None else Started(found.id, found.number, vault.pin(send_key(token)), again=True)


def send(
    token: str, door: Door, answers: Mapping[str, Any], *, now: int, language: str = "id", source: str = ""
) -> Started:
    """Sends a form whose answers its screens found good: one case however often, from however many tabs.

    Raises SlowDown for one `source` (an address) or one NIK after several that the register does not know.
    """
    before = sent(token)
    if before is not None:
        return before
    with identity.slowed(str(answers.get(door.plan.reporter.get("nik", ""), "")), source, now=now) as tries:
        made = _start(token, door, answers, now, language)
        tries.ended(made.case_id)
    forget(draft_of(token))
    return made


def _start(token: str, door: Door, answers: Mapping[str, Any], now: int, language: str) -> Started:
    reporter, report = told(door.plan, answers)
    facts: dict[str, Any] = {
        "organisation": door.organisation,
        "reporter": reporter,
        "report": report,
        "send_key": send_key(token),
        "proofs": [proof.id for proof in public.proofs_of_draft(draft_of(token))],
        "language": language,
    }
    return start(door.process, now=now, **facts)


def sweep(store: Store, *, now: int) -> int:
    """Forgets drafts silent for a week and files that lie with nobody; gives how many drafts went."""
    with transaction():
        old = [row[0] for row in sql.rows("SELECT name FROM draft WHERE saved_ms < ?", (now - KEEP_MS,))]
        _forget(old)
    store.sweep(now - ORPHAN_MS)
    for path in store.kept.glob("??/*"):
        if path.stat().st_mtime_ns < (now - ORPHAN_MS) * 1_000_000 and not _wanted(path.name):
            path.unlink(missing_ok=True)
    return len(old)


def _wanted(content_hash: str) -> bool:
    tables = ("attachment", "publication_photo")
    return any(sql.row(f"SELECT 1 FROM {table} WHERE content_hash = ? LIMIT 1", (content_hash,)) for table in tables)
