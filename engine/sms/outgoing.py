"""What is to leave by SMS: written once under its name with the act that wants it, handed over later."""

from collections.abc import Mapping

from db import sql
from db.connect import in_transaction
from engine import vault
from engine.mail import blanks, wordings
from engine.sms import letters, numbers
from engine.sms.rules import Rules

HOUR_MS = 3_600_000
GIVEN_UP_MS = 24 * HOUR_MS
"""A message nobody has taken away for a day counts as failed."""


def order(
    rules: Rules, name: str, message: str, number: str, text: str, now: int, *, case: int | None = None, parts: int = 1
) -> int | None:
    """Inside a verb's transaction: this text is to go to this number, once under this name; None the second time.

    Only GSM-7 letters leave, in at most so many parts.
    """
    assert in_transaction()
    words = letters.cut(text, parts)
    found = sql.row(
        "INSERT INTO sms_out (organisation, name, message, case_file, sender_mark, sealed, parts, gateway_key, state,"
        " reason, tries, made_ms, due_ms) VALUES (?, ?, ?, ?, ?, '', ?, '', 'waiting', '', 0, ?, ?)"
        " ON CONFLICT (name) DO NOTHING RETURNING id",
        (
            rules.organisation_id,
            name,
            message,
            case,
            numbers.sender_mark(number),
            letters.length(words).parts,
            now,
            now,
        ),
    )
    if found is None:
        return None
    sealed = vault.seal({"number": number, "text": words}, f"sms_out:{found[0]}")
    sql.execute("UPDATE sms_out SET sealed = ? WHERE id = ?", (sealed, found[0]))
    return int(found[0])


def worded(rules: Rules, message: str, values: Mapping[str, str], language: str = "id") -> str:
    """The office's words of a message with its blanks filled."""
    return blanks.fill(wordings.in_force(rules.organisation_id, message, language).body, values)


def sent_within(mark: str, since: int, message: str = "") -> int:
    """How many replies to this number were ordered since then; of one message alone where it is named."""
    text = "SELECT COUNT(*) FROM sms_out WHERE sender_mark = ? AND made_ms > ?"
    values: list[object] = [mark, since]
    if message:
        text, values = text + " AND message = ?", [*values, message]
    return int(sql.value(text, values))
