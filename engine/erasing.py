"""What is erased of a case, inside a verb's transaction: who told it, what was told, what was written about it.

Facts, times, offices and the journal stay, so that the books still add up. Attachments lose their names and the
reference to their file; the file itself goes with the next nightly sweep. What was published without identity stays.
"""

from collections.abc import Mapping
from typing import Any

from db import sql
from db.connect import in_transaction
from engine import search, vault

GONE = "(Sudah dihapus menurut jadwal retensi atau permintaan.)"
STORY = {"chronology": GONE, "when": "", "where": ""}


def erase(case_id: int, now: int) -> dict[str, int]:
    """Erases the personal data of a case; gives what went, counted by kind."""
    assert in_transaction()
    counted = {
        "identitas": _people(case_id, now),
        "isi": _story(case_id),
        "lampiran": _attachments(case_id),
        "catatan": _acts(case_id),
        "percakapan": _comments(case_id),
        "draf": _drafts(case_id),
        "pesan": _messages(case_id),
    }
    search.forget(case_id, story=True)
    search.rename(case_id)
    return {kind: count for kind, count in counted.items() if count}


def _people(case_id: int, now: int) -> int:
    """The reporter and whoever joined the report."""
    whose = "SELECT reporter_id FROM case_file WHERE id = ? UNION SELECT reporter_id FROM companion"
    text = "UPDATE reporter SET sealed = NULL, mark = '', nik_mark = '', registry = '', erased_ms = ?"
    done = sql.execute(
        f"{text} WHERE erased_ms IS NULL AND id IN ({whose} WHERE case_file_id = ?)", (now, *[case_id] * 2)
    )
    return int(done.rowcount)


def _story(case_id: int) -> int:
    """Letter and subject, and what lies of them in an incident, an act that could be undone, an entry of an outage."""
    sealed = vault.seal(STORY, f"narrative:{case_id}")
    done = sql.execute("UPDATE narrative SET sealed = ? WHERE case_file_id = ?", (sealed, case_id))
    sql.execute("UPDATE case_file SET subject = '' WHERE id = ? AND NOT worded", (case_id,))
    sql.execute("UPDATE incident SET sealed_input = NULL WHERE case_file_id = ?", (case_id,))
    sql.execute("DELETE FROM last_act WHERE case_file_id = ?", (case_id,))
    for entry, kept in sql.rows("SELECT id, sealed FROM back_entry WHERE case_file = ?", (case_id,)):
        empty("back_entry", int(entry), str(kept), f"back_entry:{entry}")
    return int(done.rowcount)


def _attachments(case_id: int) -> int:
    """The files, and the painted copies of photos that nobody is shown any more: the nightly sweep takes both away."""
    sql.execute(
        "DELETE FROM publication_photo WHERE case_file_id = ? AND NOT EXISTS (SELECT 1 FROM publication p"
        " WHERE p.case_file_id = publication_photo.case_file_id AND p.state = 'tayang')",
        (case_id,),
    )
    text = (
        "UPDATE attachment SET name = 'dihapus', content_hash = '', received_hash = '', state = 'refused', reason = ?"
    )
    return int(sql.execute(f"{text} WHERE case_file_id = ? AND content_hash <> ''", (GONE, case_id)).rowcount)


def _acts(case_id: int) -> int:
    """The texts written at its tasks; the choices stay."""
    found = sql.rows("SELECT id, task_id, sealed FROM submission WHERE case_file_id = ?", (case_id,))
    for ident, task, kept in found:
        empty("submission", int(ident), str(kept), f"submission:{task}")
    return len(found)


def _comments(case_id: int) -> int:
    sealed = vault.seal({"text": GONE}, f"comment:{case_id}")
    return int(sql.execute("UPDATE comment SET sealed = ? WHERE case_file_id = ?", (sealed, case_id)).rowcount)


def _drafts(case_id: int) -> int:
    gone = 0
    for (task,) in sql.rows("SELECT id FROM task WHERE case_file_id = ?", (case_id,)):
        text = "DELETE FROM draft WHERE name LIKE ? OR name = ?"
        gone += int(sql.execute(text, (f"task:{task}:%", f"lacak:{task}")).rowcount)
    return gone


def _messages(case_id: int) -> int:
    """SMS that brought it or came beside it, and those that were sent about it; what was published and taken down."""
    brought = f"SELECT id, sealed, 'sms_in:' || id FROM sms_in WHERE {_THEIRS}"
    sent = "SELECT id, sealed, 'sms_out:' || id FROM sms_out WHERE case_file = ?"
    taken_down = (
        "SELECT v.id, v.sealed, 'publication:' || p.id || ':' || v.seq FROM publication_version v"
        " JOIN publication p ON p.id = v.publication_id WHERE p.case_file_id = ? AND p.state <> 'tayang'"
    )
    sql.execute("UPDATE publication SET answer = '' WHERE case_file_id = ? AND state <> 'tayang'", (case_id,))
    gone = 0
    for table, text in (("sms_in", brought), ("sms_out", sent), ("publication_version", taken_down)):
        for ident, kept, place in sql.rows(text, [case_id] * text.count("?")):
            empty(table, int(ident), str(kept), str(place))
            gone += 1
    sql.execute("UPDATE sms_out SET sender_mark = '' WHERE case_file = ?", (case_id,))
    sql.execute(f"UPDATE sms_in SET sender_mark = '', text_mark = '' WHERE {_THEIRS}", (case_id, case_id))
    return gone


_THEIRS = """
id IN (
  SELECT b.id FROM case_file c JOIN sms_in b ON b.send_key = c.send_key AND b.send_key <> '' WHERE c.id = ?
  UNION SELECT s.id FROM case_file c JOIN sms_in b ON b.send_key = c.send_key AND b.send_key <> ''
  JOIN sms_in s ON s.sender_mark = b.sender_mark AND s.sender_mark <> '' AND s.send_key = ''
    AND s.state NOT IN ('baru', 'kurang', 'ditahan') WHERE c.id = ?)
"""
"""The SMS that made a case, and whatever its sender wrote that made none and waits for nobody: the same again, answers,
what was not understood at first. Each may hold a NIK."""


def empty(table: str, ident: int, kept: str, place: str, *, column: str = "sealed") -> None:
    """The same shape without a word in it; what does not open any more is sealed as nothing."""
    try:
        content: Any = emptied(vault.unseal(kept, place)) if kept else {}
    except vault.Sealed:
        content = {}
    sql.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (vault.seal(content, place), ident))


KEPT = frozenset({"process", "channel", "language", "element", "verb", "kind", "office", "instance", "form"})
"""Words of the product, not of people, where an entry of an outage holds both."""


def emptied(content: Any, name: str = "") -> Any:
    """A JSON value with the same keys and numbers, and every text of people gone."""
    if isinstance(content, Mapping):
        return {key: emptied(value, str(key)) for key, value in content.items()}
    if isinstance(content, list):
        return [emptied(value, name) for value in content]
    return "" if isinstance(content, str) and name not in KEPT else content
