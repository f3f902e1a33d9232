"""What went wrong with a mail, in office words: jobs keep its kind and number, never what a mail server said."""

import re

from flask_babel import gettext as _

from engine.backups.restoring import HELD
from engine.commands.messages import SENTENCES
from webui import language

_NUMBERED = re.compile(r"(\w+)(?: (-?\d+))?")
_REFUSED = re.compile(r"(alamat surel|surel) ditolak \((\d+)\)")
KNOWN = frozenset(
    {
        "pelapor tidak memberi alamat surel",
        "identitas pelapor sudah dihapus",
        "surel belum diatur di pemasangan ini",
        "alamat surel tidak dapat dipakai",
        "penerima tidak menghendaki surel",
        "tidak ada lagi yang perlu diingatkan",
        "pengiriman surel belum diatur di pemasangan ini",
        *SENTENCES.values(),
    }
)


def trouble(error: str) -> str:
    """The sentence for what a job says of itself; "" where nothing is wrong."""
    if not error:
        return ""
    if error == HELD:
        return str(_("ditahan sesudah pemulihan; coba sekarang bila memang belum terkirim"))
    if error in KNOWN:
        return language.say(error)
    refused = _REFUSED.fullmatch(error)
    if refused:
        words = _("alamat surel ditolak (%(code)s)") if refused[1] == "alamat surel" else _("surel ditolak (%(code)s)")
        return str(words) % {"code": refused[2]}
    numbered = _NUMBERED.fullmatch(error)
    return _of_kind(numbered[1], numbered[2] or "") if numbered else str(_("proses terhenti; lihat insiden"))


def _of_kind(kind: str, code: str) -> str:
    words = {
        "Postponed": _("peladen surat minta dicoba nanti"),
        "ConnectionRefusedError": _("peladen surat menolak sambungan"),
        "TimeoutError": _("peladen surat tidak menjawab"),
        "gaierror": _("alamat peladen surat tidak ditemukan"),
        "SMTPAuthenticationError": _("peladen surat menolak nama atau kata sandi kantor"),
        "SMTPNotSupportedError": _("peladen surat tidak menerima cara masuk kantor"),
        "SMTPServerDisconnected": _("peladen surat memutus sambungan"),
        "SSLCertVerificationError": _("sertifikat peladen surat tidak dapat dipercaya"),
        "SSLError": _("sambungan tersandi ke peladen surat gagal"),
    }
    said = str(words.get(kind, _("gangguan yang tidak dikenal")))
    return f"{said} ({code if kind in words else kind})" if code or kind not in words else said
