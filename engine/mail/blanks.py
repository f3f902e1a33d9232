"""Blanks in a text: filled by plain replacement, in one pass. Nothing in a text is ever carried out as code."""

import re
from collections.abc import Iterator, Mapping

from engine.errors import Objection
from engine.mail.catalogue import (
    BODY_LONGEST,
    SHORT,
    SHORT_LONGEST,
    SUBJECT_LONGEST,
    UNFIT_FOR_SUBJECT,
    Message,
    Text,
)

BLANK = re.compile(r"\{([a-z_]+)\}")
_BRACES = re.compile(r"\{[^{}\n]{0,60}\}?|\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its blanks filled; what is put in is not looked through again, what has no value stays."""
    return BLANK.sub(lambda found: values.get(found[1], found[0]), text)


def subject(text: str, values: Mapping[str, str]) -> str:
    """The same on one line, as a header needs it."""
    return " ".join(fill(text, values).split())[: SUBJECT_LONGEST * 2]


def problems(message: Message, text: Text) -> dict[str, list[Objection]]:
    """What is wrong with an edited text, by its place (`subject`, `body`); empty when it may be used."""
    if message.audience == SHORT:
        words = [*_length(text.body, SHORT_LONGEST), *_foreign(message, text.body), *_missing(message, text)]
        return {"body": words} if words else {}
    found = {
        "subject": [
            *_length(text.subject, SUBJECT_LONGEST),
            *_one_line(text.subject),
            *_foreign(message, text.subject),
        ],
        "body": [*_length(text.body, BODY_LONGEST), *_foreign(message, text.body), *_missing(message, text)],
    }
    found["subject"] += _unfit(message, text.subject)
    return {place: objections for place, objections in found.items() if objections}


def _length(text: str, longest: int) -> Iterator[Objection]:
    if not text.strip():
        yield Objection("empty", "Teks ini tidak boleh kosong.")
    elif len(text) > longest:
        yield Objection("too_long", "Paling banyak %(max)s huruf.", {"max": longest})


def _one_line(text: str) -> Iterator[Objection]:
    if "\n" in text or "\r" in text:
        yield Objection("lines", "Judul hanya satu baris.")


def _foreign(message: Message, text: str) -> Iterator[Objection]:
    """Braces that are no blank of this message: a slip of the pen, or someone hoping that they are carried out."""
    known = {f"{{{name}}}" for name in message.allowed}
    for found in dict.fromkeys(match[0] for match in _BRACES.finditer(text)):
        if found not in known:
            sentence = "“%(blank)s” bukan isian yang dikenal untuk surat ini. Pakai isian dari daftar di samping."
            yield Objection("unknown_blank", sentence, {"blank": found})


def _missing(message: Message, text: Text) -> Iterator[Objection]:
    there = set(BLANK.findall(text.body))
    for name in message.required:
        if name not in there:
            yield Objection("missing_blank", "Isian “%(blank)s” harus ada dalam surat ini.", {"blank": f"{{{name}}}"})


def _unfit(message: Message, text: str) -> Iterator[Objection]:
    for name in dict.fromkeys(BLANK.findall(text)):
        if name in UNFIT_FOR_SUBJECT and name in message.allowed:
            sentence = "Isian “%(blank)s” tidak boleh ada dalam judul: judul terbaca orang lain."
            yield Objection("unfit_blank", sentence, {"blank": f"{{{name}}}"})
