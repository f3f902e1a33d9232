"""What a page of the settings does with a press or a form: carry it out, or show again what is wrong."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, make_response, redirect
from werkzeug.wrappers import Response

from engine.errors import FormInvalid
from webui.filled import told

Again = Callable[[Mapping[str, list[str]]], str]


def carried(act: Callable[[], Any], said: str, back: str, again: Again) -> Response:
    """A form: `said` on the page behind `back`, or the page again with its problems, everything typed kept."""
    try:
        act()
    except FormInvalid as refused:
        return make_response(again(told(refused.problems)), 422)
    flash(said)
    return redirect(back)


def pressed(act: Callable[[], Any], said: str, back: str) -> Response:
    """A button: whatever is objected to is said above the page it was pressed on."""
    try:
        act()
    except FormInvalid as refused:
        for sentences in told(refused.problems).values():
            flash(" ".join(sentences), "error")
    else:
        flash(said)
    return redirect(back)


def whole_or_none(text: str) -> int | None:
    """A choice by its id; None where nothing, or nothing of ours, was chosen."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
