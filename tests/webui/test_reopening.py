"""The coordinator opens again what was decided not to be followed up: a new case, the same reporter, the same PIN."""

from cityhall import City

from db import sql
from engine import tracking, vault
from engine.mail import citizens


def declined(city: City) -> int:
    with city.asked() as kota:
        case = kota.declined()
        assert kota.state(case) == "selesai", kota.waits(case)
    return case


def test_it_goes_on_as_a_new_case_with_the_decision_kept(city: City) -> None:
    case = declined(city)
    harini = city.enters("harini")
    assert "Buka kembali pengaduan ini" in harini.opens(f"/kasus/{case}").page
    assert "Buka kembali pengaduan ini" not in city.enters("ketut").opens(f"/kasus/{case}").page
    assert city.enters("ketut").sends(f"/kasus/{case}/buka-kembali", alasan="Ada bukti baru.").status_code == 403
    assert harini.sends(f"/kasus/{case}/buka-kembali", alasan=" ").location.endswith("#buka-kembali")
    answer = harini.sends(f"/kasus/{case}/buka-kembali", alasan="Ada bukti baru.")
    new = int(answer.location.rpartition("/")[2])
    assert new != case
    assert "yang diputuskan tidak ditindaklanjuti" in harini.opens(f"/kasus/{new}").page
    assert "Dibuka kembali sebagai" in harini.opens(f"/kasus/{case}").page
    harini.sends(f"/kasus/{case}/buka-kembali", alasan="Lagi.")
    with city.asked() as kota:
        assert sql.value("SELECT COUNT(*) FROM case_file WHERE continues = ?", (case,)) == 1
        assert "telaah" in kota.waits(new)
        both = sql.rows("SELECT reporter_id, unit FROM case_file WHERE id IN (?, ?)", (case, new))
        assert len(set(both)) == 1
        kinds = {row[0] for row in sql.rows("SELECT kind FROM journal WHERE kind IN ('reopened', 'continued')")}
        assert kinds == {"reopened", "continued"}
        assert "bukti" not in str(sql.rows("SELECT facts FROM journal"))
        number, key = (
            sql.row("SELECT n.number, o.send_key FROM case_file n JOIN case_file o ON o.id = n.continues") or ()
        )
        assert tracking.unlock(number, vault.pin(key), source="1.2.3.4", now=kota.now) == new


def test_the_reporter_is_told_in_their_own_words_and_finds_the_way_from_either_number(city: City) -> None:
    case = declined(city)
    harini = city.enters("harini")
    new = int(harini.sends(f"/kasus/{case}/buka-kembali", alasan="Ada bukti baru.").location.rpartition("/")[2])
    with city.asked() as kota:
        old, number = (sql.value("SELECT number FROM case_file WHERE id = ?", (one,)) for one in (case, new))
        assert tracking.follow(new, now=kota.now).line == (old, "")
        assert tracking.follow(case, now=kota.now).line == ("", number)
        assert '"message":"dibuka_kembali"' in str(
            sql.value("SELECT payload FROM job WHERE name = ?", (f"dibuka:{new}",))
        )
        facts = citizens.facts_of(new)
        assert facts is not None
        text = citizens.compose("dibuka_kembali", facts, "Sri", base="https://contoh.id", now=kota.now).body
        assert f"nomor {old}, yang semula tidak ditindaklanjuti, dibuka kembali" in text
        assert f"sekarang {number}" in text
