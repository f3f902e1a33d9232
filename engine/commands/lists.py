"""The lists that forms offer: entries are added, renamed, ordered, put out of use; none is ever deleted.

Where another office must agree to changes of a list, a change is kept until it does (`engine.offices.approvals`).
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import orjson

from db import sql
from db.connect import transaction
from engine import journal, lists
from engine.errors import FormInvalid, NotFound, Objection
from engine.offices import approvals, policy
from engine.offices.people import Actor

LABEL = 300
CODE = 64
_CODE = re.compile(r"[a-z][a-z0-9_]{0,63}", re.ASCII)
_ENTRY = "SELECT id, organisation_id, list, code, label, attrs, rank, active FROM choice WHERE id = ?"


def add_entry(name: str, label: str, attrs: Mapping[str, str], *, code: str = "", by: Actor, now: int) -> int:
    """A new entry at the end of a list; gives its id, 0 where it waits. Without `code` it gets one made of its words.

    `attrs` are what forms copy from it: each the code of a unit or office. Raises NotAllowed, NotFound for a list no
    form asks for, FormInvalid at label, code and attr-<name>.
    """
    policy.must_have(by, "admin", "add_entry")
    organisation = policy.organisation_of(by)
    with transaction():
        _lock(organisation)
        _must_exist(organisation, name)
        code = code.strip() or _made(organisation, name, label)
        problems = _problems(organisation, name, label, attrs) | _code_problems(organisation, name, code)
        if problems:
            raise FormInvalid(problems)
        if approvals.role_for(organisation, name):
            facts = {"code": code, "label": label.strip(), "attrs": _kept(attrs)}
            approvals.propose(organisation, name, "tambah", facts, by, now)
            return 0
        return _add(organisation, name, code, label, attrs, by, now)


def _add(organisation: int, name: str, code: str, label: str, attrs: Mapping[str, str], by: Actor, now: int) -> int:
    rank = sql.value("SELECT MAX(rank) FROM choice WHERE organisation_id = ? AND list = ?", (organisation, name))
    after = {"label": label.strip(), "attrs": _kept(attrs), "active": True}
    entry = _insert(organisation, name, code, after, int(rank or 0) + 1)
    _tell(organisation, name, code, None, after, by, now)
    return entry


def change_entry(entry_id: int, label: str, attrs: Mapping[str, str], *, by: Actor, now: int) -> None:
    """Other words or attributes for an entry; its code, and with it every answer given, stays. Raises FormInvalid."""
    policy.must_have(by, "admin", "change_entry")
    with transaction():
        row = _held(entry_id, by)
        problems = _problems(row["organisation"], row["list"], label, attrs)
        if problems:
            raise FormInvalid(problems)
        kept = row["attrs"] | dict.fromkeys(attrs) | _kept(attrs)
        after = {"label": label.strip(), "attrs": {k: v for k, v in kept.items() if v}, "active": row["active"]}
        if not _waits(row, "ubah", after, by, now):
            _change(row, after, by, now)


def use_entry(entry_id: int, active: bool, *, by: Actor, now: int) -> None:
    """Puts an entry out of use, or back. Raises FormInvalid when a form would be left without anything to choose."""
    policy.must_have(by, "admin", "use_entry")
    with transaction():
        row = _held(entry_id, by)
        if not active:
            _must_leave_one(row)
        after = {"label": row["label"], "attrs": row["attrs"], "active": active}
        if not _waits(row, "pakai", after, by, now):
            _change(row, after, by, now)


def move_entry(entry_id: int, places: int, *, by: Actor, now: int) -> None:
    """Moves an entry up (negative) or down in the order people see."""
    policy.must_have(by, "admin", "move_entry")
    with transaction():
        row = _held(entry_id, by)
        if not _waits(row, "urut", {"places": places}, by, now):
            _move(row, places, by, now)


def _move(row: Mapping[str, Any], places: int, by: Actor, now: int) -> None:
    text = "SELECT id FROM choice WHERE organisation_id = ? AND list = ? ORDER BY rank, id"
    before = [int(found[0]) for found in sql.rows(text, (row["organisation"], row["list"]))]
    at = before.index(row["id"])
    after = [one for one in before if one != row["id"]]
    after.insert(min(max(at + places, 0), len(after)), row["id"])
    if after == before:
        return
    for rank, one in enumerate(after):
        sql.execute("UPDATE choice SET rank = ? WHERE id = ?", (rank, one))
    order = {"place": after.index(row["id"]) + 1}
    _tell(row["organisation"], row["list"], row["code"], {"place": at + 1}, order, by, now)


def _waits(row: Mapping[str, Any], act: str, after: Mapping[str, Any], by: Actor, now: int) -> bool:
    """Whether another office must agree first: then the change is kept for it."""
    if not approvals.role_for(row["organisation"], row["list"]):
        return False
    facts = {"entry": row["id"], "code": row["code"], "before": row["label"], **after}
    if act in ("ubah", "pakai") and all(row[name] == after[name] for name in ("label", "attrs", "active")):
        return True
    approvals.propose(row["organisation"], row["list"], act, facts, by, now)
    return True


def put_in_force(organisation: int, name: str, act: str, facts: Mapping[str, Any], by: Actor, now: int) -> None:
    """A change that was agreed to, inside a verb's transaction; looked at again as it stands. Raises FormInvalid."""
    _lock(organisation)
    if act == "tambah":
        changes = _problems(organisation, name, facts["label"], facts["attrs"])
        problems = changes | _code_problems(organisation, name, facts["code"])
        if problems:
            raise FormInvalid(problems)
        _add(organisation, name, facts["code"], facts["label"], facts["attrs"], by, now)
        return
    row = _held(int(facts["entry"]), by)
    if act == "urut":
        _move(row, int(facts["places"]), by, now)
        return
    if act == "pakai" and not facts["active"]:
        _must_leave_one(row)
    wanted = ("active",) if act == "pakai" else ("label", "attrs")
    _change(row, {**{n: row[n] for n in ("label", "attrs", "active")}, **{n: facts[n] for n in wanted}}, by, now)


def _lock(organisation: int) -> None:
    sql.row("SELECT id FROM organisation WHERE id = ?" + sql.for_update(), (organisation,))


def _held(entry_id: int, by: Actor) -> dict[str, Any]:
    found = sql.row(_ENTRY + sql.for_update(), (entry_id,))
    if found is None or found[1] != policy.organisation_of(by):
        raise NotFound("choice", entry_id)
    names = ("id", "organisation", "list", "code", "label", "attrs", "rank", "active")
    row = dict(zip(names, found, strict=True))
    return row | {"attrs": orjson.loads(row["attrs"]), "active": bool(row["active"])}


def _must_exist(organisation: int, name: str) -> None:
    known = sql.row("SELECT 1 FROM choice WHERE organisation_id = ? AND list = ? LIMIT 1", (organisation, name))
    if known is None and name not in lists.uses(organisation):
        raise NotFound("list", name)


def _made(organisation: int, name: str, label: str) -> str:
    """A code of a label's words, numbered where it is there already."""
    plain = unicodedata.normalize("NFKD", label.lower()).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[: CODE - 4] or "isian"
    base = base if base[0].isalpha() else f"n_{base}"[: CODE - 4]
    text = "SELECT code FROM choice WHERE organisation_id = ? AND list = ?"
    taken = {found[0] for found in sql.rows(text, (organisation, name))}
    return next(c for n in range(1, len(taken) + 3) if (c := base if n == 1 else f"{base}_{n}") not in taken)


def _kept(attrs: Mapping[str, str]) -> dict[str, str]:
    return {name: value.strip() for name, value in attrs.items() if value.strip()}


def _problems(organisation: int, name: str, label: str, attrs: Mapping[str, str]) -> dict[str, list[Objection]]:
    problems: dict[str, list[Objection]] = {}
    if not label.strip() or len(label) > LABEL or not label.strip().isprintable():
        words = "Isi namanya, paling panjang %(most)s huruf."
        problems["label"] = [Objection("label", words, {"most": LABEL})]
    known = lists.units(organisation).keys() | lists.offices(organisation).keys()
    use = lists.uses(organisation).get(name, lists.Use())
    for attr in sorted(use.copied & attrs.keys()):
        if attrs[attr].strip() not in known:
            words = "Pilih unit atau jabatan: formulir meneruskan isian ini ke sana."
            problems[f"attr-{attr}"] = [Objection("unknown", words)]
    return problems


def _code_problems(organisation: int, name: str, code: str) -> dict[str, list[Objection]]:
    text = "SELECT 1 FROM choice WHERE organisation_id = ? AND list = ? AND code = ?"
    if not _CODE.fullmatch(code):
        return {"code": [Objection("code", "Kode hanya huruf kecil, angka, dan garis bawah, diawali huruf.")]}
    if sql.row(text, (organisation, name, code)) is not None:
        return {"code": [Objection("twice", "Sudah ada di daftar ini.")]}
    if lists.of_units(organisation, name) and code not in lists.units(organisation):
        return {"code": [Objection("no_unit", "Daftar ini menunjuk unit: pilih unit yang ada.")]}
    return {}


def _must_leave_one(row: Mapping[str, Any]) -> None:
    text = "SELECT COUNT(*) FROM choice WHERE organisation_id = ? AND list = ? AND active AND id <> ?"
    left = sql.value(text, (row["organisation"], row["list"], row["id"]))
    asked = lists.uses(row["organisation"]).get(row["list"])
    if row["active"] and not left and asked:
        words = "Ini isian terakhir: formulir yang menanyakan “%(field)s” tidak akan dapat diisi lagi."
        raise FormInvalid({"active": [Objection("last", words, {"field": min(asked.asked)})]})


def _insert(organisation: int, name: str, code: str, after: Mapping[str, Any], rank: int) -> int:
    attrs = orjson.dumps(after["attrs"]).decode()
    return sql.insert(
        "choice",
        organisation_id=organisation,
        list=name,
        code=code,
        label=after["label"],
        attrs=attrs,
        rank=rank,
        active=True,
    )


def _change(row: Mapping[str, Any], after: Mapping[str, Any], by: Actor, now: int) -> None:
    before = {name: row[name] for name in ("label", "attrs", "active")}
    if before == after:
        return
    values = (after["label"], orjson.dumps(after["attrs"]).decode(), after["active"], row["id"])
    sql.execute("UPDATE choice SET label = ?, attrs = ?, active = ? WHERE id = ?", values)
    _tell(row["organisation"], row["list"], row["code"], before, after, by, now)


def _tell(organisation: int, name: str, code: str, before: Any, after: Any, by: Actor, now: int) -> None:
    facts = {"list": name, "code": code, "before": before, "after": after}
    journal.append(organisation, None, [journal.Entry("choice", now, person=by.person_id, facts=facts)])
