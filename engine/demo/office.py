"""The DPRD Kabupaten Mojokerto of the demonstration: its units, offices, settings and (invented) people."""

from engine.installation import Body, OfficePlan

DPRD = "dprd_kab_mojokerto"
SOP = "SOP 9.3.3/10/416-050/2023"

_AKD = {
    "komisi_1": "Komisi I",
    "komisi_2": "Komisi II",
    "komisi_3": "Komisi III",
    "komisi_4": "Komisi IV",
    "bapemperda": "Badan Pembentukan Peraturan Daerah",
    "banggar": "Badan Anggaran",
    "bamus": "Badan Musyawarah",
    "bk": "Badan Kehormatan",
}

_OFFICES = [
    OfficePlan("ketua_dprd", "ketua_dprd", "pimpinan", "Ketua DPRD", rank=10),
    OfficePlan("wakil_ketua_1", "wakil_ketua", "pimpinan", "Wakil Ketua I DPRD", "ketua_dprd", 11),
    OfficePlan("wakil_ketua_2", "wakil_ketua", "pimpinan", "Wakil Ketua II DPRD", "ketua_dprd", 12),
    OfficePlan("wakil_ketua_3", "wakil_ketua", "pimpinan", "Wakil Ketua III DPRD", "ketua_dprd", 13),
    OfficePlan("sekwan", "sekwan", "sekretariat", "Sekretaris DPRD", "ketua_dprd", 20),
    OfficePlan("kabag_umum", "kabag", "bagian_umum", "Kepala Bagian Umum", "sekwan", 30),
    OfficePlan(
        "kabag_persidangan",
        "kabag",
        "bagian_persidangan",
        "Kepala Bagian Persidangan dan Perundang-undangan",
        "sekwan",
        31,
    ),
    OfficePlan("kasubag_tu", "kasubag_tu", "bagian_umum", "Kepala Subbagian Tata Usaha", "kabag_umum", 40),
    OfficePlan("staf_tu", "staf", "bagian_umum", "Staf Subbagian Tata Usaha", "kasubag_tu", 50),
    OfficePlan("staf_humas", "staf_humas", "bagian_persidangan", "Staf Humas dan Protokol", "kabag_persidangan", 51),
    *(
        OfficePlan(f"pendamping_{code}", "akd", code, f"Pendamping {name}", "sekwan", 60 + place)
        for place, (code, name) in enumerate(_AKD.items())
    ),
]

BODY = Body(
    code=DPRD,
    name="DPRD Kabupaten Mojokerto",
    units={
        "pimpinan": ("Pimpinan DPRD", "pimpinan"),
        "sekretariat": ("Sekretariat DPRD", "sekretariat"),
        "bagian_umum": ("Bagian Umum", "bagian"),
        "bagian_persidangan": ("Bagian Persidangan dan Perundang-undangan", "bagian"),
        **{code: (name, "akd") for code, name in _AKD.items()},
    },
    offices=_OFFICES,
    settings={
        "role_map": {"pelaksana_langkah_6": "sekwan", "pelaksana_langkah_7": "staf_tu"},
        "numbering": "{urut:04d}/SIAPMAS/{tahun}",
        "deputies": {"ketua_dprd": ["wakil_ketua"]},
        "sees_all": ["staf", "kasubag_tu", "kabag", "sekwan", "ketua_dprd", "wakil_ketua"],
        "sees_identity": ["staf", "kasubag_tu", "sekwan"],
        "takes_in": ["staf", "kasubag_tu"],
        "watches": {"kabag": ["akd"]},
        "keeps_archive": ["staf", "kasubag_tu"],
        "decides_archive": ["sekwan"],
        "decides_erasure": ["sekwan"],
        "keeps_breaches": ["sekwan"],
        "books": {
            "setwan": "Buku Agenda Surat Masuk Sekretariat DPRD",
            "pimpinan": "Buku Agenda Surat Masuk Pimpinan DPRD",
        },
        "letterhead": {
            "lines": ["PEMERINTAH KABUPATEN MOJOKERTO", "SEKRETARIAT DPRD"],
            "address": [
                "Jl. R.A. Basuki No. 35 Sukoharjo Mojokerto, Jawa Timur Kode Pos 61361",
                "Surel: sekwankabmojk@gmail.com · Laman: setwan.mojokertokab.go.id · WhatsApp: 0857 4674 1281",
            ],
            "place": "Mojokerto",
        },
        "contacts": {
            "address": "Jl. R.A. Basuki No. 35 Sukoharjo Mojokerto, Jawa Timur Kode Pos 61361",
            "email": "sekwankabmojk@gmail.com",
            "website": "setwan.mojokertokab.go.id",
            "whatsapp": "0857 4674 1281",
        },
        "akd_chairs": {
            "komisi_1": "Ketua Komisi I",
            "komisi_2": "Ketua Komisi II",
            "komisi_3": "Ketua Komisi III",
            "komisi_4": "Ketua Komisi IV",
        },
    },
    processes={"siapmas": SOP},
)

# user name, name, NIP, pangkat, offices, powers. The people are invented.
PEOPLE: list[tuple[str, str, str, str, list[str], str]] = [
    ("sekar", "Sekar Ayu Lestari", "19940512 201903 2 001", "Pengatur", ["staf_tu"], ""),
    ("joko", "Joko Purnomo", "19910320 201503 1 002", "Pengatur Tk. I", ["staf_tu"], ""),
    ("wulan", "Wulan Sari, S.AP.", "19850214 200901 2 003", "Penata", ["kasubag_tu"], ""),
    ("hadi", "Drs. Hadi Santoso", "19700817 199603 1 004", "Pembina", ["kabag_umum"], ""),
    ("ratna", "Ratna Kusuma, S.H., M.H.", "19740130 200003 2 005", "Pembina", ["kabag_persidangan"], ""),
    ("surya", "Drs. Surya Wibawa, M.Si.", "19680909 199303 1 006", "Pembina Utama Muda", ["sekwan"], ""),
    ("bima", "H. Bima Prasetyo, S.H.", "", "", ["ketua_dprd"], ""),
    ("dewi", "Hj. Dewi Maharani, S.E.", "", "", ["wakil_ketua_1"], ""),
    ("agus", "Agus Setiawan, S.T.", "", "", ["wakil_ketua_2"], ""),
    ("tono", "H. Tono Hartono", "", "", ["wakil_ketua_3"], ""),
    ("lilik", "Lilik Handayani, S.Sos.", "19880604 201101 2 007", "Penata Muda Tk. I", ["pendamping_komisi_1"], ""),
    ("rini", "Rini Astuti, S.E.", "19900711 201402 2 008", "Penata Muda", ["pendamping_komisi_2"], ""),
    ("yoga", "Yoga Pratama, S.T.", "19921103 201603 1 009", "Penata Muda", ["pendamping_komisi_3"], ""),
    ("maya", "Maya Fitriani, S.Psi.", "19891225 201303 2 010", "Penata Muda Tk. I", ["pendamping_komisi_4"], ""),
    (
        "arif",
        "Arif Rahman, S.H.",
        "19870415 201012 1 011",
        "Penata",
        ["pendamping_bapemperda", "pendamping_banggar", "pendamping_bamus", "pendamping_bk"],
        "",
    ),
    ("odi", "Odi Firmansyah", "19960228 202012 1 012", "Pengatur", ["staf_humas"], ""),
    ("inggit", "Inggit Permata, S.Ak.", "19860606 201001 2 013", "Penata Tk. I", [], "auditor"),
    ("danu", "Danu Kristanto, S.Kom.", "19900909 201502 1 014", "Penata Muda", [], "designer"),
    ("admin", "Administrator Disposisi", "", "", [], "admin"),
]
