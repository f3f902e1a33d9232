"""Similar open reports, and those who have met with the same: found, counted, told once; nobody learns of another."""

import pytest
import siapmas_days as days
from kota import Kota
from mailserver import body, serving
from office import RING, Office

from db import sql
from engine import demo, jobs, outside, similar, vault, verbs
from engine.commands import joining
from engine.commands.start import Report, Reporter
from engine.errors import NotAllowed, NotFound
from engine.mail import citizens
from engine.outside import Post
from engine.similar import Similar, Told
from engine.sms import citizens as short

STORY = "Jembatan gantung di dusun Sumberejo putus diterjang banjir; Kasiyem hampir hanyut."
SAME = Told("Jembatan putus", "Dusun Sumberejo", "Jembatannya hanyut, anak-anak tidak bisa ke sekolah.")


def told(
    office: Office, subject: str = "Jembatan roboh", story: str = STORY, where: str = "Sumberejo, Jatirejo"
) -> int:
    office.sent += 1
    report, who = Report(story, "Kemarin", where, subject), Reporter("Kasiyem", email="warga@contoh.id")
    key = f"similar-{office.sent}"
    return verbs.start(
        "siapmas", organisation=demo.DPRD, reporter=who, report=report, send_key=key, now=office.now
    ).case_id


def anyone(office: Office, typed: Told = SAME, process: str = "siapmas") -> list[int]:
    return [one.id for one in similar.for_anyone(typed, office.organisation, process)]


def staff(office: Office, typed: Told = SAME, but: int = 0) -> list[int]:
    return [one.id for one in similar.for_staff(typed, office.organisation, "siapmas", but=but)]


def worded(office: Office, subject: str = "Jembatan putus di Sumberejo", **more: str) -> int:
    case = told(office)
    office.sekar.registers(case, perihal=subject, **more)
    return case


def joins(office: Office, case: int, key: str = "k", **who: str) -> bool:
    return verbs.join(case, Reporter(**{"name": "Wagimin", "email": "wagimin@contoh.id"} | who), key, now=office.now)


def mails(_office: Office | Kota) -> list[tuple[str, str]]:
    text = "SELECT name, payload FROM job WHERE name LIKE 'serupa:%' ORDER BY id"
    return [(str(name), str(payload)) for name, payload in sql.rows(text)]


def test_only_what_the_office_has_worded_is_shown_to_others(database: str) -> None:
    office = Office()
    case = told(office, "Jembatan putus")
    assert anyone(office) == [], "nobody has read it yet"
    assert staff(office) == [case]
    office.sekar.registers(case, perihal="Jembatan putus di Sumberejo")
    assert similar.for_anyone(SAME, office.organisation, "siapmas") == [
        Similar(case, "0001/SIAPMAS/2026", "Jembatan putus di Sumberejo", office.now, 0)
    ]
    assert anyone(office, SAME, "pengaduan") == [], "another process has its own"
    assert similar.for_anyone(SAME, office.organisation + 1, "siapmas") == []


def test_no_word_of_what_another_told_finds_a_case_for_a_citizen(database: str) -> None:
    office = Office()
    case = worded(office, "Sarana umum rusak")
    for probe in ("Kasiyem hanyut", "jembatan gantung Sumberejo", STORY):
        assert anyone(office, Told(probe, probe, probe)) == [], probe
    assert staff(office, Told("Jembatan gantung", "Sumberejo")) == [case]


def test_the_best_comes_first_and_what_shares_only_common_words_does_not(database: str) -> None:
    office = Office()
    lamps = [told(office, "Lampu jalan mati", "Lampu jalan mati sudah lama.", "Ngoro") for _ in range(4)]
    near = told(office, "Jembatan rusak", "Jembatan kayu lapuk.", "Pacet")
    same = told(office)
    assert staff(office)[0] == same
    assert not set(lamps) & set(staff(office))
    assert staff(office, Told("Jembatan rusak", "Pacet", "Kayunya lapuk")) == [near]
    assert staff(office, SAME, but=same) == []
    assert len(staff(office, Told("Lampu jalan mati", "Ngoro"))) == 4


def test_secret_withdrawn_and_closed_cases_are_shown_to_nobody(database: str) -> None:
    office = Office()
    secret, limited, gone = (
        worded(office, kerahasiaan="rahasia"),
        worded(office, kerahasiaan="terbatas"),
        worded(office),
    )
    verbs.withdraw(gone, now=office.now)
    assert anyone(office) == []
    assert staff(office) == [limited]
    for case in (secret, limited, gone):
        with pytest.raises(NotAllowed, match="kirimlah laporan Anda sendiri"):
            joins(office, case)
    with pytest.raises(NotFound):
        joins(office, 999)


@pytest.mark.parametrize(
    "typed", ["", "%'\"<script>", "NEAR(a b) OR *", "\0{plain}: x", "dan di yang", "😀 ' --", "ы" * 5000]
)
def test_nothing_typed_is_heard_by_the_database(database: str, typed: str) -> None:
    office = Office()
    worded(office)
    assert anyone(office, Told(typed, typed, typed)) == []
    assert staff(office, Told(typed, typed, typed)) == []


def test_a_reference_opens_for_the_form_it_was_offered_to_alone() -> None:
    vault.use(RING)
    reference = similar.offer("lapor:a", 7)
    assert similar.offered("lapor:a", reference) == 7
    for draft, tried in (
        ("lapor:b", reference),
        ("lapor:a", "8" + reference[1:]),
        ("lapor:a", "7-"),
        ("lapor:a", "٧-é"),
    ):
        assert similar.offered(draft, tried) is None, tried


def test_someone_joins_once_is_counted_and_no_word_of_them_is_told(database: str) -> None:
    office = Office()
    case, other = worded(office), worded(office)
    assert joins(office, case)
    assert not joins(office, case)
    assert not joins(office, other), "one form joins one case"
    assert joining.joined("k") == case
    assert sql.rows("SELECT companions FROM case_file ORDER BY id") == [(1,), (0,)]
    (sealed, reporter), *_rest = sql.rows(
        "SELECT r.sealed, r.id FROM companion k JOIN reporter r ON r.id = k.reporter_id"
    )
    assert vault.unseal(sealed, f"reporter:{reporter}")["name"] == "Wagimin"
    assert sql.rows("SELECT facts FROM journal WHERE kind = 'joined'") == [("{}",)]


def test_whoever_joined_is_told_once_that_there_is_an_answer_and_not_what_it_says(database: str) -> None:
    office = Office()
    case = told(office)
    days.to_committees(office, case, "komisi_1")
    joins(office, case)
    joins(office, case, "k2", name="Tukinem", email="", phone="081234567890")
    days.follows_up(office, case, "lilik", "komisi_1")
    days.answers(office, case, "komisi_1")
    assert mails(office) == []
    office.works_off_jobs()
    ((name, payload),) = mails(office)
    companion = sql.value("SELECT id FROM companion WHERE send_key = 'k'")
    assert name == f"serupa:{companion}"
    assert '"message":"serupa_dijawab"' in payload
    assert "agimin" not in payload
    office.works_off_jobs()
    assert [call.message for call in office.outbox.calls][-1] == "serupa_dijawab"
    assert len(mails(office)) == 1


def test_whoever_joined_is_told_when_the_reporter_takes_it_back(database: str) -> None:
    office = Office()
    case = worded(office)
    joins(office, case)
    verbs.withdraw(case, now=office.now)
    ((_name, payload),) = mails(office)
    assert '"message":"serupa_berakhir"' in payload


def test_the_letter_to_whoever_joined_is_neutral_and_in_their_language(database: str) -> None:
    office = Office()
    case = told(office)
    days.to_committees(office, case, "komisi_1")
    joins(office, case)
    who = Reporter("Jane", email="jane@contoh.id")
    verbs.join(case, who, "k2", now=office.now, language="en")
    days.follows_up(office, case, "lilik", "komisi_1")
    days.answers(office, case, "komisi_1")
    with serving() as (server, address):
        post = Post(f"smtp://{address}", "siapmas@contoh.id", "https://contoh.id")
        jobs.run_due(office.now, outside.handlers(post))
    answer, *others = server.letters
    assert days.ANSWER in body(answer)
    assert [letter["To"] for letter in others] == ["wagimin@contoh.id", "jane@contoh.id"]
    assert "“Jalan rusak”. Laporan itu sudah dijawab" in body(others[0])
    assert "Dear Jane" in body(others[1])
    assert "https://contoh.id/lapor" in body(others[1])
    for letter in others:
        for hidden in (days.ANSWER, "Kasiyem", "0001/SIAPMAS"):
            assert hidden not in body(letter)


# --- the city: subject and place, and an operator who counts two together ---


def complained(kota: Kota, key: str, place: str = "wates", topic: str = "kebersihan", **who: str) -> int:
    kota.now += 60_000
    reporter = Reporter(**({"email": f"{key}@contoh.id"} | who))
    data = {"subyek": topic, "wilayah": place, "bagian_subyek": None}
    return kota.complaint(key=key, reporter=reporter, **data)


def test_the_same_subject_and_place_come_first_and_the_public_sees_no_other_place(database: str) -> None:
    kota = Kota()
    far, near = complained(kota, "jauh", place="gedongan"), complained(kota, "dekat")
    asked = Told("Sampah", "", "Sampah menumpuk di depan pasar", topic="kebersihan", place="wates")
    assert [one.id for one in similar.for_staff(asked, kota.organisation, "pengaduan")][:2] == [near, far]
    few = Told("", "", "Sampah pasar busuk sekali menyengat", topic="kebersihan", place="wates")
    assert near in [one.id for one in similar.for_staff(few, kota.organisation, "pengaduan")]
    sql.execute("UPDATE case_file SET worded = ?", (True,))
    assert [one.id for one in similar.for_anyone(asked, kota.organisation, "pengaduan")] == [near]


def test_an_operator_counts_the_reporter_of_one_complaint_with_another(sqlite: str) -> None:
    counted_together(Kota())


def counted_together(kota: Kota) -> None:
    first, second = complained(kota, "satu"), complained(kota, "dua", email="", phone="0812 3456 7890")
    for case in (first, second):
        kota.acts(case, "pilih_skpd", skpd_utama="dkp")
    by = kota.people["petugas_dkp"]
    assert verbs.join_case(second, first, by=by, now=kota.now)
    assert not verbs.join_case(second, first, by=by, now=kota.now), "once"
    assert sql.value("SELECT companions FROM case_file WHERE id = ?", (first,)) == 1
    assert kota.state(second) == "berjalan", "the law merges none"
    kinds = [row[0] for row in sql.rows("SELECT kind FROM journal WHERE chain = ? ORDER BY seq", (f"case:{second}",))]
    assert kinds[-1] == "joined_to"
    for who, case, to in (
        ("koordinator", first, second),
        ("petugas_klh", first, second),
        ("petugas_dkp", first, first),
    ):
        with pytest.raises((NotAllowed, NotFound)):
            verbs.join_case(case, to, by=kota.people[who], now=kota.now)
    kota.acts(first, "teruskan")
    kota.acts(first, "telaah")
    kota.acts(first, "arahkan")
    kota.answered(first)
    kota.works_off_jobs()
    assert [name for name, _ in mails(kota)] == ["serupa:1"], "told by SMS: only a telephone is known"
    facts = citizens.facts_of(first, 3)
    assert short.number_of(facts) == "+6281234567890"
    by_rules = short.rules_of(facts)
    assert facts is not None and by_rules is not None
    assert "sudah dijawab" in short.compose("serupa_dijawab", facts, by_rules, "")
    assert facts.number not in short.compose("serupa_dijawab", facts, by_rules, ""), "no number of another's case"
