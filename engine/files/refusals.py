"""Why a file is not taken: refused by its name, with what is wrong and how to mend it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from engine.errors import OfficeError

# msgids: the source language is Indonesian; pages translate `FileRefused.msgid` with `FileRefused.facts`.
SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "empty": "“%(name)s” kosong. Pilihlah berkas yang berisi.",
        "too_large": "“%(name)s” terlalu besar: paling banyak %(max_mb)s MB. Kirimlah yang lebih kecil.",
        "total_too_large": "Dengan “%(name)s” seluruh lampiran melebihi %(max_mb)s MB. Kurangilah lampirannya.",
        "too_many": "“%(name)s” tidak diterima: paling banyak %(max)s berkas. Kurangilah lampirannya.",
        "disk_full": "“%(name)s” belum dapat disimpan: tempat penyimpanan kantor hampir penuh. Cobalah lagi nanti.",
        "executable": "“%(name)s” adalah program, bukan foto, dokumen atau video. Berkas ini tidak diterima.",
        "type": "Jenis berkas “%(name)s” tidak diterima. Kirimlah foto (JPG, PNG, WebP), dokumen (PDF, DOCX, XLSX, "
        "ODT) atau video (MP4, WebM, 3GP, MOV).",
        "heic": "“%(name)s” berformat HEIC atau AVIF yang belum dapat dibaca di sini. "
        "Simpanlah sebagai JPG, lalu kirim lagi.",
        "gif": "“%(name)s” adalah gambar GIF. Simpanlah sebagai JPG atau PNG, lalu kirim lagi.",
        "mismatch": "Isi “%(name)s” tidak sesuai dengan akhiran namanya (isinya %(found)s). Kirimlah berkas aslinya.",
        "broken": "“%(name)s” rusak atau tidak utuh. Bukalah di perangkat Anda, simpan lagi, lalu kirim ulang.",
        "bomb": "“%(name)s” terlalu besar setelah dibuka. Perkecil ukurannya, lalu kirim lagi.",
        "locked": "“%(name)s” terkunci kata sandi. Kirimlah berkas tanpa kata sandi.",
        "active": "“%(name)s” berisi makro, skrip atau lampiran tersembunyi. "
        "Simpanlah sebagai PDF biasa, lalu kirim lagi.",
        "infected": "“%(name)s” mengandung virus (%(signature)s) dan tidak diterima. Periksalah perangkat Anda.",
    }
)


class FileRefused(OfficeError):
    """A file is not taken; `name` as declared (cleaned), `code` for programs, `sentence` for people."""

    status = 422

    def __init__(self, name: str, code: str, **facts: Any) -> None:
        self.name, self.code = name, code
        self.facts: Mapping[str, Any] = {"name": name, **facts}
        super().__init__(self.sentence)

    @property
    def msgid(self) -> str:
        """The untranslated sentence, with %(fact)s places."""
        return SENTENCES[self.code]

    @property
    def sentence(self) -> str:
        """The Indonesian sentence with its facts filled in."""
        return self.msgid % self.facts
