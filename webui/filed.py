"""What a complaint is about, in the office's own words: subject, kind, place; where the organisation files by them."""

from flask import Flask, g
from flask_babel import gettext as _

from db.queries import filed
from db.queries.cases import Head
from engine.offices import settings, standing
from webui import language


def filed_under(head: Head) -> list[tuple[str, str]]:
    """What it is filed under, each with its name; nothing where the organisation names no lists for it."""
    here, stamp = head.organisation_id, g.get("stamp", "")
    lists: dict[str, str] = standing.kept(stamp, settings.setting, here, "case_lists") or {}
    known = filed.under(head.id) if lists else None
    if known is None:
        return []
    entries = standing.kept(stamp, settings.lists, here, tuple(lists.values()))
    labels = {name: {one.code: one.label for one in found} for name, found in entries.items()}
    names = {"topic": _("Subyek"), "kind": _("Jenis"), "place": _("Kelurahan")}
    said = ((part, getattr(known, part)) for part in names if part in lists)
    return [(str(names[part]), language.say(labels[lists[part]].get(code, code))) for part, code in said if code]


def register(app: Flask) -> None:
    """Gives templates `filed_under`."""
    app.add_template_global(filed_under, "filed_under")
