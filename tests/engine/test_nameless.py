"""Whoever complains to the city is asked no name (Perwali 14/2016 Pasal 5): every text and paper works without one."""

import pytest
from kota import Kota

from engine.commands.start import Reporter
from engine.mail import citizens, preview
from engine.mail.catalogue import LANGUAGES, MESSAGES, product_text
from engine.papers import dossier, heading, letter


@pytest.fixture
def kota(sqlite: str) -> Kota:
    return Kota()


def test_every_mail_greets_somebody(kota: Kota) -> None:
    case = kota.complaint(reporter=Reporter("", email="warga@contoh.id"))
    facts = citizens.facts_of(case)
    assert facts is not None
    for language in LANGUAGES:
        spoken = citizens.Facts(**{**vars(facts), "language": language})
        name, mail = citizens.addressee(spoken)
        assert mail == "warga@contoh.id"
        for message in MESSAGES.values():
            if message.audience == "pelapor":
                text = citizens.compose(message.key, spoken, name, base="https://contoh.id", now=kota.now).body
                greeting = text.splitlines()[0]
                assert greeting in ("Yth. Bapak/Ibu,", "Dear Sir or Madam,"), (message.key, greeting)


def test_the_preview_greets_as_the_mail_does(kota: Kota) -> None:
    case = kota.forwarded(reporter=Reporter("", email="warga@contoh.id"))
    number = dossier.read(case).head.number
    words = product_text("tanda_terima", "en")
    seen = preview.of_case(
        "tanda_terima", "en", words, number, by=kota.people["petugas_dkp"], base="https://contoh.id", now=kota.now
    )
    assert "Dear Sir or Madam," in seen.text.body


def test_no_paper_leaves_the_place_of_a_name_empty(kota: Kota) -> None:
    case = kota.forwarded(reporter=Reporter("", phone="0812 3456 7890"))
    file = dossier.read(case)
    assert letter.addressee(file) == ("Saudara pelapor", "di Tempat")
    assert heading.sender(file.head.reporter_id, file.head.identity) == "(nama tidak diminta)"
    assert file.sender == "(identitas dilindungi)", "the city's papers name nobody anyway"
