"""A recap is sent or received when its diagram passes the milestone that says so.

`rekap.tutup` = `tanda_tangani` (or several steps, `;` between): those who did these steps last are its signers; its
figures are frozen. `rekap.terima`: the step by which its addressee took it in.
"""

import base64
import secrets
from hashlib import sha256
from typing import Any

import orjson

from db import sql
from db.queries import recaps
from db.queries.recaps import Kept, Signer
from engine.diagrams.catalog import Element
from engine.errors import NotAllowed
from engine.held import Held
from engine.recaps import recap

CODE_BYTES = 10  # 80 bits as 16 letters of base32: nobody guesses one


def reached(held: Held, element: Element, instance: str, now: int) -> None:
    """What a passed milestone means for the recap of its part, inside the verb's transaction."""
    steps = element.props.get("rekap.tutup", "")
    taken = element.props.get("rekap.terima", "")
    kept = recaps.of_case(held.case_id, _unit(instance)) if steps or taken else None
    if kept is not None and steps and kept.sent_ms is None:
        _close(held, kept, [step.strip() for step in steps.split(";")], instance, now)
    if kept is not None and taken:
        _take_in(held, kept, taken, instance, now)


def _unit(instance: str) -> str:
    return instance.rpartition("/")[2]


def _close(held: Held, kept: Kept, steps: list[str], instance: str, now: int) -> None:
    report = recap.reporting(held.organisation, now)
    facts = recap.count(report, kept.unit, kept.month, due_ms=kept.due_ms)
    facts["signers"] = [_signed(one) for one in recaps.signers(held.case_id, steps, instance)]
    facts["closed_ms"] = now
    body = orjson.dumps(facts, option=orjson.OPT_SORT_KEYS)
    mark, code = sha256(body).hexdigest(), base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode().lower()
    sql.execute(
        "UPDATE recap SET figures = ?, fingerprint = ?, code = ?, sent_ms = ? WHERE id = ?",
        (body.decode(), mark, code, now, kept.id),
    )
    values: dict[str, Any] = {"detail": kept.unit, "content_hash": mark, "at_ms": now}
    sql.insert("sheet_code", code=code, kind="rekap", case_file_id=held.case_id, **values)
    held.note(
        "recap_sent", now, facts={"unit": kept.unit, "month": kept.month, "fingerprint": mark, "due": kept.due_ms}
    )


def _signed(one: Signer) -> dict[str, Any]:
    return {**one._asdict()}


def _take_in(held: Held, kept: Kept, step: str, instance: str, now: int) -> None:
    text = (
        "SELECT done_by, done_as, done_office FROM task WHERE case_file_id = ? AND element = ? AND instance = ?"
        " AND state = 'done' ORDER BY done_ms DESC, id DESC LIMIT 1"
    )
    person, acting, office = sql.row(text, (held.case_id, step, instance)) or (None, "", None)
    take_in(held, kept, {"person": person, "acting_as": acting, "office": office}, now)


def take_in(held: Held, kept: Kept, by: dict[str, Any], now: int) -> None:
    """Its addressee has it; the first time counts. Inside the verb's transaction."""
    text = "UPDATE recap SET received_ms = ?, received_by = ?, received_as = ? WHERE id = ? AND received_ms IS NULL"
    if sql.execute(text, (now, by["person"], by["acting_as"], kept.id)).rowcount:
        held.note("recap_received", now, facts={"unit": kept.unit, "month": kept.month}, **by)


def taken_back(held: Held, element: str, instance: str, now: int) -> None:
    """The act that sent a recap is recalled: it is open again. Raises NotAllowed once its addressee has it."""
    drawn = held.closure.diagram.elements.get(element)
    kept = recaps.of_case(held.case_id, _unit(instance)) if drawn and drawn.props.get("rekap.tutup") else None
    if kept is None or kept.sent_ms is None:
        return
    if kept.received_ms is not None:
        raise NotAllowed("recall", "Rekap ini sudah diterima; tidak dapat ditarik kembali.")
    text = "UPDATE recap SET figures = '', fingerprint = '', code = '', sent_ms = NULL WHERE id = ?"
    sql.execute(text, (kept.id,))
    held.note("recap_withdrawn", now, facts={"unit": kept.unit, "month": kept.month})
