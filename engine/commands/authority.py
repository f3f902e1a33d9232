"""Which office does what a diagram's role asks, who may see all files, who may deputise: settings of who may what."""

from collections.abc import Mapping, Sequence

from db import sql
from db.connect import transaction
from engine import lists
from engine.commands import changes
from engine.commands.changes import Problems
from engine.errors import NotFound, Objection
from engine.offices import settings
from engine.offices.people import Actor

LISTS = (
    *("sees_all", "sees_identity", "takes_in", "coordinates", "oversees"),
    *("keeps_archive", "decides_archive", "decides_erasure", "keeps_breaches"),
    *("keeps_identity", "sees_recaps", "yearly_roles"),
)
"""Settings that are a list of roles."""


def decide_roles(name: str, roles: Sequence[str], *, by: Actor, now: int) -> None:
    """Who may see all files, who sees how to reach a reporter, who enters what came by letter. Raises FormInvalid."""
    with transaction():
        organisation = changes.administers(by, name)
        if name not in LISTS:
            raise changes.objection(name, "unknown", "Pengaturan ini tidak dikenal.")
        wanted = sorted(set(roles))
        changes.refuse(unknown(organisation, wanted, name))
        if wanted != sorted(settings.setting(organisation, name)):
            settings.decide(organisation, name, wanted, person=by.person_id, now=now)


NUMBERS: Mapping[str, tuple[int, int, int]] = {
    "erasure_years": (0, 50, 5),
    "sms_years": (0, 50, 1),
    "dispute_years": (0, 50, 5),
    "breach_years": (0, 50, 5),
    "report_years": (0, 50, 5),
    "memo_years": (0, 50, 5),
    "statistics_minimum": (3, 100, 5),
}
"""Settings that are a number: the least, the most, and the product's own."""
FLAGS = ("shows_sender", "reveal_reason")
"""Settings that are yes or no."""
PUBLISHERS, APPROVED = "publishes_for", "approved_lists"
_LIST = "SELECT COUNT(*) FROM choice WHERE organisation_id = ? AND list = ?"
_WAITING = "SELECT COUNT(*) FROM choice_proposal WHERE organisation_id = ? AND list = ? AND state = 'diajukan'"


def decide_figures(numbers: Mapping[str, str], flags: Sequence[str], *, by: Actor, now: int) -> None:
    """Numbers as they were typed, and which of the flags are up. All or nothing. Raises FormInvalid."""
    with transaction():
        organisation = changes.administers(by, "figures")
        problems: Problems = {}
        for name, (least, most, _usual) in NUMBERS.items():
            text = numbers.get(name, "").strip()
            if not (text.isascii() and text.isdecimal() and len(text) < 5 and least <= int(text) <= most):
                words = "Tulis bilangan %(least)s sampai %(most)s."
                problems[name] = [Objection("number", words, {"least": least, "most": most})]
        changes.refuse(problems)
        wanted = {name: int(numbers[name]) for name in NUMBERS} | {name: name in flags for name in FLAGS}
        for name, value in wanted.items():
            if figure(organisation, name) != value:
                settings.decide(organisation, name, value, person=by.person_id, now=now)


def figure(organisation: int, name: str) -> int | bool:
    """A number or a flag in force."""
    found = settings.setting(organisation, name)
    return found if found is not None else NUMBERS[name][2]


def decide_publishers(roles: Mapping[str, Sequence[str]], *, by: Actor, now: int) -> None:
    """Act around what is published (`tarik`, `ralat`) → roles that may do it. Raises FormInvalid."""
    with transaction():
        organisation = changes.administers(by, PUBLISHERS)
        named = sorted({role for found in roles.values() for role in found})
        changes.refuse(unknown(organisation, named, PUBLISHERS))
        wanted = {role: [act for act in roles if role in roles[act]] for role in named}
        if wanted != (settings.setting(organisation, PUBLISHERS) or {}):
            settings.decide(organisation, PUBLISHERS, wanted, person=by.person_id, now=now)


def decide_naming(role: str, beneath: Sequence[str], *, by: Actor, now: int) -> None:
    """The roles whose holders a role appoints in its own unit; none takes it away. Raises FormInvalid."""
    with transaction():
        organisation = changes.administers(by, "names_officers")
        problems = unknown(organisation, [role, *beneath], "names_officers")
        if role in beneath:
            problems["names_officers"] = [Objection("himself", "Sebuah jabatan tidak menunjuk dirinya sendiri.")]
        changes.refuse(problems)
        before: dict[str, list[str]] = dict(settings.setting(organisation, "names_officers"))
        wanted = {**before, role: sorted(set(beneath))} if beneath else {k: v for k, v in before.items() if k != role}
        if wanted != before:
            settings.decide(organisation, "names_officers", wanted, person=by.person_id, now=now)


def decide_approver(name: str, role: str, *, by: Actor, now: int) -> None:
    """The role that must agree to every change of a list; "" where nobody must. Raises NotFound, FormInvalid.

    While a proposal waits the agreement cannot be taken away: nobody could decide it any more.
    """
    with transaction():
        organisation = changes.administers(by, APPROVED)
        before: dict[str, str] = dict(settings.setting(organisation, APPROVED))
        problems = unknown(organisation, [role] if role else [], APPROVED)
        if not sql.value(_LIST, (organisation, name)) and name not in lists.uses(organisation):
            raise NotFound("list", name)
        if not role and sql.value(_WAITING, (organisation, name)):
            words = "Masih ada usul perubahan daftar ini yang menunggu. Putuskan atau cabut dahulu."
            problems[APPROVED] = [Objection("waiting", words)]
        changes.refuse(problems)
        wanted = {k: v for k, v in before.items() if k != name} | ({name: role} if role else {})
        if wanted != before:
            settings.decide(organisation, APPROVED, wanted, person=by.person_id, now=now)


def decide_role_map(roles: Mapping[str, str], *, by: Actor, now: int) -> None:
    """A role named in a diagram → the code of the office that has it here; "" leaves it as drawn."""
    with transaction():
        organisation = changes.administers(by, "role map")
        wanted = {role: office for role, office in roles.items() if office}
        changes.refuse(_unmappable(organisation, wanted))
        if wanted != settings.setting(organisation, "role_map"):
            settings.decide(organisation, "role_map", wanted, person=by.person_id, now=now)


def decide_deputies(deputies: Mapping[str, Sequence[str]], *, by: Actor, now: int) -> None:
    """Role of an office → roles whose holders may stand in for it ("wakil"). Without any: Plh. and Plt. as usual."""
    with transaction():
        organisation = changes.administers(by, "deputies")
        wanted = {role: sorted(set(standing)) for role, standing in deputies.items() if standing}
        named = set(wanted) | {role for standing in wanted.values() for role in standing}
        problems = unknown(organisation, sorted(named), "deputies")
        if any(role in standing for role, standing in wanted.items()):
            problems["deputies"] = [
                Objection("himself", "Sebuah peran tidak dapat menjadi wakil bagi dirinya sendiri.")
            ]
        changes.refuse(problems)
        if wanted != settings.setting(organisation, "deputies"):
            settings.decide(organisation, "deputies", wanted, person=by.person_id, now=now)


def unknown(organisation: int, roles: Sequence[str], field: str) -> Problems:
    """What is wrong with these roles: those that no office here has."""
    unknown = sorted(set(roles) - known(organisation))
    if not unknown:
        return {}
    words = "Tidak ada jabatan dengan peran %(names)s di instansi ini."
    return {field: [Objection("unknown", words, {"names": ", ".join(unknown)})]}


def known(organisation: int) -> set[str]:
    """What a setting may name: the roles and codes of this organisation's offices."""
    rows = sql.rows("SELECT code, role FROM office WHERE organisation_id = ?", (organisation,))
    return {name for row in rows for name in row}


def _unmappable(organisation: int, wanted: Mapping[str, str]) -> Problems:
    rows = sql.rows("SELECT code FROM office WHERE organisation_id = ? AND active", (organisation,))
    codes = {str(row[0]) for row in rows}
    problems: Problems = {}
    for role, office in wanted.items():
        if not changes.CODE.fullmatch(role):
            problems[role] = [Objection("bad_role", "Nama peran ini tidak dapat dipakai.")]
        elif office not in codes:
            problems[role] = [Objection("unknown", "Pilih jabatan aktif dari instansi ini.")]
    return problems
