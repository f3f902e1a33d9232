"""The usual ways of a complaint through the demonstration's city, as acts one after the other."""

from collections.abc import Mapping, Sequence

from engine.demo.acts import DAY, Act


def publishes(title: str, text: str, *, after: int = 70) -> Act:
    """The Redaktur puts the edited complaint on the site while it is handled."""
    told = {"keputusan_tayang": "tayangkan", "judul_tayang": title, "isi_tayang": text}
    return Act("sunting_pengaduan", told, after, 9)


def keeps_off(reason: str) -> Act:
    """The Redaktur does not put it on the site."""
    return Act("sunting_pengaduan", {"keputusan_tayang": "tidak_tayang", "alasan": reason}, 70, 6)


def forwards(*, after: int = 60) -> Act:
    """The Petugas passes it on to the Pejabat."""
    return Act("teruskan", {"hasil_penerusan": "teruskan", "catatan": ""}, after, 8)


def goes_to(unit: str) -> Act:
    """The Admin chooses the unit where the subject alone does not."""
    return Act("pilih_skpd", {"skpd_utama": unit, "catatan": ""}, 45, 6)


def reports(text: str, *, after: int = 200) -> Act:
    """The Pejabat looks into it and reports to the Pimpinan."""
    return Act("telaah", {"hasil_telaah": "lapor", "laporan_telaah": text}, after, 35)


def directs(text: str, *, after: int = 180) -> Act:
    """The Pimpinan lets the unit deal with it alone."""
    return Act("arahkan", {"cara_penanganan": "sendiri", "arahan": text}, after, 10)


def coordinates(text: str, units: Sequence[str], *, after: int = 180) -> Act:
    """The Pimpinan wants other units to help: ten working days instead of seven."""
    told = {"cara_penanganan": "koordinasi", "unit_pembantu": list(units), "arahan": text}
    return Act("arahkan", told, after, 14)


def helps(unit: str, text: str, *, after: int = 260) -> Act:
    """A helping unit says what it has to say."""
    return Act("beri_masukan", {"hasil_masukan": "masukan", "masukan": text}, after, 25, unit)


def acts(done: str, *, after: int = DAY, coordinated: bool = False) -> Act:
    """The Pejabat has acted."""
    told = {"hasil_tindak_lanjut": "selesai", "tindakan": done, "perlu_koordinasi": coordinated}
    return Act("tindak_lanjuti", told, after, 60)


def notes(result: str, *, kind: str = "selesai") -> Act:
    """The Pejabat writes the outcome down."""
    return Act("catat_hasil", {"hasil_penyelesaian": kind, "catatan_hasil": result}, 50, 10)


def writes(answer: str, *, after: int = 80) -> Act:
    """The Petugas enters the answer."""
    return Act("input_balasan", {"isi_balasan": answer}, after, 20)


def edits(answer: str, decision: str = "publikasikan", note: str = "", *, after: int = 120) -> Act:
    """The Redaktur lets the answer out, to all or to its reporter alone, or sends it back."""
    told = {"keputusan_redaktur": decision, "isi_balasan": answer, "catatan_redaktur": note}
    return Act("sunting_balasan", told, after, 12)


def rates(stars: int, words: str = "", *, after: int = DAY) -> Act:
    """The citizen says how content they are; the complaint is closed."""
    return Act("tanggapan_pelapor", {"penilaian": str(stars), "komentar": words}, after, 0)


def alone(
    report: str, direction: str, done: str, answer: str, *, slow: int = 0, decision: str = "publikasikan"
) -> list[Act]:
    """From the Petugas to the answer, without another unit; `slow` adds so many working days to the acting."""
    handled = [forwards(), reports(report), directs(direction), acts(done, after=DAY * (1 + slow))]
    return [*handled, notes(done), writes(answer), edits(answer, decision)]


def together(
    report: str, direction: str, inputs: Mapping[str, str], done: str, answer: str, *, more: Sequence[Act] = ()
) -> list[Act]:
    """From the Petugas to the answer, with the help of other units; `more` happens before they have answered."""
    asked = [unit for unit in inputs if unit not in {act.unit for act in more}]
    begun = [forwards(), reports(report), coordinates(direction, asked), *more]
    helped = [helps(unit, said) for unit, said in inputs.items()]
    return [*begun, *helped, acts(done, after=DAY * 3, coordinated=True), notes(done), writes(answer), edits(answer)]
