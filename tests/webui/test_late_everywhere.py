"""One rule says what is late, and by how much and which article: asked of every page, list, export, letter and SMS."""

import json
import re
from html import unescape
from typing import Any

from cityhall import City
from clerk import Clerk
from office import ms

from db import sql
from db.queries import register_of_cases
from db.queries import reminders as tasks
from db.queries.overdue import Moment
from engine import coordination, reminders, tracking, verbs
from engine.commands.memos import Letter
from engine.mail import staff
from engine.offices import settings
from engine.papers import memo as letters
from engine.sms import rules, standing

SEVEN, TEN = "2026-03-31 16.00", "2026-04-06 16.00"
"""The last closing of what came on Friday 13 March 2026, alone and with another unit."""
ARTICLE = "Perwali 14/2016 Pasal 8 ayat (2)"
WITH_OTHERS = "Perwali 14/2016 Pasal 8 ayat (3)"


def text(page: str) -> str:
    return " ".join(unescape(re.sub(r"(?s)<script.*?</script>|<[^>]+>", " ", page)).split()).replace(" ,", ",")


def level(page: str, element: str) -> str:
    """How hot a step's badge on the diagram is."""
    block = re.search(r'<script type="application/json" id="lencana">(.*?)</script>', page, re.DOTALL)
    assert block
    return next(str(badge["level"]) for badge in json.loads(block[1]) if badge["element"] == element)


def complaint(city: City) -> int:
    with city.asked() as kota:
        case = kota.forwarded(key="terlambat", wilayah="wates")
        kota.acts(case, "sunting_pengaduan")
        assert kota.waits(case) == ["telaah"]
        assert kota.due(case) == ms(SEVEN)
    return case


def public_of(case: int) -> str:
    return str(sql.value("SELECT public_id FROM publication WHERE case_file_id = ?", (case,)))


def pages(city: City, case: int) -> dict[str, tuple[str, str]]:
    """Who opens which address."""
    with city.asked():
        task = sql.value("SELECT id FROM task WHERE case_file_id = ? AND state = 'open'", (case,))
        shown = public_of(case)
    return {
        "kasus": ("auditor.kota", "/kasus"),
        "berkas": ("auditor.kota", f"/kasus/{case}"),
        "koordinasi": ("auditor.kota", "/koordinasi"),
        "inventaris": ("auditor.kota", "/koordinasi/inventaris"),
        "daftar terlambat": ("auditor.kota", "/audit/terlambat?proses=pengaduan&dari=2026-03-01&sampai=2026-04-30"),
        "meja": ("pejabat.dkp", "/tugas"),
        "tugas": ("pejabat.dkp", f"/tugas/{task}"),
        "pantau": ("pimpinan.dkp", "/pantau"),
        "aduan": ("pimpinan.dkp", f"/aduan/{shown}"),
        "daftar aduan": ("pimpinan.dkp", "/aduan"),
    }


def looked_at(city: City, case: int, eyes: dict[str, Clerk]) -> dict[str, str]:
    """Every page as words; who is signed in already stays so."""
    found: dict[str, str] = {}
    for name, (who, address) in pages(city, case).items():
        if who not in eyes or eyes[who].opens(address).status == 302:
            eyes[who] = city.enters(who).opens(address)
        assert eyes[who].status == 200, address
        found[name] = text(eyes[who].page.partition("<main")[2])
    looks = eyes["auditor.kota"].opens
    found["csv"] = looks("/audit/terlambat.csv?proses=pengaduan&dari=2026-03-01&sampai=2026-04-30").page
    found["data terbuka"] = looks("/aduan.csv").page
    found["lencana"] = level(looks("/perancang/pengaduan").page, "telaah")
    return found


def asked(city: City, case: int) -> dict[str, Any]:
    """What is no page: JSON for scripts, the citizen's clock, SMS, letters, counts of the morning's mail."""
    with city.asked() as kota:
        calendar, now = settings.calendar(kota.organisation), kota.now
        number = str(sql.value("SELECT number FROM case_file WHERE id = ?", (case,)))
        near = reminders.near(calendar, now)
        offices = {row[0]: near for row in sql.rows("SELECT office_id FROM task WHERE state = 'open'")}
        (row,) = coordination.questions.inventory(
            coordination.questions.Ask(kota.organisation, *coordination.edges(calendar, now), cases=(case,)), 1
        )[0]
        moment = Moment.of(now, "Asia/Jakarta")
        agencies = coordination.questions.agencies(kota.organisation, *coordination.edges(calendar, now))
        by = rules.of(kota.organisation)
        found = register_of_cases.by_number(now, number)
        assert found is not None and by is not None and moment.midnight == coordination.edges(calendar, now)[0]
        reading = staff.Reading("id", "Asia/Jakarta", "https://kota.id", calendar, now)
        return {
            "json": found.late,
            "lacak": next(c for c in tracking.follow(case, now=now).clocks if c.kind == "answer"),
            "sms": standing.standing(case, by, now)["batas"],
            "surat": letters.state(coordination.line(row, calendar, now)),
            "surel": staff.listed(tasks.pressing(offices, now, 5), 1, reading),
            "ringkasan": tasks.counts(offices, now)["terlambat"],
            "per unit": sum(one.late for one in agencies),
        }


def late_in(found: dict[str, str], told: dict[str, Any]) -> dict[str, bool]:
    """Who says of it that it is late."""
    open_data = found.pop("data terbuka").splitlines()
    says = {"lencana": found.pop("lencana") == "hot", "csv": "0001/ADU/2026" in found.pop("csv")}
    says["data terbuka"] = (
        dict(zip(open_data[0].split(","), open_data[1].split(","), strict=False))["terlambat"] == "ya"
    )
    says |= {name: bool(re.search(r"terlambat \d+ hari|terlambat kurang", words)) for name, words in found.items()}
    clock = told.pop("lacak")
    counted = {name: bool(told.pop(name)) for name in ("json", "ringkasan", "per unit")}
    return says | counted | {"lacak": clock.late is not None} | {name: "terlambat" in v for name, v in told.items()}


def test_on_the_last_day_nobody_calls_it_late_and_from_midnight_everybody_does(city: City) -> None:
    case, eyes = complaint(city), dict[str, Clerk]()
    for moment, late in (("2026-03-31 15.00", False), ("2026-03-31 17.30", False), ("2026-04-01 00.01", True)):
        city.office.at(moment)
        said = late_in(looked_at(city, case, eyes), asked(city, case))
        assert {name for name, says in said.items() if says is not late} == set(), moment
    city.office.at("2026-04-02 10.00")
    the_same_amount_and_the_exact_article(looked_at(city, case, eyes), asked(city, case))
    the_same_in_notices(city, case)


def the_same_amount_and_the_exact_article(found: dict[str, str], told: dict[str, Any]) -> None:
    assert ARTICLE in found.pop("csv")
    assert ARTICLE in found.pop("data terbuka")
    assert found.pop("lencana") == "hot"
    for name in found:
        assert "terlambat 2 hari kerja" in found[name], name
        assert ARTICLE in found[name], name
        assert "ayat (2), ayat (3)" not in found[name], name
        assert "lewat 2 hari kerja" not in found[name], name
    clock = told["lacak"]
    assert (clock.limit, clock.law, clock.late) == (7, ARTICLE, 2)
    assert told["sms"] == "31-03-2026, terlambat 2 hari kerja"
    assert told["surat"] == "terlambat 2 hari kerja"
    assert f"terlambat 2 hari kerja, {ARTICLE}" in told["surel"]


def the_same_in_notices(city: City, case: int) -> None:
    with city.asked() as kota:
        reminders.sweep(kota.now)
        kinds = "SELECT facts FROM notice WHERE kind = 'terlambat' AND case_file = ?"
        facts = json.loads(sql.value(kinds, (case,)))
        assert (facts["basis"], facts["days"]) == (ARTICLE, 7)
    notices = text(city.enters("pejabat.dkp").opens("/pemberitahuan").page)
    assert f"(7 hari kerja, {ARTICLE})" in notices


def test_with_another_unit_it_is_the_other_paragraph_and_a_late_answer_stays_late(city: City) -> None:
    case = complaint(city)
    with city.asked() as kota:
        kota.acts(case, "telaah")
        kota.at("2026-03-16 09.00").acts(case, "arahkan", cara_penanganan="koordinasi", unit_pembantu=["klh"])
        assert kota.due(case) == ms(TEN)
        kota.at("2026-04-08 10.00").acts(case, "beri_masukan")
        sent = Letter("nota_dinas", "Lewat batas", "Mohon dijawab.", [], ["dkp"], [case])
        memo = verbs.send_memo(sent, by=kota.people["koordinator"], now=kota.now)
    page = text(city.enters("harini").opens(f"/surat/{memo}").page)
    assert f"{WITH_OTHERS} · 10 hari kerja · terlambat 2 hari kerja" in page
    shown = text(city.enters("auditor.kota").opens(f"/kasus/{case}").page)
    assert f"terlambat 2 hari kerja batas 10 hari kerja, {WITH_OTHERS}" in shown
    with city.asked() as kota:
        kota.answered(case)
        assert kota.due(case) is None
    city.office.at("2026-04-20 10.00")
    eyes = city.enters("auditor.kota")
    assert f"terlambat 2 hari kerja, {WITH_OTHERS}" in text(eyes.opens("/kasus").page)
    assert "dijawab terlambat 2 hari kerja" in text(eyes.opens("/koordinasi/inventaris").page)
    assert f",2,{WITH_OTHERS}" in eyes.opens("/koordinasi/inventaris.csv").page
    with city.asked() as kota:
        (told,) = register_of_cases.page(kota.now, process="pengaduan", state=None, after=0, limit=5)
        assert told.late
    shown = text(eyes.opens(f"/kasus/{case}").page)
    assert f"terlambat 2 hari kerja, batas 10 hari kerja, {WITH_OTHERS}" in shown
