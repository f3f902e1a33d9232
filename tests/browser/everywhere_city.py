"""Every page that only the city has or that is another there, by who looks at it; where, once it is `furnished`."""

import hashlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from browser.behind import CityBehind, city
from browser.townspeople import MOTHER, NIK
from PIL import Image

from db import sql
from engine.commands import breaches, disputes, erasure, lists, memos, recaps, scheduled, sms_in
from engine.demo import actor
from engine.sms.gateways import Arrived

CITIZEN: Mapping[str, str] = {
    "/aduan/<public_id>": "/aduan/{published}",
    "/lapor/nik": "/lapor/nik",
    "/lapor/<process>/nik": "/lapor/pengaduan/nik",
}
PETUGAS: Mapping[str, str] = {
    "/tugas": "/tugas",
    "/kasus": "/kasus",
    "/kasus/<int:case_id>": "/kasus/{helped}",
    "/kasus/baru": "/kasus/baru",
    "/rekap": "/rekap",
    "/rekap/<int:recap_id>": "/rekap/{recap}",
}
PEJABAT: Mapping[str, str] = {
    "/kasus/<int:case_id>/unit-pembantu": "/kasus/{helped}/unit-pembantu",
    "/rekap/insidentil": "/rekap/insidentil",
    "/rekap/insidentil/baru": "/rekap/insidentil/baru",
    "/rekap/insidentil/<int:report_id>": "/rekap/insidentil/{incident}",
    "/surat": "/surat",
}
PIMPINAN: Mapping[str, str] = {"/penetapan": "/penetapan"}
REDAKTUR: Mapping[str, str] = {
    "/tugas/<int:task_id>": "/tugas/{editing}",
    "/kasus/<int:case_id>/foto-tayang": "/kasus/{pictured}/foto-tayang",
    "/kasus/<int:case_id>/foto-tayang/<int:photo>": "/kasus/{pictured}/foto-tayang/{photo}",
    "/kasus/<int:case_id>/riwayat": "/kasus/{pictured}/riwayat",
}
ADMIN_PENGADUAN: Mapping[str, str] = {
    "/sms": "/sms",
    "/sms/<int:sms_id>": "/sms/{sms}",
    "/sengketa-nik": "/sengketa-nik",
    "/sengketa-nik/<int:dispute>": "/sengketa-nik/{dispute}",
    "/insiden-data": "/insiden-data",
    "/insiden-data/<int:ident>": "/insiden-data/{breach}",
}
KOORDINATOR: Mapping[str, str] = {
    "/koordinasi": "/koordinasi?unit=dkp",
    "/koordinasi/inventaris": "/koordinasi/inventaris",
    "/koordinasi/monev": "/koordinasi/monev",
    "/surat/baru": "/surat/baru?macam=nota_dinas&unit=dkp&kasus={helped}",
    "/surat/<int:memo_id>": "/surat/{memo}",
    "/penugasan": "/penugasan",
}
KETUA_TIM: Mapping[str, str] = {
    "/koordinasi/papan": "/koordinasi/papan",
    "/surat/baru": "/surat/baru?macam=laporan_tim",
}
PENANGGUNG_JAWAB: Mapping[str, str] = {
    "/aduan/<public_id>/ubah": "/aduan/{published}/ubah",
    "/persetujuan": "/persetujuan",
    "/persetujuan/daftar": "/persetujuan/daftar",
    "/penghapusan": "/penghapusan",
    "/penghapusan/<int:ident>": "/penghapusan/{wish}",
    "/penghapusan/tahan": "/penghapusan/tahan",
    "/penghapusan/tahan/<int:case_id>": "/penghapusan/tahan/{helped}",
    "/surat/baru": "/surat/baru?macam=arahan",
}
WALIKOTA: Mapping[str, str] = {"/rekap/walikota": "/rekap/walikota"}
AUDITOR: Mapping[str, str] = {
    "/audit": "/audit?proses=pengaduan",
    "/audit/terlambat": "/audit/terlambat?proses=pengaduan",
    "/audit/dasar-hukum": "/audit/dasar-hukum",
}
ADMIN: Mapping[str, str] = {
    "/pengaturan": "/pengaturan",
    "/pengaturan/petugas": "/pengaturan/petugas",
    "/pengaturan/sms": "/pengaturan/sms",
    "/pengaturan/surat": "/pengaturan/surat",
    "/pengaturan/daftar/<name>": "/pengaturan/daftar/subyek",
}
DESIGNER: Mapping[str, str] = {"/perancang/<process>": "/perancang/pengaduan"}
AUDIENCES: Mapping[str, Mapping[str, str]] = {
    "warga.kota": CITIZEN,
    "petugas.dkp": PETUGAS,
    "pejabat.dkp": PEJABAT,
    "pimpinan.dkp": PIMPINAN,
    "rendra": REDAKTUR,
    "yanti": ADMIN_PENGADUAN,
    "harini": KOORDINATOR,
    "ketut": KETUA_TIM,
    "gatot": PENANGGUNG_JAWAB,
    "walikota": WALIKOTA,
    "auditor.kota": AUDITOR,
    "admin.kota": ADMIN,
    "perancang.kota": DESIGNER,
}


def furnished(home: Path) -> dict[str, object]:
    """What every one of these pages shows, made by the people whose work it is; where it is."""
    with city(home) as office:
        return {**_complaints(office, home), **_letters(office), **_troubles(office)}


def _complaints(office: CityBehind, home: Path) -> dict[str, object]:
    shown = office.handled("Lampu taman mati", "telaah").case_id
    office.acts(shown, "telaah")
    office.acts(shown, "arahkan", cara_penanganan="koordinasi", perlu_koordinasi=True, unit_pembantu=["klh"])
    pictured = office.sent("Pohon tumbang di Wates").case_id
    waiting = "SELECT id FROM task WHERE case_file_id = ? AND element = 'sunting_pengaduan' AND state = 'open'"
    return {
        "helped": shown,
        "published": sql.value("SELECT public_id FROM publication WHERE case_file_id = ?", (shown,)),
        "pictured": pictured,
        "editing": sql.value(waiting, (pictured,)),
        "photo": _photo(home, pictured, office.now),
    }


def _photo(home: Path, case: int, now: int) -> int:
    """A clean photo of a case, as the citizen's form leaves it."""
    kept = BytesIO()
    Image.new("RGB", (800, 600), "#8a8f86").save(kept, "JPEG")
    body, name = kept.getvalue(), hashlib.sha256(kept.getvalue()).hexdigest()
    path = home / "files" / "kept" / name[:2] / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    row = {"kind": "photo", "media_type": "image/jpeg", "size": len(body), "received_hash": name, "content_hash": name}
    facts = {"state": "clean", "reason": "", "source": "pelapor", "draft": "", "at_ms": now}
    return sql.insert("attachment", case_file_id=case, name="pohon.jpg", **row, **facts)


def _letters(office: CityBehind) -> dict[str, object]:
    scheduled.begin_due(office.now)
    told = memos.Letter("arahan", "Jawaban menyebut tanggal", "Setiap jawaban menyebut kapan dikerjakan.")
    by = office.people["pejabat_dkp"]
    written = recaps.report_incident(
        "Banjir di Wates", "Setinggi lutut sejak subuh.", send_key="b", by=by, now=office.now
    )
    return {
        "recap": sql.value("SELECT MAX(id) FROM recap WHERE unit = 'dkp'"),
        "memo": memos.send_memo(told, by=office.people["penanggung_jawab"], now=office.now),
        "incident": written,
    }


def _troubles(office: CityBehind) -> dict[str, object]:
    now, admin = office.now, office.people["admin_pengaduan"]
    sms_in.take("uji", [Arrived("uji-1", "+6281355512345", f"ADU#{NIK}#{MOTHER}#e#Wates", now)], now)
    for unread in sms_in.unread():
        sms_in.handle(unread, now)
    claim = disputes.Claim(NIK, MOTHER, "Bukan saya yang mengadu.", "081200001111")
    lost = breaches.Told(now, ["kontak"], 3, "Daftar tertinggal di mesin fotokopi.")
    withdrawn = office.sent("Parkir liar di alun-alun").case_id
    lists.add_entry("subyek", "Air minum", {"huruf": "k", "arti": "Air PDAM."}, by=actor("admin.kota"), now=now)
    return {
        "sms": sql.value("SELECT MAX(id) FROM sms_in"),
        "dispute": disputes.dispute(office.organisation, claim, send_key="n", source="uji", now=now),
        "breach": breaches.register(lost, by=admin, now=now),
        "wish": erasure.ask(withdrawn, "hapus", "Saya pindah kota.", now=now),
    }
