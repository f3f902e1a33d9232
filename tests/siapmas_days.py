"""The SIAPMAS chain in sentences, for scenarios: how far the office takes a report."""

from office import Office

ANSWER = "Dinas terkait sudah memperbaiki jalan yang dilaporkan."
REPORT = "Rapat dengar pendapat dengan dinas terkait sudah diadakan."


def to_kasubag(office: Office, case: int) -> None:
    office.sekar.registers(case)


def to_kabag(office: Office, case: int) -> None:
    to_kasubag(office, case)
    office.wulan.does(case, "teliti_kasubag", keputusan_kasubag="teruskan")


def to_sekwan(office: Office, case: int) -> None:
    to_kabag(office, case)
    office.hadi.does(case, "teliti_kabag", keputusan_kabag="teruskan")


def to_ketua(office: Office, case: int) -> None:
    to_sekwan(office, case)
    office.surya.does(
        case,
        "disposisikan_sekwan",
        keputusan_sekwan="teruskan",
        instruksi_sekwan=["koordinasikan"],
        catatan="Mohon arahan.",
    )


def ketua_disposes(
    office: Office, case: int, *committees: str, who: str = "bima", decision: str = "disposisikan"
) -> None:
    getattr(office, who).does(
        case,
        "disposisikan_ketua",
        keputusan_ketua=decision,
        akd=list(committees),
        instruksi_ketua=["ditindaklanjuti"],
        catatan="Segera.",
    )


def distributes(office: Office, case: int) -> None:
    office.surya.does(case, "cermati_disposisi", keputusan_cermati="lanjut")
    office.sekar.does(case, "catat_distribusikan", dicatat="y")


def to_committees(office: Office, case: int, *committees: str) -> None:
    to_ketua(office, case)
    ketua_disposes(office, case, *committees)
    distributes(office, case)


def follows_up(office: Office, case: int, who: str, part: str, *, decision: str = "selesai") -> None:
    getattr(office, who).does(
        case,
        "tindak_lanjuti",
        part,
        keputusan_akd=decision,
        bentuk="rdp",
        rencana="Rapat pekan depan.",
        tanggal_pelaksanaan="2026-04-13",
        laporan=REPORT,
        alasan="Bukan bidang kami.",
    )


def answers(office: Office, case: int, part: str = "", *, channel: str = "email") -> None:
    office.sekar.does(case, "susun_balasan", part, isi_balasan=ANSWER, saluran_balasan=channel)
    office.surya.does(case, "setujui_balasan", part, keputusan_balasan="setuju")
