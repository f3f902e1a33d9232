"""What every page of the settings shares: the blueprint, the head with its counts, the page asked for."""

from typing import Any

from flask import Blueprint, request

from db.queries import admin
from webui.admin.sections import SECTIONS
from webui.clock import now_ms
from webui.doors import me
from webui.numbers import whole

bp = Blueprint("admin", __name__)

GRACE_MS = 5 * 60_000
"""A job this long past its time should have been done: the worker is slow, or gone."""


def around(here: str) -> dict[str, Any]:
    """What `admin/_head.html` asks for; `here` is the key of the section this page belongs to ("" at home)."""
    counts = admin.queue(me().organisation_id, now_ms(), GRACE_MS)
    return {"section": "pengaturan", "here": here, "counts": counts, "sections": SECTIONS}


def page() -> int:
    """The page of a list that was asked for, from 1."""
    return max(1, request.args.get("halaman", 1, type=whole))
