"""What the city does with SMS: a complaint with number and dates, help, status, withdrawal; answers that go out."""

import pytest
from kota import Kota
from office import ms
from texting import NIK, REPORT, SENDER, Phones, cases, told

from db import sql
from db.connect import transaction
from engine import jobs, outside, vault
from engine.mail.transport import Post
from engine.offices import settings
from engine.sms import letters


@pytest.fixture
def phones(sqlite: str) -> Phones:
    return Phones(Kota("2026-03-13 09.00"))


def test_both_databases_take_read_and_answer(database: str) -> None:
    phones = Phones(Kota("2026-03-13 09.00"))
    assert number_of_reply(phones.says(REPORT)) == number_of(cases()[0])
    assert phones.says(REPORT)[0].startswith("Aduan ini sudah kami terima")
    assert phones.says("STATUS")[0].startswith("Aduan 0001/ADU/2026")
    assert phones.says("halo")[0].startswith("Mengadu")
    assert [state for state, _ in phones.states()] == ["kasus", "sama", "dijawab", "kurang"]


def number_of_reply(replies: list[str]) -> str:
    return replies[0].rpartition("#")[2]


def number_of(case: int) -> str:
    return str(sql.value("SELECT number FROM case_file WHERE id = ?", (case,)))


def test_a_complaint_by_sms_is_a_case_answered_with_number_and_both_dates(phones: Phones) -> None:
    (reply,) = phones.says(REPORT)
    (case,) = cases()
    assert number_of(case) in reply
    assert "13-03-2026" in reply
    assert "31-03-2026" in reply  # seven working days, Nyepi and Lebaran between
    assert "06-04-2026" in reply  # ten
    assert letters.length(reply).parts == 1
    assert NIK not in reply
    assert "Siti" not in reply
    row = sql.row("SELECT channel, received_ms, topic, place, subject FROM case_file WHERE id = ?", (case,))
    assert row is not None
    assert row[:4] == ("sms", ms("2026-03-13 09.00"), "kebersihan", "wates")
    assert "Siti" not in row[4]
    who = told(case)
    assert (who["nik"], who["mother"], who["phone"]) == (NIK, "Siti Aminah", SENDER)
    narrative = sql.value("SELECT sealed FROM narrative WHERE case_file_id = ?", (case,))
    assert vault.unseal(narrative, f"narrative:{case}")["chronology"] == "Sampah di Gang #3 menumpuk"
    assert phones.air.lies == []  # the gateway's copy is gone


def test_the_same_sms_twice_is_one_case(phones: Phones) -> None:
    phones.sends(REPORT, key="7")
    phones.comes_by()
    phones.sends(REPORT, key="7")  # the gateway brings it once more
    phones.comes_by()
    assert phones.states() == [("kasus", "")]
    assert phones.says(REPORT.upper())[0].startswith("Aduan ini sudah kami terima dengan nomor 0001")
    assert phones.says(REPORT) == []  # told once an hour
    assert [state for state, _ in phones.states()] == ["kasus", "sama", "sama"]
    assert len(cases()) == 1
    phones.kota.now += 25 * 3_600_000
    phones.says(REPORT)
    assert len(cases()) == 2


@pytest.mark.parametrize(
    ("text", "state", "says"),
    [
        ("", ("kurang", "kosong"), "Mengadu: ADU#NIK#NAMA IBU#SUBYEK#LOKASI#ISI"),
        ("Halo", ("kurang", "tak_dikenal"), "Mengadu: ADU#NIK"),
        ("INFO", ("dijawab", ""), "Mengadu: ADU#NIK"),
        (f"ADU#{NIK}#Siti#e#Wates", ("kurang", "kurang:isi"), "Kurang: ISI. Tulis: ADU#NIK"),
        ("ADU#123#Siti#e#Wates#Sampah", ("kurang", "nik_length"), "NIK harus 16 angka"),
        ("STATUS#0009/ADU/2026", ("dijawab", ""), "Tidak ada aduan dengan nomor itu dari nomor telepon ini"),
        ("Bantuan sosial saya belum cair", ("kurang", "tak_dikenal"), "Mengadu: ADU#NIK"),
        (
            f"adu {NIK} Siti Wates sampah menumpuk",
            ("kurang", "tanpa_tanda"),
            "Beri tanda # di antara bagiannya: ADU#NIK",
        ),
    ],
)
def test_what_is_no_complaint_is_kept_and_answered(
    phones: Phones, text: str, state: tuple[str, str], says: str
) -> None:
    (reply,) = phones.says(text)
    assert says in reply
    assert letters.length(reply).parts == 1
    assert "123" not in reply
    assert phones.states() == [state]
    assert cases() == []


def test_a_word_that_says_the_part_of_a_subject_finds_the_unit_without_the_admin(phones: Phones) -> None:
    for word in ("Sampah", "rsud", "e"):
        phones.says(f"ADU#{NIK}#Siti Aminah#{word}#Wates#Mohon diperiksa, {word}")
    waits = [phones.kota.offices(case, "teruskan") for case in cases()]
    assert waits == [["petugas_dkp"], ["petugas_rsud"], []], "the letter of a subject names no part of it"


def test_what_nobody_listed_is_left_to_the_admin(phones: Phones) -> None:
    phones.says(f"ADU#{NIK}#Siti Aminah#macan lepas#Surabaya#Ada macan 🐯 di taman " + "sangat " * 200)
    (case,) = cases()
    assert "pilih_skpd" in phones.kota.waits(case)
    sealed = sql.value("SELECT sealed FROM narrative WHERE case_file_id = ?", (case,))
    assert vault.unseal(sealed, f"narrative:{case}")["chronology"].startswith("macan lepas: Ada macan 🐯 di taman")


def test_help_comes_once_an_hour_and_never_to_a_name(phones: Phones) -> None:
    assert len(phones.says("halo")) == 1
    assert phones.says("halo lagi") == []
    phones.kota.now += 61 * 60_000
    assert len(phones.says("halo?")) == 1
    assert phones.says("Promo 50%!", sender="TELKOMSEL") == []
    assert phones.says(REPORT, sender="TELKOMSEL") == []
    assert phones.states()[-1] == ("dilewati", "pengirim")


def test_many_invented_senders_are_helped_an_hour_so_often_and_complaints_always(phones: Phones) -> None:
    with transaction():
        body = {**settings.setting(phones.kota.organisation, "sms"), "help_per_hour": 3}
        settings.decide(phones.kota.organisation, "sms", body, person=None, now=phones.kota.now)
    asked = [
        phones.says(text, f"+62811000{n:04d}") for n, text in enumerate(["halo", "STATUS", "ADU#1", "INFO", "halo"])
    ]
    assert [len(replies) for replies in asked] == [1, 1, 1, 0, 0]
    assert phones.states()[3:] == [("dijawab", "batas"), ("kurang", "tak_dikenal")]
    assert len(phones.says(REPORT)) == 1
    assert sql.value("SELECT COUNT(*) FROM notice WHERE kind = 'sms_batas'") == 1
    phones.kota.now += 61 * 60_000
    assert len(phones.says("INFO", "+628110000003")) == 1


def test_status_answers_the_same_number_alone(phones: Phones) -> None:
    phones.says(REPORT)
    (reply,) = phones.says("status 1/adu/2026")
    assert reply.startswith("Aduan 0001/ADU/2026: Diterima; Admin menentukan unit yang menangani. ")
    assert "31-03-2026" in reply
    (same,) = phones.says("STATUS")
    assert same == reply
    kota = phones.kota
    (case,) = cases()
    kota.acts(case, "pilih_skpd")
    assert ": Diterima petugas unit, Dinas " in phones.says("STATUS")[0]
    kota.acts(case, "teruskan")
    kota.acts(case, "telaah", hasil_telaah="minta_keterangan")
    kota.works_off_jobs()
    assert ": Menunggu keterangan Anda, " in phones.says("STATUS")[0]
    kota.citizen(case, "minta_keterangan")
    kota.at("2026-04-02 09.00")
    (late,) = phones.says("STATUS")
    assert ": Sedang ditelaah, " in late
    assert "31-03-2026, terlambat 2 hari kerja" in late
    assert letters.length(late).parts == 1
    (other,) = phones.says("STATUS#0001/ADU/2026", sender="+6281999999999")
    assert other.startswith("Tidak ada aduan")


def test_withdrawal_by_the_same_number_alone(phones: Phones) -> None:
    phones.says(REPORT)
    (case,) = cases()
    assert phones.says("CABUT#0001/ADU/2026", sender="+6281999999999")[0].startswith("Tidak ada aduan")
    assert phones.says("CABUT")[0].startswith("Tidak ada aduan")  # never "the latest": it cannot be undone
    assert phones.says("batal aduan saya")[0].endswith("SMS Anda belum lengkap. Tulis: CABUT#0001/ADU/2026")
    assert phones.says("JAWAB di gang 3")[0].endswith("Tulis: JAWAB#0001/ADU/2026#keterangan Anda")
    assert phones.kota.state(case) == "berjalan"
    assert phones.says("cabut*0001/adu/2026") == ["Aduan 0001/ADU/2026 sudah dicabut atas permintaan Anda."]
    assert phones.kota.state(case) == "dicabut"
    assert phones.says("CABUT 0001/ADU/2026")[0].endswith("tidak dapat dicabut lagi.")


def test_two_complaints_in_one_are_kept_whole_and_told_to_the_operator(phones: Phones) -> None:
    phones.says(f"{REPORT} ADU#{NIK}#Siti Aminah#d#Wates#Lampu mati")
    assert phones.states() == [("kasus", "dua")]
    assert sql.rows("SELECT kind, case_file FROM notice WHERE kind LIKE 'sms%'") == [("sms_dua", cases()[0])]


def test_many_from_one_number_are_all_kept_slowed_and_told_once(phones: Phones) -> None:
    for count in range(60):
        phones.sends(f"{REPORT} {count}")
    phones.comes_by()
    states = [state for state, _ in phones.states()]
    assert (states.count("kasus"), states.count("ditahan")) == (5, 55)
    phones.comes_by()
    assert len(phones.air.gone) == 6  # five numbers, and once that the others wait
    assert sql.value("SELECT COUNT(*) FROM notice WHERE kind = 'sms_banyak'") == 1


def test_a_worker_killed_after_taking_over_loses_nothing_and_makes_nothing_twice(phones: Phones) -> None:
    from engine.commands import sms_in

    phones.sends(REPORT)
    sms_in.take("air", phones.air.lies, phones.kota.now)  # killed before the gateway forgets
    phones.comes_by()
    assert phones.states() == [("kasus", "")]
    assert len(cases()) == 1
    sms_in.handle(1, phones.kota.now)
    assert len(cases()) == 1


def runs(phones: Phones) -> None:
    jobs.run_due(phones.kota.now, outside.handlers(Post("", "a@contoh.id", "https://contoh.id", sms=True)))


def leaves(phones: Phones) -> None:
    """What waits to be sent is sent, and the office hears that it was."""
    runs(phones)
    phones.comes_by()
    phones.kota.now += 6_000
    runs(phones)


def answered(phones: Phones) -> int:
    """A case that came by SMS, its answer about to leave."""
    phones.says(REPORT)
    (case,) = cases()
    kota = phones.kota
    if "pilih_skpd" in kota.waits(case):
        kota.acts(case, "pilih_skpd", skpd_utama="dkp")
    for element in ("teruskan", "telaah", "arahkan"):
        kota.acts(case, element)
    kota.answered(case)
    runs(phones)
    return case


def test_an_answer_goes_by_sms_and_the_milestone_waits_for_no_report(phones: Phones) -> None:
    case = answered(phones)
    assert sql.rows("SELECT message, state FROM sms_out WHERE message = 'sms_jawaban'") == [("sms_jawaban", "waiting")]
    phones.comes_by()
    phones.kota.now += 6_000
    runs(phones)
    last = list(phones.air.gone.values())[-1]
    assert last.text.startswith("Balasan aduan 0001/ADU/2026: Sampah di Kelurahan Wates sudah diangkut.")
    assert sql.value("SELECT state FROM sms_out WHERE message = 'sms_jawaban'") == "sent"
    assert "tanggapan_pelapor" in phones.kota.waits(case)
    sent = sql.value(
        "SELECT facts FROM journal WHERE kind = 'sent' AND case_file = ? ORDER BY id DESC LIMIT 1", (case,)
    )
    assert '"by":"sms"' in sent
    assert last.text not in sent


def test_an_answer_the_network_refuses_takes_the_diagrams_error_way(phones: Phones) -> None:
    phones.air.fails = True
    case = answered(phones)
    phones.comes_by()
    phones.kota.now += 6_000
    runs(phones)
    assert sql.value("SELECT state FROM sms_out WHERE message = 'sms_jawaban'") == "failed"
    reason = sql.value("SELECT error FROM job WHERE state = 'done' AND error <> ''")
    assert reason == "SMS gagal: ditolak jaringan"
    assert "tanggapan_pelapor" in phones.kota.waits(case)  # published: announced is delivered (Ps 8 ayat (2))


def test_while_the_gateway_is_away_nothing_is_lost(phones: Phones) -> None:
    phones.air.away = True
    assert phones.says(REPORT) == []
    assert sql.rows("SELECT state, tries FROM sms_out") == [("waiting", 1)]
    phones.air.away = False
    phones.kota.now += 31_000
    phones.comes_by()
    assert len(phones.air.gone) == 1


def test_what_the_office_asks_is_told_back_by_sms(phones: Phones) -> None:
    phones.says(REPORT)
    (case,) = cases()
    kota = phones.kota
    if "pilih_skpd" in kota.waits(case):
        kota.acts(case, "pilih_skpd", skpd_utama="dkp")
    kota.acts(case, "teruskan")
    assert phones.says("JAWAB#0001/ADU/2026#Gang 3")[0].endswith("tidak menunggu keterangan Anda. Terima kasih.")
    kota.acts(case, "telaah", hasil_telaah="minta_keterangan")
    leaves(phones)
    asked = "Aduan 0001/ADU/2026: Di gang berapa sampahnya? Jawab dengan: JAWAB#0001/ADU/2026#keterangan Anda"
    assert list(phones.air.gone.values())[-1].text == asked
    assert "minta_keterangan" in kota.waits(case)
    assert "sudah kami terima" in phones.says("JAWAB#0001/ADU/2026#Gang 3, depan # mushola")[0]
    assert "minta_keterangan" not in kota.waits(case)


def test_nothing_personal_stands_in_the_open(phones: Phones) -> None:
    phones.says(REPORT)
    for table, columns in {"job": "name, payload, error", "journal": "facts", "notice": "facts", "sms_in": "*"}.items():
        for row in sql.rows(f"SELECT {columns} FROM {table}"):
            written = " ".join(map(str, row))
            assert NIK not in written
            assert SENDER not in written
            assert "81234567890" not in written
            assert "Aminah" not in written
