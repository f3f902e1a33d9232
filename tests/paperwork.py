"""A case with everything that papers must show: returns, a Plh., a deputy, two committees, one that passes it on."""

import re
from io import BytesIO

import siapmas_days as day
from office import Office
from pypdf import PdfReader

from db import sql
from engine import verbs

REPORTER = {"name": "Siti Aminah", "phone": "081298765432", "email": "siti.aminah@contoh.id"}
APART_MINUTES = 7
WEEK_MS = 7 * 86_400_000
BASE = "https://kantor.example.go.id"


def stand_in(office: Office, code: str, who: str, kind: str) -> None:
    """From now on for a week, by letter of order."""
    verbs.appoint(
        int(sql.value("SELECT id FROM office WHERE code = ?", (code,))),
        getattr(office, who).person,
        kind=kind,
        from_ms=office.now,
        until_ms=office.now + WEEK_MS,
        letter="800/12/2026",
        letter_date="2026-04-01",
        by=office.admin.actor,
        now=office.now,
    )


def troubled(office: Office) -> int:
    """To two committees: Kasubag sends back once, Ratna is Plh. Sekwan, a Wakil Ketua sits for the Ketua."""
    stand_in(office, "sekwan", "ratna", "plh")
    stand_in(office, "ketua_dprd", "dewi", "wakil")
    case = office.report("Jembatan gantung rusak", **REPORTER)
    later(office).sekar.registers(case, perihal="Jembatan gantung rusak", urgensi="segera", catatan="Foto terlampir.")
    kasubag, kabag = ("teliti_kasubag", "keputusan_kasubag"), ("teliti_kabag", "keputusan_kabag")
    later(office).wulan.does(case, kasubag[0], **{kasubag[1]: "kembalikan"}, alasan="Nama desa belum dicatat.")
    later(office).sekar.registers(case, perihal="Jembatan gantung rusak di Wonodadi", urgensi="segera")
    later(office).wulan.does(case, kasubag[0], **{kasubag[1]: "teruskan"}, catatan="Berkas lengkap.")
    later(office).hadi.does(case, kabag[0], **{kabag[1]: "teruskan"})
    disposes = {"keputusan_sekwan": "teruskan", "instruksi_sekwan": ["koordinasikan"]}
    later(office).ratna.does(case, "disposisikan_sekwan", **disposes, catatan="Mohon arahan.")
    later(office).dewi.does(case, "disposisikan_ketua", keputusan_ketua="kembalikan", alasan="Sertakan telaahan.")
    disposes["instruksi_sekwan"] = ["telaahan_saran"]
    later(office).ratna.does(case, "disposisikan_sekwan", **disposes)
    day.ketua_disposes(later(office), case, "komisi_1", "komisi_3", who="dewi")
    later(office).ratna.does(case, "cermati_disposisi", keputusan_cermati="lanjut")
    later(office).sekar.does(case, "catat_distribusikan", dicatat="ya", catatan="Dua eksemplar.")
    return case


def goes_on(office: Office, case: int) -> None:
    """Komisi I passes it on to Komisi II; Komisi III reports twice, and its answer is sent back once."""
    day.follows_up(later(office), case, "lilik", "komisi_1", decision="bukan_bidang")
    later(office).ratna.does(case, "alihkan_disposisi", "komisi_1", akd_pengganti="komisi_2", catatan="Urusan pasar.")
    day.follows_up(later(office), case, "yoga", "komisi_3", decision="lanjut")
    second = {"bentuk": "kunjungan_kerja", "laporan": "Jembatan sudah ditinjau.", "tanggal_pelaksanaan": "2026-04-07"}
    later(office).yoga.does(case, "lanjutkan_tindak_lanjut", "komisi_3", keputusan_lanjutan="selesai", **second)
    first = {"isi_balasan": "Naskah pertama yang belum lengkap.", "saluran_balasan": "surat"}
    later(office).sekar.does(case, "susun_balasan", "komisi_3", **first)
    back = {"keputusan_balasan": "kembalikan", "alasan": "Sebutkan hasil peninjauan."}
    later(office).ratna.does(case, "setujui_balasan", "komisi_3", **back)
    answer = {"isi_balasan": "Jembatan ditinjau Komisi III.\nPerbaikan dianggarkan.", "saluran_balasan": "surat"}
    later(office).sekar.does(case, "susun_balasan", "komisi_3", **answer)
    later(office).ratna.does(case, "setujui_balasan", "komisi_3", keputusan_balasan="setuju")


def later(office: Office) -> Office:
    return office.after(minutes=APART_MINUTES)


def words(pdf: bytes) -> str:
    """The text of a paper in one line."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))
