"""Units, offices, holders, people and accounts: what an administrator may change, and what the office refuses."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest
from kota import Kota
from office import Office, ms

from db import sql
from engine import journal, verbs
from engine.commands import hiring
from engine.commands.offices import Seat
from engine.errors import FormInvalid, NotAllowed, NotFound
from engine.offices import accounts, people


@pytest.fixture
def office(sqlite: str) -> Office:
    return Office("2026-11-23 09.00")


@pytest.fixture
def office_on_both(database: str) -> Office:
    return Office("2026-11-23 09.00")


def key(table: str, code: str) -> int:
    return int(sql.value(f"SELECT id FROM {table} WHERE code = ?", (code,)))


def refused(act: Callable[..., Any], *args: Any, **more: Any) -> dict[str, str]:
    """What the office objected to, per field."""
    with pytest.raises(FormInvalid) as raised:
        act(*args, **more)
    return {name: " ".join(o.sentence for o in found) for name, found in raised.value.problems.items()}


def last_entry() -> tuple[str, dict[str, Any]]:
    kind, facts = sql.rows("SELECT kind, facts FROM journal WHERE chain LIKE 'organisation:%' ORDER BY id DESC")[0]
    return str(kind), orjson.loads(facts)


def told(office: Office) -> dict[str, Any]:
    return {"by": office.admin.actor, "now": office.now}


# --- units ---


def test_a_unit_is_added_renamed_moved_and_closed_each_told_with_before_and_after(office: Office) -> None:
    how = told(office)
    above = key("unit", "sekretariat")
    unit = verbs.add_unit(code="bagian_keuangan", name="Bagian Keuangan", kind="bagian", parent=None, **how)
    verbs.change_unit(unit, code="bagian_uang", name="Bagian Uang", kind="bagian", parent=above, **how)
    kind, facts = last_entry()
    assert kind == "unit_changed"
    assert facts["before"] == {"code": "bagian_keuangan", "name": "Bagian Keuangan", "parent": None}
    assert facts["after"] == {"code": "bagian_uang", "name": "Bagian Uang", "parent": "Sekretariat DPRD"}
    verbs.close_unit(unit, **how)
    assert not sql.value("SELECT active FROM unit WHERE id = ?", (unit,))
    verbs.open_unit(unit, **how)
    verbs.delete_unit(unit, **how)
    assert sql.value("SELECT id FROM unit WHERE id = ?", (unit,)) is None
    assert journal.verify() == []


def test_a_unit_with_open_tasks_or_active_offices_stays_and_the_sentence_names_them(
    office_on_both: Office,
) -> None:
    office = office_on_both
    office.report()
    said = refused(verbs.delete_unit, key("unit", "bagian_umum"), **told(office))["unit"]
    assert "Masih ada 1 tugas terbuka di unit ini, antara lain di Staf Subbagian Tata Usaha." in said
    assert "jabatan aktif di unit ini: Kepala Bagian Umum, Kepala Subbagian Tata Usaha" in said
    assert refused(verbs.close_unit, key("unit", "bagian_umum"), **told(office)) == {"unit": said}


def test_the_tree_of_units_has_no_circle_and_used_codes_stay(office: Office) -> None:
    how = told(office)
    top, below = key("unit", "sekretariat"), key("unit", "bagian_umum")
    same = {"name": "Bagian Umum", "kind": "bagian"}
    verbs.change_unit(below, code="bagian_umum", parent=top, **same, **how)
    assert (
        "di bawah dirinya sendiri"
        in refused(verbs.change_unit, top, code="sekretariat", name="S", kind="", parent=below, **how)["parent"]
    )
    assert "tidak dapat diubah" in refused(verbs.change_unit, below, code="umum", parent=top, **same, **how)["code"]
    assert refused(verbs.add_unit, code="Bagian Umum", name=" ", kind="", parent=None, **how).keys() == {
        "code",
        "name",
    }
    assert refused(verbs.add_unit, code="komisi_1", name="K", kind="", parent=None, **how)["code"] == (
        "Kode ini sudah dipakai oleh Komisi I."
    )


# --- offices ---


def seat(office: Office, **more: Any) -> Seat:
    plan: dict[str, Any] = {"code": "kasubag_uang", "name": "Kasubag Keuangan", "role": "kasubag", "rank": 41}
    return Seat(**plan | {"unit_id": key("unit", "bagian_umum"), "superior_id": key("office", "kabag_umum")} | more)


def test_an_office_is_added_changed_and_closed_once_nothing_waits_there(office: Office) -> None:
    how = told(office)
    made = verbs.add_office(seat(office), **how)
    verbs.change_office(made, seat(office, name="Kepala Subbagian Keuangan"), **how)
    assert last_entry()[1]["before"] == {"name": "Kasubag Keuangan"}
    verbs.close_office(made, **how)
    said = refused(verbs.change_office, key("office", "staf_tu"), staf(office, superior_id=made), **how)
    assert said["superior"] == "Kepala Subbagian Keuangan tidak aktif; pilih atasan yang aktif."
    verbs.open_office(made, **how)
    assert journal.verify() == []


def staf(office: Office, **more: Any) -> Seat:
    same = {"code": "staf_tu", "name": "Staf", "role": "staf", "superior_id": key("office", "kasubag_tu")}
    return seat(office, **same | more)


def test_an_office_in_use_is_not_closed_and_superiors_make_no_circle(office: Office) -> None:
    office.report()
    how = told(office)
    said = refused(verbs.close_office, key("office", "staf_tu"), **how)["office"]
    assert "Masih ada 1 tugas terbuka" in said
    assert "masih dipegang oleh Sekar Ayu Lestari, Joko Purnomo" in said
    under = {"code": "kabag_umum", "superior_id": key("office", "staf_tu")}
    said = refused(verbs.change_office, key("office", "kabag_umum"), seat(office, **under), **how)["superior"]
    assert said == "Staf Subbagian Tata Usaha berada di bawah jabatan ini, jadi tidak dapat menjadi atasannya."
    assert "code" in refused(verbs.change_office, key("office", "staf_tu"), staf(office, code="staf"), **how)
    wrong = seat(office, role="Kepala!", rank=0, unit_id=999, superior_id=999, name="")
    assert refused(verbs.add_office, wrong, **how).keys() == {"role", "rank", "unit", "superior", "name"}


def test_no_task_goes_to_a_closed_office(office: Office) -> None:
    spare = verbs.add_office(seat(office, code="staf_lain", role="staf", rank=1), **told(office))
    verbs.close_office(spare, **told(office))
    case = office.report()
    assert sql.value("SELECT office_id FROM task WHERE case_file_id = ?", (case,)) == key("office", "staf_tu")


# --- holders ---


def test_a_new_holder_ends_the_former_at_that_instant(
    office_on_both: Office,
) -> None:
    office = office_on_both
    place, former = key("office", "kabag_umum"), office.hadi.person
    [held] = sql.rows("SELECT id FROM holding WHERE office_id = ?", (place,))
    begins = ms("2026-12-01 00.00")
    order = {"from_ms": begins, "letter": "821/9/2026", "letter_date": "2026-11-20"}
    verbs.install(place, office.odi.person, **order, instead_of=held[0], **told(office))
    assert [s.person_id for s in people.who_may_act(begins - 1, office_id=place)] == [former]
    assert [s.person_id for s in people.who_may_act(begins, office_id=place)] == [office.odi.person]
    kind, facts = last_entry()
    assert (kind, facts["before"]["holder"], facts["after"]["holder"]) == (
        "installed",
        "Drs. Hadi Santoso",
        "Odi Firmansyah",
    )


def test_a_holder_goes_and_the_office_is_vacant(office: Office) -> None:
    place = key("office", "kabag_umum")
    held = int(sql.value("SELECT id FROM holding WHERE office_id = ?", (place,)))
    assert "sebelum saat ini" in refused(verbs.leave_office, held, at_ms=office.now - 1, **told(office))["until"]
    verbs.leave_office(held, at_ms=office.now, **told(office))
    assert people.who_may_act(office.now, office_id=place) == []


def test_who_may_not_be_installed(office: Office) -> None:
    place, how = key("office", "kabag_umum"), told(office)
    order = {"from_ms": office.now, "letter": "1", "letter_date": "2026-11-20"}
    assert "auditor hanya membaca" in refused(verbs.install, place, office.inggit.person, **order, **how)["person"]
    assert "diri sendiri" in refused(verbs.install, place, office.admin.person, **order, **how)["person"]
    assert "sudah memegang" in refused(verbs.install, place, office.hadi.person, **order, **how)["person"]
    late = order | {"from_ms": office.now - 1, "letter": " "}
    wrong = refused(verbs.install, place, office.odi.person, **late, instead_of=999, **how)
    assert wrong.keys() == {"from", "letter", "instead_of"}


# --- people and accounts ---


def test_someone_new_gets_an_account_by_a_link_and_chooses_the_password(
    office_on_both: Office,
) -> None:
    office = office_on_both
    person = verbs.add_person(name="Nita Rahayu", nip="19990101 202501 2 001", pangkat="Pengatur", **told(office))
    assert "19990101" not in orjson.dumps(last_entry()[1]).decode()
    link = verbs.add_account(person, username="Nita", email="nita@kantor.test", **told(office))
    assert "nita@kantor" not in orjson.dumps(last_entry()[1]).decode()
    password = "kata sandi yang panjang"
    assert accounts.choose_password(link, password, password, now=office.now) == "nita"
    assert accounts.sign_in("nita", password, now=office.now)
    again = refused(verbs.add_account, person, username="nita", email="bukan surel", **told(office))
    assert again.keys() == {"username", "email", "person"}
    assert refused(verbs.add_person, name="X", nip="19990101 2025012001", **told(office))["nip"] == (
        "NIP ini sudah dipakai oleh Nita Rahayu."
    )


def account(office: Office, username: str) -> int:
    return int(sql.value("SELECT id FROM account WHERE username = ?", (username,)))


def test_a_closed_account_is_out_at_once_and_its_claim_is_free(office: Office) -> None:
    case = office.report()
    task = office.sekar.opens(case, "terima")
    verbs.claim(task, by=office.sekar.actor, now=office.now)
    token = accounts.sign_in("sekar", "kata sandi uji coba", now=office.now)
    verbs.close_account(account(office, "sekar"), **told(office))
    assert accounts.session(token, now=office.now) is None
    verbs.claim(task, by=office.joko.actor, now=office.now)
    link = verbs.open_account(account(office, "sekar"), **told(office))
    assert accounts.by_link(link, now=office.now) == "sekar"
    with pytest.raises(NotAllowed):
        accounts.sign_in("sekar", "kata sandi uji coba", now=office.now)


def test_sign_out_everywhere_ends_every_session(office: Office) -> None:
    tokens = [accounts.sign_in("sekar", "kata sandi uji coba", now=office.now) for _ in range(2)]
    assert verbs.sign_out_everywhere(account(office, "sekar"), **told(office)) == 2
    assert not any(accounts.session(token, now=office.now) for token in tokens)


def test_the_last_administrator_stays_and_power_changes_are_told(office: Office) -> None:
    own, how = account(office, "admin"), told(office)
    words = "Ini administrator aktif yang terakhir. Angkat administrator lain dahulu."
    assert refused(verbs.change_account, own, powers=[], email="", **how) == {"powers": words}
    assert refused(verbs.close_account, own, **how) == {"account": words}
    verbs.change_account(account(office, "danu"), powers=["admin", "designer"], email="", **how)
    assert last_entry()[1] | {"what": ""} == {
        "what": "",
        "before": {"powers": "designer"},
        "after": {"powers": "admin designer"},
    }
    verbs.change_account(own, powers=[], email="", **how)


def test_an_auditor_only_reads_by_construction(office: Office) -> None:
    how = told(office)
    change = verbs.change_account
    assert (
        "tidak dapat digabung"
        in refused(change, account(office, "admin"), powers=["admin", "auditor"], email="", **how)["powers"]
    )
    assert (
        "akhiri dahulu jabatannya (Kepala Bagian Umum)"
        in refused(change, account(office, "hadi"), powers=["auditor"], email="", **how)["powers"]
    )
    plh: dict[str, Any] = {"kind": "plh", "letter": "1", "letter_date": "2026-11-20", "until_ms": office.now + 1}
    said = refused(verbs.appoint, key("office", "sekwan"), office.inggit.person, from_ms=office.now, **plh, **how)
    assert "auditor hanya membaca" in said["person"]
    with pytest.raises(FormInvalid):
        hiring.hire(office.organisation, "X", username="x", offices=["staf_tu"], powers=["auditor"], now=office.now)


# --- who may what; the organisation itself ---


def test_who_may_what_is_decided_by_roles_that_exist(office: Office) -> None:
    how = told(office)
    verbs.decide_roles("sees_identity", ["staf"], **how)
    assert last_entry()[1]["after"] == ["staf"]
    assert "lurah" in refused(verbs.decide_roles, "sees_all", ["lurah"], **how)["sees_all"]
    verbs.decide_role_map({"pelaksana_langkah_6": "sekwan", "pelaksana_langkah_7": ""}, **how)
    assert last_entry()[1]["after"] == {"pelaksana_langkah_6": "sekwan"}
    assert refused(verbs.decide_role_map, {"x_y": "tidak_ada"}, **how).keys() == {"x_y"}
    verbs.decide_deputies({"ketua_dprd": ["wakil_ketua"], "sekwan": ["kabag"]}, **how)
    assert "dirinya sendiri" in refused(verbs.decide_deputies, {"kabag": ["kabag"]}, **how)["deputies"]


def test_an_organisation_is_renamed_and_keeps_a_clock_that_exists(office: Office) -> None:
    verbs.change_organisation(name="DPRD Kabupaten", timezone="Asia/Makassar", **told(office))
    assert last_entry()[1]["before"] == {"name": "DPRD Kabupaten Mojokerto", "timezone": "Asia/Jakarta"}
    assert refused(verbs.change_organisation, name="", timezone="Mars/Barsoom", **told(office)).keys() == {
        "name",
        "timezone",
    }


# --- nobody else ---


def test_nobody_else_changes_anything_and_no_administrator_anything_of_another_office(
    office_on_both: Office,
) -> None:
    office = office_on_both
    city = Kota("2026-11-23 09.00")
    theirs = city.organisation
    unit, place = (
        int(sql.value(f"SELECT MIN(id) FROM {t} WHERE organisation_id = ?", (theirs,))) for t in ("unit", "office")
    )
    person = int(sql.value("SELECT MIN(id) FROM person WHERE organisation_id = ?", (theirs,)))
    login, held = (
        int(sql.value(f"SELECT MIN(id) FROM {t} WHERE person_id = ?", (person,))) for t in ("account", "holding")
    )
    order: dict[str, Any] = {"from_ms": office.now, "letter": "1", "letter_date": "2026-11-20"}
    acts: list[tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]] = [
        (verbs.change_unit, (unit,), {"code": "x_y", "name": "X", "kind": "", "parent": None}),
        (verbs.close_unit, (unit,), {}),
        (verbs.open_unit, (unit,), {}),
        (verbs.delete_unit, (unit,), {}),
        (verbs.change_office, (place, seat(office)), {}),
        (verbs.close_office, (place,), {}),
        (verbs.open_office, (place,), {}),
        (verbs.install, (place, person), order),
        (verbs.leave_office, (held,), {"at_ms": office.now}),
        (verbs.change_person, (person,), {"name": "X", "nip": "", "pangkat": ""}),
        (verbs.add_account, (person,), {"username": "xyz"}),
        (verbs.change_account, (login,), {"powers": [], "email": ""}),
        (verbs.close_account, (login,), {}),
        (verbs.open_account, (login,), {}),
        (verbs.issue_link, (login,), {}),
        (verbs.sign_out_everywhere, (login,), {}),
    ]
    for act, args, more in acts:
        with pytest.raises(NotFound):
            act(*args, **more, **told(office))
        with pytest.raises(NotAllowed):
            act(*args, **more, by=office.sekar.actor, now=office.now)
    foreign = refused(verbs.add_office, seat(office, unit_id=unit, superior_id=place), **told(office))
    assert foreign.keys() == {"unit", "superior"}
    assert refused(verbs.add_unit, code="x_y", name="X", kind="", parent=unit, **told(office)).keys() == {"parent"}
