"""What a case is found by: beginnings of the words of its number and subject, keyed words of everything else.

A copy of the database tells nobody's story: of what a citizen wrote and of their name stand only keyed hashes of the
single words, in no order. Tokens: `d…` number, `p…` subject, `w…` a word told, `n…` a word of the reporter's name.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from db import sql
from db.connect import in_transaction, is_sqlite
from engine import vault
from engine.indexing import Index

LONGEST = 12
"""Beginnings of a word that are kept; a longer word is found by its first so many letters."""
MOST = 600
ASKED = 8
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Document:
    """The tokens of one case: readable, keyed from the story, keyed from the name."""

    plain: str
    words: str
    names: str


def words(text: str) -> list[str]:
    """The different words of a text, without accents and capitals, in order."""
    plain = text
    if not text.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return list(dict.fromkeys(_WORD.findall(plain.casefold())))[:MOST]


def document(number: str, subject: str, story: Mapping[str, object], name: str) -> Document:
    """What is kept of a case."""
    told = words(" ".join(str(part) for part in story.values()))
    return Document(_plain(number, subject), _keyed("w", told), _keyed("n", words(name)))


def _plain(number: str, subject: str) -> str:
    tokens = {_beginning("d", word, size) for word in words(number) for size in range(1, len(word) + 1)}
    tokens |= {_beginning("p", word, size) for word in words(subject) for size in range(1, len(word) + 1)}
    return " ".join(sorted(tokens))


def _beginning(kind: str, word: str, size: int = LONGEST) -> str:
    """A token of ASCII letters and digits only; writing of another kind is kept hashed."""
    start = word[: min(size, LONGEST)]
    return kind + start if start.isascii() else _token(kind, start)


def _keyed(kind: str, found: Iterable[str]) -> str:
    return " ".join(sorted(_token(kind, word) for word in found))


def _token(kind: str, word: str) -> str:
    return kind + vault.mark("cari", kind, word)[:12]


def of_subject(word: str) -> str:
    """The token by which a subject is found that has this word, or one that begins with it."""
    return _beginning("p", word)


def of_story(word: str) -> str:
    """The token of a word that was told."""
    return _token("w", word)


def wanted(text: str, *, told: bool = True, names: bool = False) -> list[list[str]]:
    """For each word asked for the tokens that answer it; `told`: what was told counts, `names`: so does who told it."""
    return [_answers(word, told=told, names=names) for word in words(text)[:ASKED]]


def _answers(word: str, *, told: bool, names: bool) -> list[str]:
    tokens = [_beginning("d", word), _beginning("p", word)]
    return tokens + [_token("w", word)] * told + [_token("n", word)] * names


def numbers(text: str) -> list[list[str]]:
    """The same for a number alone, which even those may use who may know no word of the case."""
    return [[_beginning("d", word)] for word in words(text)[:ASKED]]


def add(case_id: int, made: Document) -> None:
    """Writes the document of a case that has none, in the verb's transaction."""
    key = "rowid" if is_sqlite() else "case_file_id"
    text = f"INSERT INTO case_search ({key}, plain, words, names) VALUES (?, ?, ?, ?)"
    sql.execute(text, (case_id, made.plain, made.words, made.names))


def rename(case_id: int) -> None:
    """The case is called otherwise now."""
    found = sql.row("SELECT number || ' ' || letter_number, subject FROM case_file WHERE id = ?", (case_id,))
    if found is not None:
        sql.execute(f"UPDATE case_search SET plain = ? WHERE {_key()} = ?", (_plain(*found), case_id))


def forget(case_id: int, *, story: bool = False) -> None:
    """Who told it was erased; with `story`, so was what they told."""
    columns = "names = '', words = ''" if story else "names = ''"
    sql.execute(f"UPDATE case_search SET {columns} WHERE {_key()} = ?", (case_id,))


def _key() -> str:
    return "rowid" if is_sqlite() else "case_file_id"


def rewrite(case_id: int) -> None:
    """Writes the document of a case anew from what is kept of it; a name that was set aside finds nothing."""
    assert in_transaction()
    found = sql.row(_KEPT, (case_id,))
    sql.execute(f"DELETE FROM case_search WHERE {_key()} = ?", (case_id,))
    if found is not None:
        number, subject, sealed, reporter, identity = found
        name = str(_opened(identity, f"reporter:{reporter}").get("name", ""))
        add(case_id, document(number, subject, _opened(sealed, f"narrative:{case_id}"), name))


_KEPT = """
SELECT c.number || ' ' || c.letter_number, c.subject, n.sealed, r.id, CASE WHEN c.restricted THEN NULL ELSE r.sealed END
FROM case_file c JOIN reporter r ON r.id = c.reporter_id LEFT JOIN narrative n ON n.case_file_id = c.id WHERE c.id = ?
"""


def _opened(sealed: str | None, place: str) -> Mapping[str, object]:
    """What lies behind a seal; nothing where it was erased or its key is gone."""
    try:
        return dict(vault.unseal(sealed, place)) if sealed else {}
    except vault.Sealed:
        return {}


INDEX = Index("case_file", rewrite)
"""The documents of all cases: what `doctor --reindex`, a restore and an older database have written."""
