"""Which internal letters an office has: who signs each kind, who gets it, what it carries (the setting `memos`)."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from db.connect import transaction
from engine.commands import authority, changes
from engine.commands.changes import Problems
from engine.errors import NotFound, Objection
from engine.offices import memos, settings
from engine.offices.people import Actor

SETTING, MOST, NAME, BASIS = "memos", 20, 80, 200
CARRIES = (memos.WORDS, memos.CASES, memos.FIGURES)


@dataclass(frozen=True)
class Told:
    """A kind of letter as it was filled in; without signers nobody writes it any more, its letters stay."""

    name: str
    signers: Sequence[str]
    readers: Sequence[str]  # none: everyone
    carries: str
    basis: str
    own_numbers: bool  # else numbered together with the nota dinas


def decide_memo_kind(code: str, told: Told, *, by: Actor, now: int) -> str:
    """Changes one kind, or adds one where `code` is ""; gives its code. Raises NotFound, FormInvalid."""
    with transaction():
        organisation = changes.administers(by, "decide_memo_kind")
        kept: list[dict[str, Any]] = list(settings.setting(organisation, SETTING) or [])
        before = next((one for one in kept if one["code"] == code), None)
        if code and before is None:
            raise NotFound("memo kind", code)
        changes.refuse(_problems(organisation, told, [one for one in kept if one is not before], new=before is None))
        after = _written(code or _made(told.name, {str(one["code"]) for one in kept}), told, before or {})
        if after != before:
            wanted = [after if one is before else one for one in kept] + ([after] if before is None else [])
            settings.decide(organisation, SETTING, wanted, person=by.person_id, now=now)
        return str(after["code"])


def _problems(organisation: int, told: Told, others: Sequence[dict[str, Any]], *, new: bool) -> Problems:
    problems = changes.name_problems(told.name) if len(told.name) <= NAME else _long("name", NAME)
    if told.name.strip().casefold() in {str(one["name"]).casefold() for one in others}:
        problems["name"] = [Objection("taken", "Nama ini sudah dipakai surat lain.")]
    if new and len(others) >= MOST:
        problems["name"] = [Objection("many", "Paling banyak %(most)s macam surat.", {"most": MOST})]
    if new and not told.signers:
        problems["signers"] = [Objection("required", "Pilih sedikitnya satu jabatan yang menandatangani.")]
    if told.carries not in CARRIES:
        problems["carries"] = [Objection("unknown", "Pilih apa yang dibawa surat ini.")]
    if len(told.basis) > BASIS:
        problems |= _long("basis", BASIS)
    for field, roles in (("signers", told.signers), ("readers", told.readers)):
        problems |= authority.unknown(organisation, roles, field)
    return problems


def _long(field: str, most: int) -> Problems:
    return {field: [Objection("too_long", "Paling panjang %(max)s huruf.", {"max": most})]}


def _written(code: str, told: Told, before: dict[str, Any]) -> dict[str, Any]:
    """As the setting keeps it: what is empty is left out."""
    pattern = before.get("numbering") or f"{{urut:03d}}/{_letters(told.name)}/{{tahun}}"
    found = {
        "code": code,
        "name": told.name.strip(),
        "from": sorted(set(told.signers)),
        "to": sorted(set(told.readers)),
        "about": told.carries,
        "basis": told.basis.strip(),
        "numbering": pattern if told.own_numbers else "",
    }
    same = {name: before[name] for name in ("from", "to") if sorted(before.get(name, ())) == found[name] != []}
    return {name: value for name, value in (found | same).items() if value or name == "from"}


def _letters(name: str) -> str:
    """The short mark of a letter in its number: PA of "Petunjuk dan Arahan"."""
    words = [word for word in re.findall(r"[A-Z0-9]+", _plain(name).upper()) if word not in {"DAN", "KEPADA", "UNTUK"}]
    return ("".join(word[0] for word in words) if len(words) > 1 else "".join(words)[:3])[:5] or "S"


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()


def _made(name: str, taken: set[str]) -> str:
    """A code of its words, numbered where it is there already."""
    base = re.sub(r"[^a-z0-9]+", "_", _plain(name).lower()).strip("_")[:24].strip("_") or "surat"
    return next(c for n in range(1, MOST + 2) if (c := base if n == 1 else f"{base}_{n}") not in taken)
