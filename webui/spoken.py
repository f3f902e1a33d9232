"""A form and its lists in the language of the page; the document itself is Indonesian."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from flask_babel import gettext as _

from forms import Choice, Field, Screen
from forms.schema import Group, Item, Note
from webui.language import english, say

Lists = Mapping[str, Sequence[Choice]]


def screen(found: Screen) -> Screen:
    """The same questions, asked in the page's language."""
    return _english(found) if english() else found


@lru_cache(maxsize=256)
def _english(found: Screen) -> Screen:
    return replace(found, items=tuple(map(_item, found.items)), unanswered=_("— pilih —"))


def _item(item: Item) -> Item:
    if isinstance(item, Group):
        return replace(item, label=say(item.label), items=tuple(map(_item, item.items)))
    if isinstance(item, Note):
        return replace(item, text=say(item.text))
    return _field(item)


def _field(asked: Field) -> Field:
    options = tuple(choice(option) for option in asked.options)
    law = {"hukum": say(asked.law)} if asked.law else {}
    properties = {**asked.properties, **law}
    return replace(asked, label=say(asked.label), help=say(asked.help), options=options, properties=properties)


def choice(found: Choice) -> Choice:
    """An entry of a list with its label in the page's language."""
    told = {"arti": say(found.attrs["arti"])} if found.attrs.get("arti") else {}
    return found._replace(label=say(found.label), attrs={**found.attrs, **told})


def lists(found: Lists) -> Lists:
    """Office lists with their labels in the page's language."""
    return {key: [choice(entry) for entry in entries] for key, entries in found.items()} if english() else found
