"""What stands at the head of every paper is decided, with its logo; the journal keeps before and after."""

from collections.abc import Mapping
from hashlib import sha256

from db import sql
from db.connect import transaction
from engine import letterheads
from engine.offices import policy, settings
from engine.offices.people import Actor


def decide_letterhead(
    fields: Mapping[str, str], *, picture: bytes | None = None, keep_logo: bool = True, by: Actor, now: int
) -> None:
    """Puts a letterhead in force; `picture` is a new logo (PNG, JPEG), else the one there is stays, or is taken off.

    `fields`: lines, address, signature (a line each) and place. Raises NotAllowed, FormInvalid by field.
    """
    policy.must_have(by, "admin", "decide_letterhead")
    body, organisation = letterheads.read(fields), policy.organisation_of(by)
    kept = letterheads.logo(picture) if picture else None
    with transaction():
        before = settings.setting(organisation, "letterhead") or {}
        body["logo"] = _keep(organisation, kept, now) if kept else before.get("logo", "") if keep_logo else ""
        if body != before:
            settings.decide(organisation, "letterhead", body, person=by.person_id, now=now)


def _keep(organisation: int, picture: bytes, now: int) -> str:
    name = sha256(picture).hexdigest()
    known = "SELECT 1 FROM logo WHERE organisation_id = ? AND content_hash = ?"
    if sql.row(known, (organisation, name)) is None:
        sql.insert("logo", organisation_id=organisation, content_hash=name, body=picture, at_ms=now)
    return name
