"""What was looked at, in words: no number of a row and no name of a file says anything to an auditor."""

from flask_babel import gettext as _

from db.queries.looks import Look
from webui.audit import behind
from webui.language import nice
from webui.message_names import name_of


def kinds() -> dict[str, str]:
    """What was looked at, in words; a kind without words here is told by its own."""
    return {
        "revealed": _("identitas pelapor dibuka"),
        "letter": _("isi laporan dibaca"),
        "viewed": _("laporan dibuka"),
        "talk": _("percakapan dibaca"),
        "attachment": _("bukti dibuka"),
        "printed": _("kertas dicetak"),
        "exported": _("data diekspor"),
        "audited": _("halaman audit dibuka"),
    }


def detail(look: Look) -> str:
    """What exactly; a paper is told by its own name."""
    if look.what == "audited":
        return _page(look.detail)
    what, colon, which = look.detail.partition(":")
    if not colon:
        return _plain(look.detail)
    words = {
        "task": _("saat menyampaikan jawaban") if look.what == "revealed" else _("lewat tugasnya"),
        "sms": _("saat mengurus SMS-nya"),
        "attachment": _("sebuah lampiran"),
        "import": _("baris keliru dari daftar impor"),
        "gangguan": _("catatan gangguan"),
        "nik_dispute": _("sengketa NIK"),
        "incidental": _("laporan insidental"),
        "alasan": _reasons().get(which, ""),
    }
    return str(words.get(what, look.detail))


def _plain(told: str) -> str:
    what, _blank, which = told.partition(" ")
    if what == "pratinjau":
        return str(_("pratinjau teks “%(name)s”", name=name_of(which)))
    words = {"import": _("baris keliru dari daftar impor"), "permintaan-data": _("permintaan pelapor atas datanya")}
    return str(words.get(what, told))


def _reasons() -> dict[str, str]:
    return {
        "membalas": _("untuk menyampaikan jawaban"),
        "bertanya": _("untuk meminta keterangan"),
        "memeriksa": _("untuk memeriksa identitas"),
        "lain": _("untuk keperluan lain penanganan"),
    }


def _page(told: str) -> str:
    """A page of the auditor's own, or its file, as the pages are called."""
    what, _blank, rest = told.partition(" ")
    name, dot, _rest = what.partition(".csv")
    said = _rooms().get(name) or _figure(rest if name == "kasus" else told)
    return f"{said} (CSV)" if dot else said


def _figure(told: str) -> str:
    """The cases behind a figure: "median terima" is the middle of that step."""
    pick, _blank, element = told.strip().partition(" ")
    which = behind.picks().get(pick, pick)
    return str(_("laporan di balik angka: %(which)s", which=f"{which}, {nice(element)}" if element else which))


def _rooms() -> dict[str, str]:
    return {
        "akses": _("siapa melihat apa"),
        "dasar": _("dasar hukum"),
        "jurnal": _("pemeriksaan jurnal"),
        "langkah": _("langkah dan waktunya"),
        "terlambat": _("daftar terlambat"),
        "peta": _("peta panas"),
        "waktu": _("waktu sebuah laporan"),
    }
