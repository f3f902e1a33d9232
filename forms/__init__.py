"""What people fill in: screens read from form-js documents, and the one place where answers become data."""

from forms.answers import Parsed
from forms.fields import BoundField, BoundScreen
from forms.problems import Flaw, FormInvalid, ListMissing, Problem, ScreenInvalid
from forms.schema import Choice, Condition, Field
from forms.screen import Screen, UnknownScreen, default_lists, load, read, shipped, source

__all__ = [
    "BoundField",
    "BoundScreen",
    "Choice",
    "Condition",
    "Field",
    "Flaw",
    "FormInvalid",
    "ListMissing",
    "Parsed",
    "Problem",
    "Screen",
    "ScreenInvalid",
    "UnknownScreen",
    "default_lists",
    "load",
    "read",
    "shipped",
    "source",
]
