"""Invented reports: names, subjects and stories whose words are as unequally common as people's."""

import random

_NAMES = """
Slamet Siti Sugeng Sri Bambang Endang Agus Dewi Joko Ratna Wahyu Kartika Hendra Yuni Rizky Putri Arif Nurul Eko
Lestari Budi Wati Dwi Ningsih Tri Rahayu Andi Fitri Imam Aisyah
"""
_FAMILIES = """
Riyadi Santoso Wibowo Hidayat Prasetyo Utomo Susanto Setiawan Kurniawan Saputra Nugroho Purnomo Hartono Wijaya
Suryadi Raharjo Mulyono Firmansyah Gunawan Subekti
"""
_COMMON = """
jalan rusak desa di yang dan tidak sudah warga kami mohon perbaikan air lampu sekolah jembatan sampah drainase
banjir bantuan layanan petugas kecamatan dusun pasar sungai irigasi sawah puskesmas obat antre pungutan liar izin
pabrik limbah bau asap truk berat malam hari anak jatuh celaka lubang besar aspal janji belum selesai lapor berulang
kali tanggapan kantor camat lurah bupati dewan komisi rapat anggaran dana hibah proyek mangkrak papan nama kontraktor
"""
_PLACES = """
Mojorejo Sooko Puri Trowulan Jetis Gedeg Kemlagi Dawarblandong Ngoro Pungging Mojosari Bangsal Pacet Trawas
"""
_SYLLABLES = """
ba ca da ga ja ka la ma na pa ra sa ta wa ya bu cu du gu ju ku lu mu nu pu ru su tu bi di gi ki li mi ni ri si ti
"""
NAMES, FAMILIES, COMMON, PLACES, SYLLABLES = (
    text.split() for text in (_NAMES, _FAMILIES, _COMMON, _PLACES, _SYLLABLES)
)
SUBJECTS = (
    "Jalan rusak",
    "Lampu jalan mati",
    "Air bersih tidak mengalir",
    "Pungutan di sekolah",
    "Sampah menumpuk",
    "Jembatan retak",
    "Antrean puskesmas",
    "Banjir setiap hujan",
)
RARE = 40_000


class Words:
    """Draws from a seeded chance, so that two runs tell the same stories."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._rare = sorted({"".join(chance.choices(SYLLABLES, k=4)) for _ in range(RARE)})

    def name(self) -> str:
        return f"{self._chance.choice(NAMES)} {self._chance.choice(FAMILIES)}"

    def subject(self) -> str:
        return f"{self._chance.choice(SUBJECTS)} di {self._chance.choice(PLACES)}"

    def story(self) -> dict[str, str]:
        """Thirty words or so: most of them everyone's, a few hardly anyone else's."""
        common = self._chance.choices(COMMON, k=self._chance.randint(18, 36))
        told = " ".join([*common, *self._chance.choices(self._rare, k=4)])
        return {"chronology": f"{told}.", "when": "Kemarin", "where": f"Desa {self._chance.choice(PLACES)}"}
