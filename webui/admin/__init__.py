"""The administrator's pages: one module per noun, all on one blueprint. A new noun is one line here."""

from webui.admin import (
    backups,
    calendars,
    home,
    incidents,
    letterheads,
    lists,
    numbering,
    outbox,
    substitutes,
    wordings,
)
from webui.admin.room import bp

__all__ = [
    "backups",
    "bp",
    "calendars",
    "home",
    "incidents",
    "letterheads",
    "lists",
    "numbering",
    "outbox",
    "substitutes",
    "wordings",
]
