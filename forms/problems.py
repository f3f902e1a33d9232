"""What is wrong with an answer and how to mend it: a code, its facts and a sentence in Indonesian."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

# msgids: the source language is Indonesian; pages translate `Problem.msgid` with `Problem.facts`.
SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "required_text": "Belum diisi. Tulislah isinya di sini.",
        "required_choice": "Belum dipilih. Pilihlah salah satu.",
        "required_many": "Belum ada yang dicentang. Centanglah paling sedikit satu.",
        "required_tick": "Belum dicentang. Centanglah bila sudah dilakukan.",
        "required_date": "Tanggal belum diisi. Tulislah misalnya 31-12-2026.",
        "required_time": "Jam belum diisi. Tulislah misalnya 13.30.",
        "required_number": "Angka belum diisi.",
        "required_file": "Berkas belum dilampirkan. Pilihlah paling sedikit satu berkas.",
        "too_long": "Terlalu panjang: %(length)s huruf, paling banyak %(max)s. Ringkaslah isinya.",
        "too_short": "Terlalu pendek: %(length)s huruf, paling sedikit %(min)s. Lengkapilah isinya.",
        "not_email": "Ini bukan alamat surel. Tulislah misalnya nama@contoh.id.",
        "not_phone": "Ini bukan nomor telepon. Tulislah misalnya 0812 3456 7890.",
        "nik_letters": "NIK hanya berisi angka. Tulislah enam belas angka seperti pada KTP.",
        "nik_length": "NIK terdiri dari 16 angka; di sini ada %(count)s. Periksa lagi dengan KTP Anda.",
        "nik_date": "Angka ke-7 sampai ke-12 pada NIK adalah tanggal lahir; yang tertulis di sini bukan tanggal. "
        "Periksa lagi angka demi angka.",
        "nik_empty": "NIK tidak diawali 00 dan tidak berakhir 0000. Periksa lagi dengan KTP Anda.",
        "not_a_point": "Ini bukan titik peta. Tulislah dua angka, misalnya -7.4722, 112.4336, atau kosongkan.",
        "point_outside": "Titik ini di luar wilayah yang dilayani. Periksa lagi angkanya, atau kosongkan.",
        "other_part": "Bagian ini milik subyek lain. Pilihlah bagian dari subyek yang Anda pilih, atau kosongkan.",
        "not_a_number": "Ini bukan angka. Tulislah misalnya 1.250 atau 12,5.",
        "too_many_digits": "Terlalu banyak angka di belakang koma: paling banyak %(digits)s.",
        "too_small": "Terlalu kecil: paling sedikit %(min)s.",
        "too_big": "Terlalu besar: paling banyak %(max)s.",
        "not_a_date": "Tanggal ini tidak ada. Tulislah tanggal-bulan-tahun, misalnya 31-12-2026.",
        "not_a_time": "Jam ini tidak ada. Tulislah jam dan menit, misalnya 13.30.",
        "not_a_moment": "Tanggal atau jam ini tidak ada. Tulislah misalnya 31-12-2026 13.30.",
        "unknown_option": "Pilihan ini tidak ada dalam daftar. Pilihlah kembali dari daftar.",
        "choice_incomplete": "Daftar belum lengkap: “%(label)s” belum punya %(attribute)s. Pilihlah yang lain "
        "atau mintalah administrator melengkapinya.",
        "one_only": "Hanya satu yang dapat dipilih. Pilihlah salah satu.",
        "too_few": "Baru %(count)s dipilih, paling sedikit %(min)s. Tambahlah pilihannya.",
        "too_many": "Ada %(count)s dipilih, paling banyak %(max)s. Kurangilah pilihannya.",
        "too_many_files": "Ada %(count)s berkas, paling banyak %(max)s. Kurangilah berkasnya.",
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one answer: `code` for programs, `sentence` for people."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def msgid(self) -> str:
        """The untranslated sentence, with %(fact)s places."""
        return SENTENCES[self.code]

    @property
    def sentence(self) -> str:
        """The Indonesian sentence with its facts filled in."""
        return self.msgid % self.facts

    def __str__(self) -> str:
        return self.sentence


class FormInvalid(Exception):
    """The answers cannot be taken; `problems` lists per field what is wrong."""

    def __init__(self, problems: Mapping[str, Sequence[Problem]]) -> None:
        super().__init__(", ".join(f"{name}: {'; '.join(map(str, found))}" for name, found in problems.items()))
        self.problems: Mapping[str, Sequence[Problem]] = problems


class ListMissing(LookupError):
    """A screen names an office list (`valuesKey`) that the caller did not bring."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something in a form document that the server cannot honour: where, which kind, and the words for its author."""

    where: str
    code: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}"


class ScreenInvalid(Exception):
    """A form document is refused; `problems` lists every flaw found, not only the first."""

    def __init__(self, problems: Sequence[Flaw]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems: Sequence[Flaw] = tuple(problems)
