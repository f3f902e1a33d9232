"""Every page of the staff in English, with something on it: whoever of the cast may open it, reads it."""

import io
import re
from itertools import product

import siapmas_days as day
from citizen import Site
from clerk import Clerk, proof
from english import english
from english_pages import CITYS, Places, addresses, done, last, of_staff, told

import processes
from db import sql
from engine import jobs
from engine.commands import archive, proposing
from webui import importing

CAST = ("sekar", "wulan", "hadi", "surya", "bima", "yoga", "odi", "inggit", "danu", "admin")
HANDS = ("sekar", "hadi", "surya", "admin", "inggit", "danu")
UPLOADED = "Cap waktu,Nama Lengkap,Email,Kronologi\n31/12/2024 08.15.00,Siti,siti@contoh.id,Aspal\n,Tono,bukan surel,\n"
LETTER = {"saluran": "surat", "tanggal_terima": "2026-11-23", "jam_terima": "08.15", "nama": "Paguyuban Krajan"}
LETTER |= {"alamat": "Krajan RT 3", "perihal": "Jembatan rusak", "kronologi": "Jembatan desa rusak."}
LETTER |= {"waktu": "Kemarin", "tempat": "Desa Mojorejo"}
OUTAGE = {"mulai": "2026-11-23T07:30", "sampai": "2026-11-23T08:59", "diterima": "2026-11-23T07:40"}
OUTAGE |= {"saluran": "loket", "nama": "Slamet", "perihal": "Jembatan putus", "kronologi": "Jembatan putus."}
DAYS = {"from": "2026-11-24", "until": "2026-11-26"}
LEAVES = re.compile(r"/(keluar|keluarkan|keluar-semua|nonaktifkan|hapus|akun)$|^/pengaturan/akun|^/akun/sandi")
"""Whoever sends these empty may no longer be there to send the next."""
LATER = [f"<int:{kind}>" for kind in ("sheet", "delivery", "absence_id", "holding_id", "incident_id", "entry_id")]
LATER += ["<int:job_id>", "<int:filter_id>", "<page>"]


def cases(site: Site) -> Places:
    """Reports at several desks, one of them late."""
    with site.asked() as office:
        office.report("Pasar becek")
        far, near = office.report("Jembatan goyah"), office.report("Lampu jalan padam")
        day.to_committees(office, far, "komisi_3", "komisi_1")
        day.follows_up(office, far, "yoga", "komisi_3")
        day.to_kabag(office, near)
        office.after(minutes=700).hadi.opens(near, "teliti_kabag")
        tasks = tuple(str(task) for (task,) in sql.rows("SELECT id FROM task WHERE state = 'open'"))
        return {"<int:case_id>": (str(far), str(near)), "<int:task_id>": tasks, "<int:proof_id>": (proof(site, near),)}


def rooms(site: Site) -> Places:
    """A berkas, a template, a proposal."""
    with site.asked() as office:
        by, now = office.sekar.actor, office.now
        words = {"form": "", "title": "Salam", "body": "Terima kasih.", "rank": 0, "active": True}
        desk = sql.value("SELECT id FROM office WHERE code = 'staf_tu'")
        phrase = sql.insert("phrase", organisation_id=office.organisation, office=desk, **words)
        archive.import_codes(archive.read_codes(b"kode;nama\n000.1;Aspirasi\n"), by=by, now=now)
        code = int(sql.value("SELECT id FROM classification"))
        dossier = archive.open_dossier(code, "Aspirasi 2026", "", by=by, now=now)
        proposal = proposing.draft("siapmas", processes.files("siapmas"), by=office.danu.actor, now=now)
    return {"<int:phrase_id>": (phrase,), "<int:dossier>": (dossier,), "<int:proposal>": (proposal,)}


def written(site: Site, people: dict[str, Clerk]) -> Places:
    """What is filled in at the screens: a list, a letter on the counter, a sheet of the outage, an absence."""
    sekar = people["sekar"]
    run = checked(site, sekar)
    [form] = re.findall(r'action="(/kasus/baru/[^"]+)" enctype', sekar.opens("/kasus/baru").page)
    letter = done(sekar, form, **LETTER)
    done(sekar, "/gangguan/lembar", jumlah="2")
    entry = done(sekar, "/gangguan/catat", **OUTAGE)
    absent(site, people)
    return {"<int:run_id>": last(run), "<kunci>": (letter.split("/")[3],), "<int:entry>": last(entry)}


def checked(site: Site, sekar: Clerk) -> str:
    """A list with a fault in it, looked through by the worker."""
    run = done(sekar, "/kasus/impor", daftar=(io.BytesIO(UPLOADED.encode()), "laporan.csv"))
    with site.asked() as office:
        office.after(minutes=1)
        jobs.run_due(office.now, importing.handlers(site.app.config["OFFICE"], lambda: office.now))
    return run


def absent(site: Site, people: dict[str, Clerk]) -> None:
    with site.asked():
        place = sql.value("SELECT id FROM office WHERE code = 'kabag_umum'")
        seats = {"office": place, "person": sql.value("SELECT id FROM person WHERE name = 'Odi Firmansyah'")}
    done(people["hadi"], "/berhalangan", **seats, **DAYS, kind="plh", reason="Cuti.")
    order = {"kind": "plh", "letter": "800/12", "letter_date": "2026-11-20"}
    done(people["admin"], "/pengaturan/pengganti", **seats, **DAYS, **order)


def settled(site: Site) -> Places:
    """What is there from the first day."""
    with site.asked():
        lists = tuple(name for (name,) in sql.rows("SELECT DISTINCT list FROM choice"))
    one = {f"<int:{kind}_id>": ("1", "2") for kind in ("unit", "office", "person")}
    named = {"<code>": ("setwan",), "<int:year>": ("2026",), "<process>": ("siapmas",), "<name>": lists}
    audiences = ("staf", "kasubag-kabag", "pejabat", "perancang", "auditor", "administrator")
    return {**one, **named, "<key>": ("jawaban",), "<spoken>": ("id", "en"), "<audience>": audiences}


def test_every_page_of_the_staff_is_english(site: Site) -> None:
    places = cases(site) | rooms(site) | settled(site)
    people = {name: english(site, name) for name in CAST}
    places |= written(site, people)
    wrong: set[str] = set()
    for rule in of_staff(site.app, "GET", but=CITYS):
        shown = False
        for address, person in product(addresses(rule, places), people.values()):
            wrong |= told(rule, person.opens(address))
            shown |= person.status in (200, 204, 302, 303, 422)
        wrong |= set() if shown else {f"{rule}: nobody may open it"}
    assert sorted(wrong) == []


def test_what_a_changed_calendar_would_move_is_told_in_english(site: Site) -> None:
    cases(site)
    admin = english(site, "admin")
    for days in ("2026-11-24 Ulang Tahun Kabupaten", "besok", "2026-12-25 Natal"):
        admin.sends("/pengaturan/kalender", ubah="libur", days=days, source="SE Bupati 800/1/2026")
        assert admin.status in (200, 422) and not told(days, admin)
    admin.sends("/pengaturan/kalender", ubah="masa", name="Ramadan", **{"from": "2026-11-25", "to": "2026-11-24"})
    assert not told("a period", admin)


def test_what_is_said_to_a_form_sent_empty_is_english(site: Site) -> None:
    places = cases(site) | rooms(site) | settled(site)
    people = {name: english(site, name) for name in HANDS}
    places |= written(site, people) | dict.fromkeys(LATER, ("1",))
    tokens = {name: person.token() for name, person in people.items()}
    wrong: set[str] = set()
    for rule in (rule for rule in of_staff(site.app, "POST", but=CITYS) if not LEAVES.search(rule)):
        for address, (name, person) in product(addresses(rule, places)[:2], people.items()):
            person.sends(address, token=False, csrf_token=tokens[name])
            wrong |= told(rule, person)
            if person.status in (302, 303):
                wrong |= told(f"{rule}, then", person.opens("/akun"))
    assert sorted(wrong) == []
