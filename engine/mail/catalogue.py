"""Every message the product sends, to citizens and to staff, in both languages, and which blanks each may have."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

LANGUAGES = ("id", "en")
SUBJECT_LONGEST, BODY_LONGEST = 150, 5_000
SHORT = "sms"
"""The audience of messages that leave by SMS: no subject, short, in the letters every telephone has."""
SHORT_LONGEST = 160

CASE = ("nomor", "nama", "instansi", "alamat", "tanggal")
COMPANION = ("nama", "instansi", "perihal", "lapor")
STAFF = ("nama", "instansi", "alamat")
COUNTS = ("terlambat", "segera", "baru")
UNFIT_FOR_SUBJECT = frozenset({"isi", "pin", "daftar", "nama", "alamat"})
"""A subject is read on locked screens and by servers on the way: nothing personal, nothing long."""

NEWS = "kabar"
"""What a message without words of its own says: that there is news."""


@dataclass(frozen=True)
class Text:
    """One message in one language."""

    subject: str
    body: str


@dataclass(frozen=True)
class Message:
    """A message: for whom, what may stand in it, what must. `field` is the answer that `{isi}` quotes."""

    key: str
    audience: str  # pelapor, petugas, sms
    allowed: tuple[str, ...]
    required: tuple[str, ...] = ()
    field: str = ""


MESSAGES = {
    message.key: message
    for message in (
        Message("tanda_terima", "pelapor", (*CASE, "pin"), ("nomor", "pin")),
        Message("minta_kelengkapan", "pelapor", (*CASE, "isi", "batas"), ("nomor", "isi"), "yang_kurang"),
        Message("ditutup_tidak_lengkap", "pelapor", CASE, ("nomor",)),
        Message("tidak_dilanjutkan", "pelapor", (*CASE, "isi"), ("nomor", "isi"), "alasan"),
        Message("minta_keterangan", "pelapor", (*CASE, "isi", "batas"), ("nomor", "isi"), "pertanyaan"),
        Message("tidak_ditindaklanjuti", "pelapor", (*CASE, "isi"), ("nomor", "isi"), "alasan"),
        Message("diteruskan_ke_inspektorat", "pelapor", CASE, ("nomor",)),
        Message("jawaban", "pelapor", (*CASE, "isi"), ("nomor", "isi"), "isi_balasan"),
        Message("tanda_pencabutan", "pelapor", CASE, ("nomor",)),
        Message("serupa_dijawab", "pelapor", COMPANION),
        Message("serupa_berakhir", "pelapor", COMPANION),
        Message("dibuka_kembali", "pelapor", (*CASE, "lama", "batas"), ("nomor",)),
        Message("jawaban_nik", "pelapor", ("nama", "instansi", "isi"), ("isi",)),
        Message(NEWS, "pelapor", CASE, ("nomor",)),
        Message("surat", "petugas", (*STAFF, "nomor"), ("nomor",)),
        Message("ringkasan", "petugas", (*STAFF, *COUNTS, "daftar"), ("daftar",)),
        Message("belum_dibuka", "petugas", (*STAFF, "jumlah", "daftar"), ("daftar",)),
        Message("segera", "petugas", (*STAFF, "jumlah", "daftar"), ("daftar",)),
        Message("terlambat", "petugas", (*STAFF, "jumlah", "daftar"), ("daftar",)),
        Message("sms_diterima", SHORT, ("nomor", "tanggal", "batas", "batas_koordinasi"), ("nomor", "batas")),
        Message("sms_sama", SHORT, ("nomor", "tanggal"), ("nomor",)),
        Message("sms_ditahan", SHORT, ("sms",)),
        Message("sms_kurang", SHORT, ("kurang", "bentuk"), ("kurang",)),
        Message("sms_tanpa_tanda", SHORT, ("bentuk",), ("bentuk",)),
        Message("sms_nik", SHORT, ("kurang", "bentuk"), ("kurang",)),
        Message("sms_bantuan", SHORT, ("bentuk", "panduan"), ("bentuk",)),
        Message("sms_keadaan", SHORT, ("nomor", "keadaan", "tanggal", "batas"), ("nomor", "keadaan")),
        Message("sms_tidak_ada", SHORT, ("bentuk", "lacak")),
        Message("sms_belum_lengkap", SHORT, ("contoh",), ("contoh",)),
        Message("sms_dicabut", SHORT, ("nomor",), ("nomor",)),
        Message("sms_sudah_selesai", SHORT, ("nomor",), ("nomor",)),
        Message("sms_keterangan", SHORT, ("nomor",), ("nomor",)),
        Message("sms_tidak_ditanya", SHORT, ("nomor",), ("nomor",)),
        Message("sms_jawaban", SHORT, ("nomor", "isi"), ("nomor", "isi")),
        Message("sms_minta_keterangan", SHORT, ("nomor", "isi"), ("nomor", "isi")),
        Message("sms_isi", SHORT, ("nomor", "isi"), ("nomor", "isi")),
        Message("sms_dibuka_kembali", SHORT, ("nomor", "lama", "batas"), ("nomor",)),
        Message("sms_jawaban_nik", SHORT, ("instansi", "isi"), ("isi",)),
        Message("sms_serupa_dijawab", SHORT, ("instansi",)),
        Message("sms_serupa_berakhir", SHORT, ("instansi",)),
        Message("sms_kabar", SHORT, ("nomor",), ("nomor",)),
    )
}


def message(key: str) -> Message:
    """The message of that name; one the product does not know (a diagram's own `pesan`) says that there is news."""
    return MESSAGES.get(key, MESSAGES[NEWS])


def product_text(key: str, language: str) -> Text:
    """The words the product brings."""
    return _shipped()[message(key).key][language if language in LANGUAGES else "id"]


@cache
def _shipped() -> dict[str, dict[str, Text]]:
    files = (resources.files("engine.mail").joinpath(name) for name in ("texts.json", "sms.json"))
    raw = {key: found for file in files for key, found in json.loads(file.read_text("utf-8")).items()}
    return {key: {language: _text(found[language]) for language in LANGUAGES} for key, found in raw.items()}


def _text(found: dict[str, str | list[str]]) -> Text:
    return Text(str(found.get("subject", "")), "\n".join(found["body"]))
