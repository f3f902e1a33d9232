"""Every page there is, by audience: who looks at it, and where it is in the demo office with `Rooms` furnished."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from browser import everywhere_city
from browser.behind import Behind, inside

import processes
from db import sql
from engine.commands import archive, outage, phrasing, proposing
from engine.commands.declared import Told
from engine.commands.phrasing import Wording
from engine.commands.start import Report, Reporter

CITIZEN: Mapping[str, str] = {
    "/": "/",
    "/panduan": "/panduan",
    "/masuk": "/masuk",
    "/lacak": "/lacak",
    "/lapor": "/lapor",
    "/aduan": "/aduan",
    "/aduan/data": "/aduan/data",
    "/aduan/statistik": "/aduan/statistik",
    "/verifikasi/<code>": "/verifikasi/tidakada",
    "/bantuan/warga": "/bantuan/warga",
}
STAFF: Mapping[str, str] = {
    "/tugas": "/tugas",
    "/tugas/pintasan": "/tugas/pintasan",
    "/tugas/<int:task_id>": "/tugas/{task}",
    "/kasus": "/kasus",
    "/kasus/<int:case_id>": "/kasus/1",
    "/kasus/<int:case_id>/riwayat": "/kasus/1/riwayat",
    "/kasus/<int:case_id>/percakapan": "/kasus/1/percakapan",
    "/kasus/<int:case_id>/tembusan": "/kasus/1/tembusan",
    "/kasus/<int:case_id>/serupa": "/kasus/1/serupa",
    "/kasus/baru": "/kasus/baru",
    "/kasus/tumpukan": "/kasus/tumpukan",
    "/kasus/impor": "/kasus/impor",
    "/agenda/<code>/<int:year>": "/agenda/setwan/2026",
    "/agenda": "/agenda",
    "/ekspedisi": "/ekspedisi",
    "/ekspedisi/<int:year>": "/ekspedisi/2026",
    "/arsip": "/arsip",
    "/arsip/berkas/<int:dossier>": "/arsip/berkas/{dossier}",
    "/arsip/klasifikasi": "/arsip/klasifikasi",
    "/arsip/susut": "/arsip/susut",
    "/gangguan": "/gangguan",
    "/gangguan/catat": "/gangguan/catat",
    "/gangguan/catatan/<int:entry>": "/gangguan/catatan/{entry}",
    "/pemberitahuan": "/pemberitahuan",
    "/templat": "/templat",
    "/templat/<int:phrase_id>": "/templat/{phrase}",
    "/akun": "/akun",
    "/bantuan": "/bantuan",
    "/bantuan/<audience>": "/bantuan/staf",
    "/luring": "/luring",
}
HEAD: Mapping[str, str] = {
    "/pantau": "/pantau",
    "/pantau/disposisi": "/pantau/disposisi",
    "/berhalangan": "/berhalangan",
    "/bantuan/<audience>": "/bantuan/pejabat",
}
KASUBAG: Mapping[str, str] = {"/pantau": "/pantau", "/bantuan/<audience>": "/bantuan/kasubag-kabag"}
AUDITOR: Mapping[str, str] = {
    "/audit": "/audit",
    "/audit/kasus": "/audit/kasus?pilih=terlambat",
    "/audit/kasus/<int:case_id>": "/audit/kasus/1",
    "/audit/terlambat": "/audit/terlambat",
    "/audit/peta": "/audit/peta",
    "/audit/akses": "/audit/akses",
    "/audit/jurnal": "/audit/jurnal",
    "/audit/ekspor": "/audit/ekspor",
    "/bantuan/<audience>": "/bantuan/auditor",
}
DESIGNER: Mapping[str, str] = {
    "/perancang": "/perancang",
    "/perancang/<process>": "/perancang/siapmas?gambar=jawab_pelapor",
    "/perancang/usul": "/perancang/usul",
    "/perancang/usulan": "/perancang/usulan",
    "/perancang/usul/<int:proposal>": "/perancang/usul/{proposal}",
    "/bantuan/<audience>": "/bantuan/perancang",
}
ADMIN: Mapping[str, str] = {
    "/pengaturan": "/pengaturan",
    "/pengaturan/instansi": "/pengaturan/instansi",
    "/pengaturan/unit": "/pengaturan/unit",
    "/pengaturan/unit/<int:unit_id>": "/pengaturan/unit/1",
    "/pengaturan/jabatan": "/pengaturan/jabatan",
    "/pengaturan/jabatan/<int:office_id>": "/pengaturan/jabatan/1",
    "/pengaturan/orang": "/pengaturan/orang",
    "/pengaturan/orang/<int:person_id>": "/pengaturan/orang/1",
    "/pengaturan/pengganti": "/pengaturan/pengganti",
    "/pengaturan/kewenangan": "/pengaturan/kewenangan",
    "/pengaturan/riwayat": "/pengaturan/riwayat",
    "/pengaturan/kalender": "/pengaturan/kalender",
    "/pengaturan/daftar": "/pengaturan/daftar",
    "/pengaturan/daftar/<name>": "/pengaturan/daftar/bidang",
    "/pengaturan/penomoran": "/pengaturan/penomoran",
    "/pengaturan/kop-surat": "/pengaturan/kop-surat",
    "/pengaturan/teks": "/pengaturan/teks",
    "/pengaturan/teks/<key>/<spoken>": "/pengaturan/teks/{text}/id",
    "/pengaturan/kotak-keluar": "/pengaturan/kotak-keluar",
    "/pengaturan/insiden": "/pengaturan/insiden",
    "/pengaturan/kesehatan": "/pengaturan/kesehatan",
    "/pengaturan/cadangan": "/pengaturan/cadangan",
    "/bantuan/<audience>": "/bantuan/administrator",
}
AUDIENCES = {
    "": CITIZEN,
    "sekar": STAFF,
    "wulan": KASUBAG,
    "surya": HEAD,
    "inggit": AUDITOR,
    "danu": DESIGNER,
    "admin": ADMIN,
    **everywhere_city.AUDIENCES,
}
REFUSED = {"sekar": "/tugas/9999999", "odi": "/kasus/1", "admin": "/audit", "": "/entah"}
"""What is not there, or not for them."""

WALKED = {
    "/lapor/<process>": "test_walk",
    "/lapor/<process>/<key>": "test_walk",
    "/lapor/<process>/periksa": "test_walk",
    "/lapor/<process>/terkirim": "test_walk",
    "/lapor/<process>/sama": "test_days_at_the_desk",
    "/lapor/<process>/sama/<reference>": "test_days_at_the_desk",
    "/lacak/lengkapi/<int:task>": "test_without_scripts",
    "/lacak/cabut": "test_without_scripts",
    "/lacak/data": "test_city_walk",
    "/lapor/<process>/nik/terkirim": "test_city_without_scripts",
    "/masuk/sekali/<link>": "test_days_of_the_rules",
    "/kasus/baru/<kunci>/jadi": "test_days_at_the_desk",
    "/kasus/impor/<int:run_id>": "test_days_at_the_desk",
}
"""Pages somebody comes to in a walk only, and which file of tests walks there."""

FILES = (".pdf", ".csv", ".json", ".png", ".bpmn", ".dmn", ".form", "/tanda-terima")
NOT_PAGES = {
    "/healthz",
    "/metrics",
    "/static/<name>",
    "/audit/ekspor/jurnal.<format>",
    "/kasus/<int:case_id>/berkas/<int:proof_id>",
    "/luring.js",
    "/manifest.webmanifest",
    "/tugas/baru",  # part of the desk
    "/pengaturan/penomoran/contoh",  # part of the page of numbers
    "/pengaturan/antrean",  # leads on to the outbox
    "/aduan.rss",
    "/aduan/<public_id>/foto/<int:place>",
    "/kasus/<int:case_id>/foto-tayang/<int:photo>/hasil",
    "/lacak/jawaban",  # a file
    "/lacak/data/salinan",
    "/lacak/jawaban/<part>",
    "/sms/masuk/<key>",  # for a provider's machine
}


def looked_at() -> set[str]:
    """The routes of all pages with somebody who looks at them."""
    return {rule for pages in AUDIENCES.values() for rule in pages} | set(WALKED)


def is_page(rule: str) -> bool:
    return rule not in NOT_PAGES and not rule.endswith(FILES)


@dataclass(frozen=True)
class Rooms:
    """What the demo office lacks, made by the people whose work it is; its numbers fill the blanks of addresses."""

    blanks: Mapping[str, str]

    @classmethod
    def furnished(cls, home: Path) -> "Rooms":
        with inside(home) as office:
            found = {**_desk(office), **_papers(office), "text": "tanda_terima"}
        found |= everywhere_city.furnished(home)
        return cls({blank: str(number) for blank, number in found.items()})

    def address(self, template: str) -> str:
        return template.format(**self.blanks)


def _desk(cast: Behind) -> dict[str, object]:
    sekar, now = cast.sekar.actor, cast.now
    office = sql.value("SELECT office_id FROM holding WHERE person_id = ?", (sekar.person_id,))
    waiting = "SELECT id FROM task WHERE state = 'open' AND office_id = ? AND element = 'terima' ORDER BY id LIMIT 1"
    wording = Wording("Terima kasih", "Terima kasih atas laporan Anda.")
    return {
        "task": sql.value(waiting, (office,)),
        "phrase": phrasing.add_phrase(wording, office=int(str(office)), by=sekar, now=now),
    }


def _papers(cast: Behind) -> dict[str, object]:
    sekar, danu, now = cast.sekar.actor, cast.danu.actor, cast.now
    codes = archive.read_codes(b"kode;nama;aktif;inaktif;nasib\n000.1;Aspirasi;1;2;musnah\n")
    archive.import_codes(codes, by=sekar, now=now)
    code = sql.value("SELECT id FROM classification")
    outage.reserve("siapmas", 2, by=sekar, now=now)
    return {
        "dossier": archive.open_dossier(int(str(code)), "Aspirasi tahun ini", "Lemari 2", by=sekar, now=now),
        "proposal": proposing.draft("siapmas", processes.files("siapmas"), by=danu, now=now),
        "entry": outage.begin(_told(now), None, by=sekar, now=now),
    }


def _told(now: int) -> Told:
    hour = 3_600_000
    report = Report("Jembatan putus sejak subuh.", "Subuh", "Desa Mojorejo", "Jembatan putus")
    return Told("siapmas", now - 5 * hour, now - hour, now - 4 * hour, "loket", Reporter("Slamet"), report)
