"""Complaints of the demonstration's city that came today."""

from engine.demo.acts import Story

TODAY = [
    Story(
        "kini-foto",
        "Lampu jalan mati di depan sekolah",
        "Lampu jalan di depan sekolah mati sejak kemarin malam, gelap sekali.",
        ("pju", "", "kauman"),
        "Depan sekolah, Kelurahan Kauman",
        0.03,
        who=26,
        pictures=("lampu",),
        by_mail=True,
    ),
    Story(
        "kini-sampah",
        "Tempat pembuangan sementara meluap",
        "Tempat pembuangan sementara meluap ke jalan, mohon diangkut.",
        ("kebersihan", "sampah", "meri"),
        "Barat jembatan, Kelurahan Meri",
        0.15,
        who=27,
    ),
    Story(
        "kini-sms",
        "",
        "",
        ("kebersihan", "", ""),
        "",
        0.1,
        who=28,
        channel="sms",
        sms="ADU#{nik}#{ibu}#E#Kelurahan Blooto#Asap pembakaran sampah setiap sore, mengganggu anak kecil",
    ),
    Story(
        "kini-saran",
        "Usul jalur sepeda",
        "Usul membuat jalur sepeda di jalan utama menuju alun-alun.",
        ("fasum", "lalu_lintas", "magersari"),
        "Jalan utama menuju alun-alun",
        0.25,
        kind="gagasan",
        who=29,
        by_mail=True,
    ),
]
