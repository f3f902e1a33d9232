"""Real cases, made through the verbs, that a big office is copied from: finished ones and ones that wait."""

from collections.abc import Callable

import siapmas_days as day
from office import Office

Story = Callable[[Office, int], None]


class Slow:
    """The office at a pace of its own: every opening and every completion has an instant to itself."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def does(self, who: str, case: int, element: str, part: str = "", **answers: object) -> None:
        official = getattr(self.office.after(minutes=1), who)
        official.opens(case, element, part)
        self.office.after(minutes=1)
        official.does(case, element, part, **answers)

    def registers(self, case: int, **more: object) -> None:
        self.office.after(minutes=1).sekar.opens(case, "terima")
        self.office.after(minutes=1).sekar.registers(case, **more)


def at_staff(office: Office, case: int) -> None:
    """Waits to be registered."""


def at_kasubag(office: Office, case: int) -> None:
    Slow(office).registers(case)


def at_kabag(office: Office, case: int) -> None:
    at_kasubag(office, case)
    Slow(office).does("wulan", case, "teliti_kasubag", keputusan_kasubag="teruskan", catatan="Lengkap.")


def at_sekwan(office: Office, case: int) -> None:
    at_kabag(office, case)
    Slow(office).does("hadi", case, "teliti_kabag", keputusan_kabag="teruskan", catatan="Lengkap.")


def at_ketua(office: Office, case: int) -> None:
    at_sekwan(office, case)
    asked = {"keputusan_sekwan": "teruskan", "instruksi_sekwan": ["koordinasikan"], "catatan": "Mohon arahan."}
    Slow(office).does("surya", case, "disposisikan_sekwan", **asked)


def _disposed(office: Office, case: int, *parts: str) -> None:
    at_ketua(office, case)
    asked = {"keputusan_ketua": "disposisikan", "akd": list(parts), "instruksi_ketua": ["ditindaklanjuti"]}
    Slow(office).does("bima", case, "disposisikan_ketua", **asked, catatan="Segera.")
    Slow(office).does("surya", case, "cermati_disposisi", keputusan_cermati="lanjut")


def at_distribution(office: Office, case: int) -> None:
    _disposed(office, case, "komisi_3")


def at_committee(office: Office, case: int) -> None:
    at_distribution(office, case)
    Slow(office).does("sekar", case, "catat_distribusikan", dicatat="y")


def at_answer(office: Office, case: int) -> None:
    at_committee(office, case)
    asked = {"bentuk": "rdp", "tanggal_pelaksanaan": "2026-04-13", "laporan": day.REPORT}
    Slow(office).does("yoga", case, "tindak_lanjuti", "komisi_3", keputusan_akd="selesai", **asked)


def _answered(office: Office, case: int, part: str) -> None:
    slow = Slow(office)
    slow.does("sekar", case, "susun_balasan", part, isi_balasan=day.ANSWER, saluran_balasan="email")
    slow.does("surya", case, "setujui_balasan", part, keputusan_balasan="setuju")
    office.after(minutes=1).works_off_jobs()


def finished(office: Office, case: int) -> None:
    """The whole chain, one committee."""
    at_answer(office, case)
    _answered(office, case, "komisi_3")


def finished_after_return(office: Office, case: int) -> None:
    """Returned once for a better record, then the whole chain."""
    slow = Slow(office)
    slow.registers(case)
    slow.does("wulan", case, "teliti_kasubag", keputusan_kasubag="kembalikan", alasan="Mohon diperiksa kembali.")
    finished(office, case)


def finished_by_two(office: Office, case: int) -> None:
    """Two committees at once."""
    _disposed(office, case, "komisi_1", "komisi_3")
    slow, asked = Slow(office), {"bentuk": "rdp", "tanggal_pelaksanaan": "2026-04-13", "laporan": day.REPORT}
    slow.does("sekar", case, "catat_distribusikan", dicatat="y")
    for who, part in (("lilik", "komisi_1"), ("yoga", "komisi_3")):
        slow.does(who, case, "tindak_lanjuti", part, keputusan_akd="selesai", **asked)
        _answered(office, case, part)


def not_relevant(office: Office, case: int) -> None:
    """Not the council's business: told so, with the reason."""
    slow = Slow(office)
    slow.registers(case, hasil_verifikasi="tidak_relevan", alasan="Wewenang kabupaten lain.")
    slow.does("wulan", case, "konfirmasi_tidak_relevan", keputusan_konfirmasi="setuju")
    office.after(minutes=1).works_off_jobs()


CLOSED: dict[Story, int] = {finished: 70, finished_after_return: 12, finished_by_two: 10, not_relevant: 8}
OPEN: dict[Story, int] = {
    at_staff: 30,
    at_kasubag: 12,
    at_kabag: 12,
    at_sekwan: 10,
    at_ketua: 10,
    at_distribution: 6,
    at_committee: 12,
    at_answer: 8,
}
"""How often each happens, of a hundred."""
