"""The reporter mends how they can be reached (UU 27/2022 Ps 6); the journal tells which field, never what."""

import re
from typing import Any

from db import sql
from db.connect import transaction
from engine import store, vault
from engine.commands import changes
from engine.errors import NotAllowed, Objection
from engine.held import hold
from forms import values

FIELDS = ("phone", "email", "address")


def correct_contact(case_id: int, *, phone: str, email: str, address: str, now: int) -> list[str]:
    """Gives which fields changed; raises FormInvalid, and NotAllowed once the identity was erased."""
    wanted = {"phone": phone.strip(), "email": email.strip(), "address": address.strip()}
    changes.refuse(_problems(wanted))
    with transaction():
        held = hold(case_id)
        text = "SELECT sealed FROM reporter WHERE id = ?" + sql.for_update()
        sealed = sql.value(text, (held.reporter,))
        if sealed is None:
            raise NotAllowed("contact", "Identitas pelapor sudah dihapus.")
        place = f"reporter:{held.reporter}"
        known: dict[str, Any] = vault.unseal(str(sealed), place)
        changed = [name for name in FIELDS if known.get(name, "") != wanted[name]]
        if changed:
            body = vault.seal({**known, **wanted}, place)
            sql.execute("UPDATE reporter SET sealed = ? WHERE id = ?", (body, held.reporter))
            held.note("contact_corrected", now, facts={"fields": changed})
            store.note_down(held)
        return changed


def _problems(wanted: dict[str, str]) -> changes.Problems:
    found: changes.Problems = {}
    digits = re.sub(r"[\s().+-]", "", wanted["phone"])
    if wanted["phone"] and not (digits.isascii() and digits.isdecimal() and 8 <= len(digits) <= 15):
        found["phone"] = [Objection("phone", "Tulis nomor telepon, misalnya 0812 3456 7890.")]
    if wanted["email"] and not values.is_email(wanted["email"]):  # as the form asks: news must be able to leave
        found["email"] = [Objection("email", "Tulis alamat surel, misalnya nama@contoh.id.")]
    if len(wanted["address"]) > 500:
        found["address"] = [Objection("too_long", "Paling panjang %(max)s huruf.", {"max": 500})]
    return found
