"""How the office numbers: patterns and codes are decided, refused where a number would come twice."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from db import sql
from db.connect import transaction
from engine.errors import FormInvalid, Objection
from engine.offices import numbering, policy, settings
from engine.offices.memos import SHARED
from engine.offices.numbering import PatternInvalid
from engine.offices.people import Actor

LOOK_AHEAD = 300
"""So many coming numbers are looked up among those that were given."""
CODE_LENGTH = 30
CODES = "numbering_codes"
_TAKEN = {
    "case": (
        "SELECT number FROM case_file WHERE number IN ({0}) UNION SELECT number FROM blank_sheet"
        " WHERE number IN ({0}) LIMIT 1"
    ),
    "letter": "SELECT number FROM letter WHERE number IN ({0}) AND organisation_id = ? LIMIT 1",
}
_MEMO = "SELECT number FROM memo WHERE number IN ({0}) AND organisation_id = ? LIMIT 1"


def decide_numbering(code: str, pattern: str, codes: Mapping[str, str], *, by: Actor, now: int) -> str:
    """Puts a pattern in force for a kind of number (`engine.offices.numbering.KINDS`), with the codes it names.

    `codes`: "instansi" (of the office, shared by all kinds) and "klasifikasi" (of this kind). Gives the number that
    comes next. Raises NotAllowed, NotFound, FormInvalid for a pattern that is wrong, would repeat or collides.
    """
    policy.must_have(by, "admin", "decide_numbering")
    organisation = policy.organisation_of(by)
    kind = numbering.kind(organisation, code)
    text, given = pattern.strip(), {name: value.strip() for name, value in codes.items()}
    with transaction():
        local = _local(organisation, now)
        problems = problems_of(organisation, code, text, given, local)
        if problems:
            raise FormInvalid(problems)
        _keep(organisation, kind, text, given, by, now)
        return numbering.preview(organisation, code, text, given, local)


def _local(organisation: int, now: int) -> datetime:
    zone = sql.value("SELECT timezone FROM organisation WHERE id = ?", (organisation,))
    return datetime.fromtimestamp(now / 1000, ZoneInfo(str(zone)))


def problems_of(
    organisation: int, code: str, text: str, given: Mapping[str, str], local: datetime
) -> dict[str, list[Objection]]:
    """What is wrong with a pattern and its codes, by field; nothing when it may be put in force."""
    try:
        pattern = numbering.parse(text)
    except PatternInvalid as invalid:
        return {"pattern": invalid.problems}
    problems = {name: found for name in given if (found := _code_problems(pattern, name, given[name]))}
    if not problems:
        long = numbering.too_long(pattern, given)
        clash = None if long else _clash(organisation, code, text, given, local)
        problems = {"pattern": [long or clash]} if long or clash else {}  # type: ignore[list-item]  # one of them is
    return problems


def _code_problems(pattern: numbering.Pattern, name: str, value: str) -> list[Objection]:
    words = {"instansi": "kode instansi", "klasifikasi": "kode klasifikasi"}[name]
    if name in pattern.blanks and not value:
        return [Objection("required", "Pola ini memakai %(name)s: isi kodenya.", {"name": words})]
    if len(value) > CODE_LENGTH or not value.isprintable() or {"{", "}"} & set(value):
        return [Objection("code", "Kode paling panjang %(most)s huruf, tanpa kurung kurawal.", {"most": CODE_LENGTH})]
    return []


def _clash(organisation: int, code: str, text: str, given: Mapping[str, str], local: datetime) -> Objection | None:
    """A number that was given already, here or (case numbers are one row for all) at another organisation."""
    coming = [numbering.preview(organisation, code, text, given, local, n) for n in range(1, LOOK_AHEAD + 1)]
    taken = _taken(organisation, code, coming)
    if taken is not None:
        return Objection("taken", "Nomor %(number)s sudah pernah dipakai; ubah polanya.", {"number": taken})
    if code == "case" and _elsewhere(organisation, coming, local):
        return Objection("elsewhere", "Instansi lain di pemasangan ini memakai pola yang sama; bedakan salah satunya.")
    return _same_register(organisation, code, text, given, local)


def _taken(organisation: int, code: str, coming: list[str]) -> str | None:
    text = _MEMO if code in _of_memos(organisation) else _TAKEN.get(code)
    if text is None:
        return None
    more = [*coming] if code == "case" else [organisation]
    found = sql.value(text.format(sql.marks(coming)), [*coming, *more])
    return None if found is None else str(found)


def _of_memos(organisation: int) -> list[str]:
    """The kinds of number whose numbers stand in one register: none may be there twice."""
    return [SHARED, *numbering.memo_kinds(organisation)]


def _same_register(
    organisation: int, code: str, text: str, given: Mapping[str, str], local: datetime
) -> Objection | None:
    """Another kind of internal letter that would write the same numbers."""
    kinds = _of_memos(organisation)
    if code not in kinds:
        return None
    mine = _samples(numbering.parse(text), given, local)
    for other in kinds:
        pattern = numbering.parse(numbering.pattern_text(organisation, other))
        if other != code and mine & _samples(pattern, numbering.codes(organisation, other), local):
            return Objection("same", "Surat jenis lain memakai pola yang sama; bedakan salah satunya.")
    return None


def _samples(pattern: numbering.Pattern, given: Mapping[str, str], local: datetime) -> set[str]:
    """A short and a long count, written: patterns that differ in their width alone meet in the long one."""
    return {pattern.written({**numbering.values(count, local), **given}) for count in (1, 123_456)}


def _elsewhere(organisation: int, coming: list[str], local: datetime) -> bool:
    """Whether another organisation would write the same number for the same count."""
    count = numbering.last(organisation, "case", local.year) + 1
    others = sql.rows("SELECT id FROM organisation WHERE id <> ?", (organisation,))
    return any(numbering.write(int(other), "case", count, local) == coming[0] for (other,) in others)


def _keep(organisation: int, kind: numbering.Kind, text: str, given: Mapping[str, str], by: Actor, now: int) -> None:
    before = settings.setting(organisation, kind.setting)
    kept: object = text
    if not kind.taken:  # lines of a book keep the look they had
        earlier = before if isinstance(before, list) else [{"from": 0, "pattern": before or kind.default}]
        kept = [*earlier, {"from": now, "pattern": text}]
    if numbering.pattern_text(organisation, kind.code) != text or before is None:
        settings.decide(organisation, kind.setting, kept, person=by.person_id, now=now)
    _keep_codes(organisation, kind.code, given, by, now)


def _keep_codes(organisation: int, code: str, given: Mapping[str, str], by: Actor, now: int) -> None:
    before = settings.setting(organisation, CODES) or {}
    own = dict(before.get("klasifikasi", {})) | {code: given.get("klasifikasi", "")}
    after = {"instansi": given.get("instansi") or before.get("instansi", ""), "klasifikasi": own}
    if after != before:
        settings.decide(organisation, CODES, after, person=by.person_id, now=now)
