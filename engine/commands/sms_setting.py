"""How an administrator sets the taking and sending of SMS (setting `sms`): words, order, limits, people, provider."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from db.connect import transaction
from engine.commands.authority import known
from engine.errors import FormInvalid, NotFound, Objection
from engine.mail import blanks
from engine.offices import policy, settings
from engine.offices.people import Actor
from engine.sms import reading, rules

KEYWORD = re.compile(r"[A-Z]{2,12}")
NUMBERS: Mapping[str, tuple[str, int, int]] = {
    "per_jam": ("per_hour", 1, 1_000),
    "balasan_per_jam": ("replies_per_hour", 1, 1_000),
    "bantuan_per_jam": ("help_per_hour", 1, 10_000),
    "jam_sama": ("same_hours", 1, 240),
    "bagian": ("most_parts", 1, 10),
}
"""Field of the form → name in the setting, the least and the most."""
BLANKS = frozenset({"to", "number", "text", "id", "user", "password"})
METHODS, FORMATS = ("POST", "GET"), ("form", "json")
MOST_FIELDS = 20
TOLD_FIRST = (
    "Isian memakai {password}: isi kata sandi penyedia seperti dalam DISPOSISI_SMS_URL. Tanpa itu, siapa pun yang"
    " mengubah isian dapat membacanya lewat SMS."
)

Problems = dict[str, list[Objection]]


def decide(
    given: Mapping[str, str], operators: Sequence[str] = (), *, knows_password: bool = False, by: Actor, now: int
) -> None:
    """Changes what the form asks; the rest of the setting stays. Journalled. Raises FormInvalid, nothing by halves.

    `knows_password`: they have told the provider's own. Without it no other map may send it: it would be read out.
    """
    policy.must_have(by, "admin", "sms")
    organisation = policy.organisation_of(by)
    before = _before(organisation)
    words = {kind: _words(given.get(f"kata_{kind}", "")) for kind in rules.KEYWORDS}
    problems = {**_wrong_words(given, words), **_wrong_numbers(given), **_wrong_parts(given), **_wrong_http(given)}
    problems |= _wrong_people(given, operators, organisation)
    if sends_password(given) and _http(given) != before.get("http") and not knows_password:
        problems["sandi_penyedia"] = [Objection("password", TOLD_FIRST)]
    if problems:
        raise FormInvalid(problems)
    after = {**before, **_read(given), "keywords": words, "operators": sorted(set(operators))}
    with transaction():
        settings.decide(organisation, rules.SETTING, after, person=by.person_id, now=now)


def _wrong_people(given: Mapping[str, str], operators: Sequence[str], organisation: int) -> Problems:
    """Operators of another government, or SMS without a keyword that another one takes."""
    problems: Problems = {}
    if set(operators) - known(organisation):
        problems["operator"] = [Objection("unknown", "Pilih jabatan dari instansi ini.")]
    other = next((one for one in rules.every() if one.takes_the_rest and one.organisation_id != organisation), None)
    if given.get("sisa") == "ya" and other is not None:
        said = "SMS tanpa kata kunci sudah menjadi urusan instansi lain (%(code)s)."
        problems["sisa"] = [Objection("taken", said, {"code": other.code})]
    return problems


def _read(given: Mapping[str, str]) -> dict[str, Any]:
    """What stands in the form's fields, once nothing in them is wrong."""
    return {
        **{name: int(given[field]) for field, (name, _, _) in NUMBERS.items()},
        "number": given.get("nomor", "").strip()[:30],
        "separators": "".join(given["pemisah"].split()),
        "limits": [f"P{days}D" for days in _days(given.get("batas", ""))],
        "order": _order(given.get("urutan", "")),
        "takes_the_rest": given.get("sisa") == "ya",
        "http": _http(given),
    }


def _before(organisation: int) -> dict[str, Any]:
    before: dict[str, Any] = dict(settings.setting(organisation, rules.SETTING) or {})
    if not before:
        raise NotFound("setting", rules.SETTING)
    return before


def change_address(*, by: Actor, now: int) -> None:
    """Another address for a provider that brings SMS: the old one is closed at once."""
    policy.must_have(by, "admin", "sms")
    organisation = policy.organisation_of(by)
    before = _before(organisation)
    with transaction():
        after = {**before, "webhook": int(before.get("webhook", 1)) + 1}
        settings.decide(organisation, rules.SETTING, after, person=by.person_id, now=now)


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(word for word in re.split(r"[\s,]+", text.upper()) if word))


def _wrong_words(given: Mapping[str, str], words: Mapping[str, list[str]]) -> Problems:
    found: Problems = {}
    seen: set[str] = set()
    for kind, asked in words.items():
        if not asked or any(not KEYWORD.fullmatch(word) for word in asked):
            found[f"kata_{kind}"] = [Objection("keyword", "Tulis kata kunci dengan 2 sampai 12 huruf, dipisah koma.")]
        elif seen & set(asked):
            found[f"kata_{kind}"] = [Objection("twice", "Kata kunci ini sudah dipakai untuk hal lain.")]
        seen |= set(asked)
    marks = "".join(given.get("pemisah", "").split())
    if not marks or len(marks) > 5 or any(mark.isalnum() for mark in marks):
        found["pemisah"] = [Objection("separator", "Tulis 1 sampai 5 tanda pemisah, bukan huruf atau angka.")]
    return found


def _wrong_numbers(given: Mapping[str, str]) -> Problems:
    words = "Tulis bilangan %(least)s sampai %(most)s."
    return {
        field: [Objection("number", words, {"least": least, "most": most})]
        for field, (_, least, most) in NUMBERS.items()
        if not _whole(given.get(field, ""), least, most)
    }


def _whole(text: str, least: int, most: int) -> bool:
    return text.strip().isascii() and text.strip().isdecimal() and least <= int(text.strip()[:6]) <= most


def _days(text: str) -> list[str]:
    return [part for part in re.split(r"[\s,]+", text.strip()) if part]


def _order(text: str) -> list[str]:
    """The parts by their names on paper ("NIK, NAMA IBU, …")."""
    names = {label: name for name, label in reading.PARTS.items()}
    return [names.get(" ".join(part.split()).upper(), "") for part in text.split(",") if part.strip()]


def _wrong_parts(given: Mapping[str, str]) -> Problems:
    found: Problems = {}
    days, order = _days(given.get("batas", "")), _order(given.get("urutan", ""))
    if len(days) != 2 or not all(_whole(day, 1, 250) for day in days):
        found["batas"] = [Objection("days", "Tulis dua bilangan hari kerja: biasa, lalu dengan koordinasi (7, 10).")]
    if "" in order or len(order) != len(set(order)) or order[-1:] != [rules.TEXT]:
        said = "Tulis bagian-bagiannya dipisah koma, masing-masing sekali, ISI paling akhir: %(parts)s."
        found["urutan"] = [Objection("order", said, {"parts": ", ".join(reading.PARTS.values())})]
    return found


# --- a provider by HTTP ---


def _http(given: Mapping[str, str]) -> dict[str, Any]:
    """Nothing where no field is written: the product's own map stands."""
    fields = dict(_fields(given.get("isian", "")))
    if not fields:
        return {}
    status = [int(code) for code in _days(given.get("kode_berhasil", ""))]
    contains = given.get("tanda_berhasil", "").strip()
    success = {**({"status": status} if status else {}), **({"contains": contains} if contains else {})}
    return {"method": given.get("cara", "POST"), "format": given.get("bentuk", "form"), "fields": fields} | (
        {"success": success} if success else {}
    )


def sends_password(given: Mapping[str, str]) -> bool:
    """Whether a field is filled with the provider's password."""
    return any("password" in blanks.BLANK.findall(value) for _, value in _fields(given.get("isian", "")))


def _fields(text: str) -> list[tuple[str, str]]:
    """One `nama = isi` a line."""
    parts = (line.partition("=") for line in text.splitlines() if line.strip())
    return [(name.strip(), value.strip()) for name, _, value in parts]


def _wrong_http(given: Mapping[str, str]) -> Problems:
    found: Problems = {}
    fields = _fields(given.get("isian", ""))
    used = {blank for _, value in fields for blank in blanks.BLANK.findall(value)}
    if any(not name or not value for name, value in fields) or len(fields) > MOST_FIELDS:
        found["isian"] = [Objection("fields", "Tulis satu isian tiap baris: nama = isi, misalnya message = {text}.")]
    elif used - BLANKS or (fields and not ({"to", "number"} & used and "text" in used)):
        said = "Pakai {to} atau {number} untuk tujuan dan {text} untuk isi; selain itu hanya {id}, {user}, {password}."
        found["isian"] = [Objection("blanks", said)]
    if given.get("cara", "POST") not in METHODS or given.get("bentuk", "form") not in FORMATS:
        found["cara"] = [Objection("method", "Pilih cara mengirim dari daftar.")]
    if any(not _whole(code, 100, 599) for code in _days(given.get("kode_berhasil", ""))):
        found["kode_berhasil"] = [Objection("status", "Tulis kode jawaban 100 sampai 599, dipisah koma.")]
    return found
