"""The letter of an answer names its reporter only to whoever may know who reported."""

from cityhall import City
from paperwork import words

from engine.commands import own_data


def test_a_letter_that_is_printed_without_the_right_to_the_identity_says_not_to_whom_it_goes(city: City) -> None:
    with city.asked() as kota:
        case = kota.forwarded()
        for element in ("sunting_pengaduan", "telaah", "arahkan"):
            kota.acts(case, element)
        kota.answered(case)
        where = {"phone": "081234567890", "email": "sri@contoh.id", "address": "Jalan Melati 7"}
        own_data.correct_contact(case, **where, now=kota.now)
    seen = {}
    for who in ("rendra", "pejabat.dkp"):
        answer = city.enters(who).opens(f"/kasus/{case}/lembar/surat-balasan.pdf").last
        assert answer is not None
        seen[who] = words(answer.get_data())
    assert "Jalan Melati 7" in seen["pejabat.dkp"]
    assert "Jalan Melati 7" not in seen["rendra"]
    assert "Sri" not in seen["rendra"]
    assert "Saudara pelapor" in seen["rendra"]
