"""A screen of the office: what is asked, how answers are read, how it is drawn."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import Any

from wtforms import Form

from forms import answers as reading_answers
from forms import fields as drawing
from forms.answers import Options, Parsed
from forms.fields import BoundScreen
from forms.problems import Problem
from forms.reading import read_layout
from forms.schema import NAME, Choice, Layout


class UnknownScreen(LookupError):
    """No screen of that key comes with the product."""


class Screen(Layout):
    """A form as read from its document; immutable, shared by every request."""

    def parse(self, answers: Mapping[str, Any], options: Options, facts: Mapping[str, Any] | None = None) -> Parsed:
        """The data in these answers (texts or lists of texts by name), given what the case knows.

        Raises FormInvalid, ListMissing.
        """
        return reading_answers.parse(self, answers, options, facts)

    def form_class(self, options: Options) -> type[Form]:
        """The WTForms class with these lists, cached."""
        return drawing.form_class(self, options)

    def bind(
        self,
        answers: Mapping[str, Any] | None,
        options: Options,
        *,
        problems: Mapping[str, Sequence[Problem]] | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> BoundScreen:
        """Ready to draw: with answers (posted or saved) and their problems, or fresh with proposals from `initial`."""
        return drawing.bind(self, answers, options, problems, initial)


@lru_cache(maxsize=256)
def read(document: bytes, key: str = "") -> Screen:
    """The screen in a form-js document, cached by content; raises ScreenInvalid with every flaw."""
    found = read_layout(document, key)
    return Screen(found.key, found.items, found.properties)


def source(key: str) -> bytes:
    """The document of a screen that comes with the product; raises UnknownScreen."""
    if not NAME.fullmatch(key.replace("-", "_")):
        raise UnknownScreen(key)
    try:
        return (resources.files("forms") / "screens" / f"{key}.form").read_bytes()
    except FileNotFoundError:
        raise UnknownScreen(key) from None


def shipped() -> list[str]:
    """The keys of every screen that comes with the product, sorted."""
    found = (resources.files("forms") / "screens").iterdir()
    return sorted(file.name.removesuffix(".form") for file in found if file.name.endswith(".form"))


@lru_cache(maxsize=256)
def load(key: str) -> Screen:
    """A screen that comes with the product, by its form key; raises UnknownScreen."""
    return read(source(key), key)


def default_lists(process: str) -> dict[str, tuple[Choice, ...]]:
    """The office lists a process starts with, by values key (empty for a process without any)."""
    if not NAME.fullmatch(process):
        return {}
    found = resources.files("forms") / "lists" / f"{process}.json"
    lists = json.loads(found.read_text("utf-8")) if found.is_file() else {}
    return {key: tuple(Choice(e["code"], e["label"], e.get("attrs", {})) for e in rows) for key, rows in lists.items()}
