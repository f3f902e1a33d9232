"""A form as it was sent: what was typed, what it means, what is wrong with it."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import flash, request
from flask_babel import gettext as _

from engine.errors import Objection
from webui import language

LONGEST = 200


def typed(names: Iterable[str], longest: int = LONGEST) -> dict[str, str]:
    """What was sent for these fields, trimmed and never longer than a field takes."""
    return {name: request.form.get(name, "").replace("\0", "").strip()[:longest] for name in names}


def sentences(found: Sequence[Any]) -> list[str]:
    """What is wrong with one field, in the page's language."""
    return [language.sentence(o) if isinstance(o, Objection) else str(o) for o in found]


def told(problems: Mapping[str, Sequence[Any]]) -> dict[str, list[str]]:
    """What a verb objected to, per field, in the page's language."""
    return {name: sentences(found) for name, found in problems.items()}


def say_stale() -> None:
    """Tells that the page's token grew old; what was typed comes back with the page."""
    words = _("Halaman ini terlalu lama terbuka. Isian Anda masih ada; periksa, lalu kirim sekali lagi.")
    flash(words, "error")


def uploaded(name: str) -> bytes:
    """The bytes of a file that was sent; none where there is no file."""
    sent = request.files.get(name)
    if sent is None:
        return b""
    try:
        body: bytes = sent.read()
    finally:
        sent.close()  # a large one lies in a file of its own
    return body


@dataclass
class Filled:
    """Reads typed fields one by one and keeps a sentence for each that cannot be taken."""

    typed: dict[str, str]
    problems: dict[str, list[str]] = field(default_factory=dict)

    def number(self, name: str, words: str) -> int:
        """A choice by its id; 0 with a problem when nothing was chosen."""
        text = self.typed[name]
        if text.isascii() and text.isdecimal() and len(text) < 10:
            return int(text)
        self.problems[name] = [words]
        return 0

    def text(self, name: str, words: str, allowed: Container[str] | None = None) -> str:
        """What was typed or chosen; a problem when it is empty or none of what may be chosen."""
        if not self.typed[name] or (allowed is not None and self.typed[name] not in allowed):
            self.problems[name] = [words]
        return self.typed[name]

    def day(self, name: str, words: str) -> date:
        """A date; some date with a problem when it cannot be read."""
        try:
            found = date.fromisoformat(self.typed[name])
            if 2000 <= found.year < 2200:
                return found
        except ValueError:
            pass
        self.problems[name] = [words]
        return date(2000, 1, 1)

    def summary(self, labels: Mapping[str, str], prefix: str = "p") -> dict[str, tuple[str, list[str]]]:
        """The list above the form, in the fields' order."""
        return summary(labels, self.problems, prefix)


def summary(
    labels: Mapping[str, str], problems: Mapping[str, list[str]], prefix: str = "p"
) -> dict[str, tuple[str, list[str]]]:
    """What `m.summary` asks for: field id → its label and what is wrong with it."""
    return {f"{prefix}-{name}": (words, problems[name]) for name, words in labels.items() if name in problems}
