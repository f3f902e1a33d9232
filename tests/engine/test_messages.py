"""Mail to citizens: what it says, when it leaves, what happens when the mail server will not have it."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import siapmas_days as day
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from kota import Kota
from mailserver import MailServer, body, serving
from office import Office

from db import sql
from engine import jobs, outside, vault, verbs
from engine.commands import messages, wordings
from engine.errors import FormInvalid, NotAllowed, NotFound
from engine.mail import blanks, catalogue
from engine.mail.catalogue import LANGUAGES, MESSAGES, Text
from engine.outside import Post, reachable


@pytest.fixture
def office(sqlite: str) -> Office:
    """On SQLite alone: nothing here is said differently to PostgreSQL."""
    return Office()


INCOMPLETE = {"hasil_verifikasi": "tidak_lengkap", "yang_kurang": "Lampirkan foto jalannya {pin} {0.__class__}."}


def runs(office: Office, address: str) -> int:
    return jobs.run_due(
        office.now, outside.handlers(Post(f"smtp://{address}", "siapmas@contoh.id", "https://contoh.id"))
    )


def number_of(case: int) -> str:
    return str(sql.value("SELECT number FROM case_file WHERE id = ?", (case,)))


def pin_of(case: int) -> str:
    return vault.pin(sql.value("SELECT send_key FROM case_file WHERE id = ?", (case,)))


# --- what they say ---


def test_the_receipt_that_was_asked_for_comes_once_with_number_and_pin(office: Office) -> None:
    case = office.report()
    assert sql.value("SELECT COUNT(*) FROM job WHERE kind = 'mail'") == 0, "nobody asked"
    assert messages.can_mail(case)
    for _ in range(3):
        messages.send_receipt(case, now=office.now)
    assert not messages.can_mail(case)
    with serving() as (server, address):
        runs(office, address)
    (letter,) = server.letters
    assert letter["Subject"] == f"Tanda terima laporan {number_of(case)}"
    assert f"PIN: {pin_of(case)}" in body(letter)
    assert "Senin, 6 April 2026 pukul 08.00 WIB" in body(letter)
    assert pin_of(case) not in str(sql.rows("SELECT name, payload, error FROM job"))
    assert pin_of(case) not in str(sql.rows("SELECT facts FROM journal"))


def test_a_report_without_an_address_has_no_receipt_to_mail(office: Office) -> None:
    case = office.report(email="", phone="081234567890")
    assert not messages.can_mail(case)
    with pytest.raises(NotAllowed):
        messages.send_receipt(case, now=office.now)
    verbs.withdraw(case, now=office.now)
    assert sql.value("SELECT COUNT(*) FROM job WHERE kind = 'mail'") == 0


def test_the_request_says_what_is_missing_and_until_when_and_carries_nothing_out(office: Office) -> None:
    case = office.report()
    office.sekar.registers(case, **INCOMPLETE)
    with serving() as (server, address):
        runs(office, address)
    (letter,) = server.letters
    assert INCOMPLETE["yang_kurang"] in body(letter), "the words of a person are no template"
    assert pin_of(case) not in body(letter)
    assert "Batas waktu: Senin, 20 April 2026 pukul 16.00 WIB." in body(letter)
    until = sql.value("SELECT due_ms FROM job WHERE kind = 'timer' AND state = 'waiting'")
    assert until == office.at("2026-04-20 16.00").now, "as the timer that was set then"


def test_a_withdrawal_is_confirmed_in_the_language_of_the_report(office: Office) -> None:
    case = office.report()
    sql.execute("UPDATE case_file SET language = 'en' WHERE id = ?", (case,))
    verbs.withdraw(case, now=office.now)
    with serving() as (server, address):
        runs(office, address)
    assert server.letters[0]["Subject"] == f"Report {number_of(case)} was withdrawn"
    assert "withdrawn on Monday 6 April 2026, 08.00 WIB" in body(server.letters[0])
    assert '"delivered":true' in sql.value("SELECT facts FROM journal WHERE kind = 'mailed'")


def test_every_text_of_the_product_passes_its_own_rules() -> None:
    for message in MESSAGES.values():
        for language in LANGUAGES:
            assert blanks.problems(message, catalogue.product_text(message.key, language)) == {}, message.key


# --- the words of an organisation ---

ANSWER = Text("Balasan {nomor}", "Salam {nama},\n{isi}\n{alamat}")


def test_an_edited_text_is_used_from_then_on_and_journalled_with_before_and_after(office: Office) -> None:
    by = office.admin.actor
    assert wordings.change_text(
        "tanda_pencabutan", "id", Text("Dicabut: {nomor}", "Halo {nama}. {nomor}"), by=by, now=1
    )
    assert not wordings.change_text(
        "tanda_pencabutan", "id", Text("Dicabut: {nomor}", "Halo {nama}. {nomor}"), by=by, now=2
    )
    facts = sql.value("SELECT facts FROM journal WHERE kind = 'setting' ORDER BY id DESC LIMIT 1")
    assert '"name":"texts:tanda_pencabutan:id"' in facts
    assert '"before":null' in facts
    assert "Halo {nama}" in facts
    case = office.report()
    verbs.withdraw(case, now=office.now)
    with serving() as (server, address):
        runs(office, address)
    assert server.letters[0]["Subject"] == f"Dicabut: {number_of(case)}"
    assert wordings.reset_text("tanda_pencabutan", "id", by=by, now=3)
    assert not wordings.reset_text("tanda_pencabutan", "id", by=by, now=4)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (Text("Jawaban", "{isi}"), "body"),
        (Text("Jawaban", "{nomor}"), "body"),
        (Text("Jawaban", "{nomor} {isi} {pin}"), "body"),
        (Text("Jawaban", "{nomor} {isi} {nomr}"), "body"),
        (Text("Jawaban", "{nomor} {isi} {0.__class__}"), "body"),
        (Text("Jawaban", "{nomor} {isi} {nama.__init__.__globals__}"), "body"),
        (Text("Jawaban", "{nomor} {isi} {{ config }} {% for x in y %}"), "body"),
        (Text("Jawaban", "{nomor} {isi} {isi!r:>99999999}"), "body"),
        (Text("Jawaban", "{nomor} {isi} }"), "body"),
        (Text("Jawaban {isi}", "{nomor} {isi}"), "subject"),
        (Text("Jawaban {nama}", "{nomor} {isi}"), "subject"),
        (Text("Jawaban\nBcc: semua@contoh.id", "{nomor} {isi}"), "subject"),
        (Text("", "{nomor} {isi}"), "subject"),
        (Text("x" * 151, "{nomor} {isi}"), "subject"),
        (Text("Jawaban", "{nomor} {isi}" + "x" * 5000), "body"),
    ],
)
def test_a_text_with_foreign_or_missing_blanks_is_refused_with_a_sentence(
    office: Office, text: Text, place: str
) -> None:
    with pytest.raises(FormInvalid) as refused:
        wordings.change_text("jawaban", "id", text, by=office.admin.actor, now=office.now)
    assert all(objection.sentence for objection in refused.value.problems[place])
    assert sql.value("SELECT COUNT(*) FROM setting WHERE name LIKE 'texts:%'") == 0


def test_what_fills_a_blank_is_never_looked_through_again() -> None:
    said = blanks.fill("{nama}: {isi} {lain}", {"nama": "{isi}", "isi": "{nama} {0.__class__} %s {{7*7}}", "pin": "1"})
    assert said == "{isi}: {nama} {0.__class__} %s {{7*7}} {lain}"
    assert blanks.subject("{nama}", {"nama": "a\r\nBcc: b@c.id"}) == "a Bcc: b@c.id"


def test_only_an_administrator_words_messages(office: Office) -> None:
    with pytest.raises(NotAllowed):
        wordings.change_text("jawaban", "id", ANSWER, by=office.surya.actor, now=office.now)
    with pytest.raises(NotFound):
        wordings.change_text("entah", "id", ANSWER, by=office.admin.actor, now=office.now)


# --- the mail server ---


def approved(office: Office) -> int:
    case = office.report()
    day.to_committees(office, case, "komisi_4")
    day.follows_up(office, case, "maya", "komisi_4")
    day.answers(office, case, "komisi_4")
    return case


def test_busy_at_first_the_letter_leaves_later_once_under_the_same_message_id(office: Office) -> None:
    case = office.report()
    verbs.withdraw(case, now=office.now)
    with serving() as (server, address):
        server.answers = ["451 later"]
        runs(office, address)
        assert sql.row("SELECT state, attempts, error FROM job WHERE kind = 'mail'") == ("waiting", 1, "Postponed 451")
        assert runs(office, address) == 0, "not before the pause is over"
        runs(office.after(minutes=1), address)
        assert runs(office.after(minutes=60), address) == 0
        messages.resend(sql.value("SELECT id FROM job WHERE kind = 'mail'"), by=office.admin.actor, now=office.now)
        runs(office, address)
    first, again = server.letters
    assert first["Message-ID"].endswith("@contoh.id>")
    assert first["Message-ID"] != again["Message-ID"], "sent again is another letter"
    assert server.tries == 3


def test_refused_for_good_it_waits_for_a_person_and_whoever_acted_last_is_told(office: Office) -> None:
    case = office.report()
    office.sekar.registers(case, **INCOMPLETE)
    with serving() as (server, address):
        server.answers = ["550 no"]
        runs(office, address)
    assert office.waits(case) == ["minta_kelengkapan"], "the case goes on: the news stands on the tracking page"
    told = sql.rows(
        "SELECT a.username FROM notice n JOIN account a ON a.person_id = n.person_id WHERE kind = 'surel_gagal'"
    )
    assert sorted(name for (name,) in told) == ["joko", "sekar"]
    assert sql.value("SELECT error FROM job WHERE kind = 'service'") == "surel ditolak (550)"
    verbs.withdraw(case, now=office.now)
    with serving() as (server, address):
        server.answers = ["550 no"]
        runs(office, address)
        job = sql.value("SELECT id FROM job WHERE kind = 'mail' AND state = 'failed'")
        messages.retry_job(job, by=office.admin.actor, now=office.now)
        runs(office, address)
    assert len(server.letters) == 1
    assert sql.value("SELECT state FROM job WHERE id = ?", (job,)) == "done"


def test_our_own_wrong_password_is_tried_again_and_never_counts_as_the_citizens_fault(office: Office) -> None:
    case = approved(office)

    def nobody(*_: object) -> AuthResult:
        return AuthResult(success=False, handled=False)

    with serving(authenticator=nobody, auth_require_tls=False) as (server, address):
        runs(office, f"kantor:rahasia@{address}")
        assert reachable(f"smtp://kantor:rahasia@{address}") == f"peladen surat {address} menolak nama atau kata sandi"
    assert office.waits(case) == []
    error = sql.value("SELECT error FROM job WHERE kind = 'service' AND state = 'waiting'")
    assert error == "SMTPAuthenticationError 535"
    with serving() as (server, address):
        runs(office.after(minutes=1), address)
    assert len(server.letters) == 1
    assert office.state(case) == "selesai"


def test_a_certificate_nobody_vouches_for_lets_no_letter_out(office: Office, tmp_path: Path) -> None:
    case = office.report()
    verbs.withdraw(case, now=office.now)
    with serving(tls_context=self_made(tmp_path), require_starttls=True) as (server, address):
        runs(office, address)
        assert reachable(f"smtp://{address}") == f"sertifikat peladen surat {address} tidak dapat dipercaya"
    assert server.tries == 0
    assert sql.value("SELECT state FROM job WHERE kind = 'mail'") == "waiting"


def self_made(folder: Path) -> ssl.SSLContext:
    """A certificate of its own making."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    since = datetime(2026, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(since).not_valid_after(since + timedelta(days=9_000))
    pem = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "both.pem").write_bytes(pem + private)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "both.pem")
    return context


def test_whether_the_mail_server_answers_is_one_sentence() -> None:
    with serving() as (server, address):
        assert reachable(f"smtp://{address}") == ""
        assert isinstance(server, MailServer)
        assert server.tries == 0
    assert reachable("smtp://127.0.0.1:1") == "peladen surat 127.0.0.1:1 menolak sambungan"
    assert (
        reachable("smtp://tidak.ada.invalid:25") == "peladen surat tidak.ada.invalid:25 tidak dapat dipakai (gaierror)"
    )


# --- in people's hands ---


def test_an_answer_that_is_called_off_goes_the_error_way_of_the_diagram(office: Office) -> None:
    case = approved(office)
    job = sql.value("SELECT id FROM job WHERE kind = 'service' AND state = 'waiting'")
    with pytest.raises(FormInvalid):
        messages.cancel(job, "karena Slamet meminta", by=office.admin.actor, now=office.now)
    messages.cancel(job, "cara_lain", by=office.admin.actor, now=office.now)
    assert office.waits(case) == ["sampaikan_balasan"]
    with pytest.raises(NotAllowed):
        messages.cancel(job, "cara_lain", by=office.admin.actor, now=office.now)
    assert office.works_off_jobs() == 0


def test_a_job_of_another_organisation_is_not_there(office: Office) -> None:
    case = office.report()
    verbs.withdraw(case, now=office.now)
    job = sql.value("SELECT id FROM job WHERE kind = 'mail'")
    account, person, _ = vars(Kota().people["redaktur"]).values()
    stranger = verbs.Actor(account, person, frozenset({"admin"}))
    for act in (messages.retry_job, messages.resend):
        with pytest.raises(NotFound):
            act(job, by=stranger, now=office.now)
        with pytest.raises(NotAllowed):
            act(job, by=office.sekar.actor, now=office.now)
    with pytest.raises(NotFound):
        messages.cancel(job, "tidak_perlu", by=stranger, now=office.now)


def test_a_letter_in_a_workers_hands_is_left_alone(office: Office) -> None:
    case = office.report()
    verbs.withdraw(case, now=office.now)
    job = sql.value("SELECT id FROM job WHERE kind = 'mail'")
    sql.execute("UPDATE job SET lease_ms = ? WHERE id = ?", (office.now + 60_000, job))
    with pytest.raises(NotAllowed):
        messages.retry_job(job, by=office.admin.actor, now=office.now)
