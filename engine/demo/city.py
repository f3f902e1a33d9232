"""Kota Mojokerto of the demonstration: the agencies of Perwali 14/2016, their offices and (invented) people."""

from engine.installation import Body, OfficePlan

CITY = "kota_mojokerto"
PERWALI = "Perwali 14/2016"

AGENCIES: dict[str, tuple[str, str]] = {
    "dispenduk": ("Dinas Kependudukan dan Catatan Sipil", "dinas"),
    "kec_magersari": ("Kecamatan Magersari", "kecamatan"),
    "kec_prajuritkulon": ("Kecamatan Prajurit Kulon", "kecamatan"),
    "diknas": ("Dinas Pendidikan dan Kebudayaan", "dinas"),
    "dinkes": ("Dinas Kesehatan", "dinas"),
    "rsud": ("RSU Dr. Wahidin Sudiro Husodo", "rumah sakit"),
    "dkp": ("Dinas Kebersihan dan Pertamanan", "dinas"),
    "klh": ("Kantor Lingkungan Hidup", "kantor"),
    "dinsos": ("Dinas Sosial", "dinas"),
    "bag_kesra": ("Bagian Administrasi Kesejahteraan Rakyat", "bagian"),
    "diskoperindag": ("Dinas Koperasi, Perindustrian dan Perdagangan", "dinas"),
    "disporabudpar": ("Dinas Pemuda, Olahraga, Kebudayaan dan Pariwisata", "dinas"),
    "bag_ekonomi": ("Bagian Perekonomian", "bagian"),
    "satpolpp": ("Satuan Polisi Pamong Praja", "satuan"),
    "kp2t": ("Kantor Pelayanan Perijinan Terpadu", "kantor"),
    "dishubkominfo": ("Dinas Perhubungan, Komunikasi dan Informatika", "dinas"),
    "dppka": ("Dinas Pendapatan, Pengelolaan Keuangan dan Aset", "dinas"),
    "disperta": ("Dinas Pertanian", "dinas"),
    "dpu": ("Dinas Pekerjaan Umum", "dinas"),
}
"""The nineteen units of Pasal 3 ayat (2), in the order in which it names them."""

BRANCHES: dict[str, tuple[str, str, str]] = {
    "puskesmas_wates": ("UPT Puskesmas Wates", "upt", "dinkes"),
    "pasar_tanjung": ("UPT Pasar Tanjung", "upt", "diskoperindag"),
}
"""UPT (Pasal 4): code → name, kind, the agency they belong to. Two of them, as examples."""

_HANDLING = {code: name for code, (name, _) in AGENCIES.items()} | {
    code: name for code, (name, _, _) in BRANCHES.items()
}


def _head(code: str, name: str) -> str:
    return {"rsud": "Direktur", "satpolpp": "Kepala Satuan Polisi Pamong Praja"}.get(
        code, f"Camat {name.removeprefix('Kecamatan ')}" if name.startswith("Kecamatan") else f"Kepala {name}"
    )


def _handling_offices(place: int, code: str, name: str) -> list[OfficePlan]:
    """Who deals with complaints in an agency or UPT: Kepala, the Pejabat they name, the Operator of the yearly SK."""
    first = 100 + 10 * place
    return [
        OfficePlan(f"pimpinan_{code}", "pimpinan", code, _head(code, name), "", first),
        OfficePlan(f"pejabat_{code}", "pejabat", code, f"Pejabat Pengaduan {name}", f"pimpinan_{code}", first + 1),
        OfficePlan(f"petugas_{code}", "petugas", code, f"Petugas Pengaduan {name}", f"pejabat_{code}", first + 2),
    ]


_OFFICES = [
    OfficePlan("walikota", "walikota", "walikota", "Walikota Mojokerto", "", 10),
    OfficePlan("inspektur", "inspektorat", "inspektorat", "Inspektur", "walikota", 20),
    OfficePlan("penanggung_jawab", "penanggung_jawab", "dishubkominfo", "Penanggung Jawab", "walikota", 30),
    OfficePlan("ketua_tim", "ketua_tim", "dishubkominfo", "Ketua Tim", "penanggung_jawab", 31),
    OfficePlan("admin_pengaduan", "admin", "dishubkominfo", "Admin Pengaduan Online", "ketua_tim", 32),
    OfficePlan("koordinator", "koordinator", "bag_humas", "Koordinator Pengaduan", "penanggung_jawab", 40),
    OfficePlan("redaktur", "redaktur", "bag_humas", "Redaktur Pengaduan", "koordinator", 41),
    *(plan for place, (code, name) in enumerate(_HANDLING.items()) for plan in _handling_offices(place, code, name)),
]

BODY = Body(
    code=CITY,
    name="Pemerintah Kota Mojokerto",
    units={
        "walikota": ("Walikota", "pimpinan"),
        "inspektorat": ("Inspektorat", "inspektorat"),
        "bag_humas": ("Bagian Hubungan Masyarakat dan Protokol", "bagian"),
        **AGENCIES,
        **{code: (name, kind) for code, (name, kind, _) in BRANCHES.items()},
    },
    parents={code: agency for code, (_, _, agency) in BRANCHES.items()},
    offices=_OFFICES,
    settings={
        "numbering": "{urut:04d}/ADU/{tahun}",
        "sees_recaps": ["petugas", "pejabat", "pimpinan", "koordinator", "ketua_tim", "penanggung_jawab", "walikota"],
        "numbering_recap": "{urut:03d}/REKAP-ADU/{tahun}",
        "sees_all": ["redaktur", "koordinator", "penanggung_jawab", "ketua_tim", "admin"],
        "sees_identity": ["petugas", "pejabat"],
        "decides_erasure": ["penanggung_jawab"],
        "keeps_breaches": ["penanggung_jawab", "admin"],
        "keeps_archive": ["admin"],
        "decides_archive": ["penanggung_jawab"],
        "shows_sender": False,
        "reveal_reason": True,
        "takes_in": ["petugas", "admin"],
        "publishes_for": {"penanggung_jawab": ["tarik", "ralat"], "redaktur": ["ralat"]},
        "keeps_identity": ["admin"],
        "coordinates": ["koordinator"],
        "oversees": ["koordinator", "ketua_tim", "penanggung_jawab"],
        "memos": [
            {
                "code": "nota_dinas",
                "name": "Nota Dinas",
                "from": ["koordinator"],
                "to": ["pimpinan", "pejabat"],
                "about": "kasus",
                "basis": f"{PERWALI} Pasal 10 ayat (2) huruf b",
            },
            {
                "code": "laporan_tim",
                "name": "Laporan Ketua Tim",
                "from": ["ketua_tim"],
                "to": ["penanggung_jawab"],
                "about": "angka",
                "basis": f"{PERWALI} Pasal 10 ayat (3), Ketua Tim huruf e",
                "numbering": "{urut:03d}/LKT/{tahun}",
            },
            {
                "code": "arahan",
                "name": "Petunjuk dan Arahan",
                "from": ["penanggung_jawab"],
                "to": ["ketua_tim", "koordinator", "redaktur", "admin", "pimpinan", "pejabat", "petugas"],
                "basis": f"{PERWALI} Pasal 10 ayat (3), Penanggung Jawab huruf a",
                "numbering": "{urut:03d}/ARH/{tahun}",
            },
        ],
        "evaluation_basis": f"{PERWALI} Pasal 10 ayat (2) huruf c",
        "case_lists": {"topic": "subyek", "place": "kelurahan", "kind": "jenis_aduan"},
        "approved_lists": {"subyek": "penanggung_jawab", "bagian_subyek": "penanggung_jawab"},
        "yearly_roles": ["petugas"],
        "names_officers": {"pimpinan": ["pejabat"]},
        "letterhead": {
            "lines": ["PEMERINTAH KOTA MOJOKERTO"],
            "address": ["Jl. Gajah Mada No. 145 Kota Mojokerto, Jawa Timur Kode Pos 61314"],
            "place": "Mojokerto",
        },
        "sms": {
            "process": "pengaduan",
            "number": "0811-3000-1410",
            "limits": ["P7D", "P10D"],
            "operators": ["admin"],
            "takes_the_rest": True,
        },
        "contacts": {
            "address": "Dishubkominfo Kota Mojokerto, Jl. By Pass Km 50 Kelurahan Meri, Kode Pos 61315",
            "phone": "0321-5884908",
            "website": "pengaduan.mojokertokota.go.id",
        },
    },
    processes={"pengaduan": PERWALI, "laporan_bulanan": PERWALI},
)

Named = tuple[str, str, str, str, list[str], str]

# user name, name, NIP, pangkat, offices, powers. The people are invented.
LEADING: list[Named] = [
    ("walikota", "H. Prabu Adinegara, S.H.", "", "", ["walikota"], ""),
    ("inspektur", "Dra. Endah Wahyuni, M.Si.", "19680412 199203 2 101", "Pembina Utama Muda", ["inspektur"], ""),
    (
        "gatot",
        "Drs. Gatot Subiyanto, M.M.",
        "19670909 199303 1 102",
        "Pembina Utama Muda",
        ["penanggung_jawab", "pimpinan_dishubkominfo"],
        "",
    ),
    ("ketut", "Ketut Ariawan, S.Kom.", "19790921 200501 1 103", "Pembina", ["ketua_tim"], ""),
    ("yanti", "Yanti Oktaviani, S.Kom.", "19881011 201402 2 104", "Penata", ["admin_pengaduan"], ""),
    ("harini", "Harini Puspita, S.Sos., M.Si.", "19750606 199901 2 105", "Pembina", ["koordinator"], ""),
    ("rendra", "Rendra Mahesa, S.I.Kom.", "19900228 201503 1 106", "Penata Muda Tk. I", ["redaktur"], ""),
    ("auditor.kota", "Teguh Prakoso, S.E., Ak.", "19830303 200801 1 107", "Penata Tk. I", [], "auditor"),
    ("perancang.kota", "Wisnu Aji, S.T.", "19910717 201601 1 108", "Penata Muda", [], "designer"),
    ("admin.kota", "Administrator Kota", "", "", [], "admin"),
]

_FIRST = ("Adi", "Bagus", "Citra", "Dian", "Eko", "Fajar", "Galuh", "Heru", "Indah", "Jati", "Kartika", "Lukman")
_LAST = ("Prasetya", "Wulandari", "Nugroho", "Saputra", "Rahayu", "Kurniawan", "Lestari", "Hidayat", "Susanti")
_HELD = (("pimpinan", "Pembina Tk. I", 1966), ("pejabat", "Penata Tk. I", 1978), ("petugas", "Penata Muda", 1990))


def _agency_people() -> list[Named]:
    """Three people an agency or UPT: `pimpinan.dkp`, `pejabat.dkp`, `petugas.dkp`."""
    taken = {office for *_, offices, _ in LEADING for office in offices}
    found: list[Named] = []
    for code in _HANDLING:
        for role, grade, born in _HELD:
            if f"{role}_{code}" not in taken:
                found.append(_someone(len(found), role, code, grade, born))
    return found


def _someone(place: int, role: str, code: str, grade: str, born: int) -> Named:
    name = f"{_FIRST[place % len(_FIRST)]} {_LAST[(place // len(_FIRST) + place) % len(_LAST)]}"
    nip = f"{born + place % 9}{place % 12 + 1:02d}{place % 28 + 1:02d} {born + 26}03 {place % 2 + 1} {200 + place}"
    return (f"{role}.{code}", name, nip, grade, [f"{role}_{code}"], "")


PEOPLE: list[Named] = [*LEADING, *_agency_people()]
