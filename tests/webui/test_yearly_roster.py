"""The head of an agency appoints the Pejabat; petugas serve by a yearly SK, entered at once, missed in December."""

import io

from cityhall import City
from office import ms

from db import sql
from engine.offices import people, roster

LETTER = {"letter": "800/12/2026", "letter_date": "2026-03-10", "from": "2026-03-13"}


def person(name: str) -> int:
    return int(sql.value("SELECT person_id FROM account WHERE username = ?", (name,)))


def office(code: str) -> int:
    return int(sql.value("SELECT id FROM office WHERE code = ?", (code,)))


def test_a_kepala_names_the_pejabat_of_their_own_unit_and_of_no_other(city: City) -> None:
    with city.asked():
        seat, elsewhere = office("pejabat_dkp"), office("pejabat_dinkes")
        petugas, stranger = person("petugas.dkp"), person("petugas.dinkes")
    head = city.enters("pimpinan.dkp")
    assert "Penetapan pejabat" in head.opens("/pantau").page
    assert "Administrator Kota" not in head.opens("/penetapan").page
    assert head.sends("/penetapan", office=str(seat), person=str(stranger), **LETTER).status_code == 422
    assert "unit Anda sendiri" in head.page
    assert "800/12/2026" in head.page
    with city.asked():  # who once served here and serves elsewhere now
        span = {"from_ms": 1, "until_ms": 2, "entered_ms": 1, "letter": "", "letter_date": ""}
        sql.insert("holding", office_id=seat, person_id=stranger, kind="definitif", **span)
    assert head.sends("/penetapan", office=str(seat), person=str(stranger), **LETTER).status_code == 422
    assert head.sends("/penetapan", office=str(elsewhere), person=str(petugas), **LETTER).status_code == 404
    assert head.sends("/penetapan", office=str(seat), person=str(petugas), **LETTER).status_code == 302
    with city.asked() as kota:
        assert [one.person_id for one in people.who_may_act(kota.now, office_id=seat)] == [petugas]
        assert sql.value("SELECT COUNT(*) FROM journal WHERE kind = 'named'") == 1
        holding = sql.value("SELECT MAX(id) FROM holding WHERE office_id = ?", (seat,))
        before = sql.value("SELECT MIN(id) FROM holding WHERE office_id = ?", (elsewhere,))
    assert head.sends(f"/penetapan/{before}/akhiri").status_code == 404
    assert head.sends(f"/penetapan/{holding}/akhiri").status_code == 302
    with city.asked() as kota:
        assert people.who_may_act(kota.now, office_id=seat) == []
    assert city.enters("pejabat.dinkes").opens("/penetapan").status == 403


def test_a_whole_year_is_entered_at_once_and_ends_by_itself(city: City) -> None:
    with city.asked() as kota:
        dkp, dinkes, who = office("petugas_dkp"), office("petugas_dinkes"), person("petugas.dkp")
        other, office_klh = person("petugas.dinkes"), office("petugas_klh")
        kota.now = ms("2026-12-02 09.00")
    admin = city.enters("admin.kota")
    page = admin.opens("/pengaturan/petugas?tahun=2027").page
    assert "21 jabatan belum mempunyai petugas mulai 1 Januari 2027" in page
    row = page.partition(f'name="orang-{dkp}"')[2].partition("</select>")[0]
    assert row.index(f'value="{who}"') < row.index("Dari unit lain") < row.index(f'value="{other}"')
    assert "Administrator Kota" not in row
    chosen = {f"orang-{dkp}": str(who), f"orang-{dinkes}": str(other)}
    admin.sends("/pengaturan/petugas", tahun="2027", **chosen)
    assert admin.status == 422
    assert "Isi nomor SK Walikota" in admin.page
    with city.asked():
        assert sql.value("SELECT COUNT(*) FROM journal WHERE kind = 'roster'") == 0
    admin.sends("/pengaturan/petugas", tahun="2027", letter="188.45/900/2026", letter_date="2026-12-01", **chosen)
    assert admin.status == 302
    twice = {f"orang-{office_klh}": str(who)}
    admin.sends("/pengaturan/petugas", tahun="2027", letter="188.45/9/2026", letter_date="2026-12-01", **twice)
    assert admin.status == 422
    assert "Ia memegang jabatan di unit lain pada tahun itu: " in admin.page
    assert "19 jabatan belum mempunyai petugas mulai 1 Januari 2027" in city.enters("harini").opens("/penugasan").page
    with city.asked():
        year = [
            (ms(at), bool(people.who_may_act(ms(at), office_id=dkp))) for at in ("2027-01-01 00.00", "2027-12-31 23.59")
        ]
        assert [acts for _, acts in year] == [True, True]
        assert people.who_may_act(ms("2028-01-01 00.00"), office_id=dkp) == []
        assert sql.value("SELECT COUNT(*) FROM journal WHERE kind = 'roster'") == 2


def test_a_table_with_one_wrong_row_enters_nothing_and_says_which(city: City) -> None:
    with city.asked():
        name = sql.value("SELECT nip FROM person WHERE id = ?", (person("petugas.dkp"),))
        nip = sql.value("SELECT nip FROM person WHERE id = ?", (person("petugas.dinkes"),))
        twice = ("Indah Nugroho", person("petugas.rsud"), person("petugas.klh"))
        sql.execute("UPDATE person SET name = ? WHERE id IN (?, ?)", twice)
    admin = city.enters("admin.kota")
    rows = (
        f"unit;orang;nomor_sk;tanggal_sk\ndkp;{name};188.45/1/2026;2026-01-02\nDinas Kesehatan;{nip};188.45/1/2026;\n"
    )
    wrong = rows + "dinas antah;Indah Nugroho;1;\n"
    admin.sends("/pengaturan/petugas/tabel", tahun="2026", file=(io.BytesIO(wrong.encode()), "sk.csv"))
    assert admin.status == 422
    assert "Baris 4" in admin.page
    assert "dinas antah" in admin.page
    assert "Ada beberapa orang bernama “Indah Nugroho”" in admin.page
    with city.asked():
        assert sql.value("SELECT COUNT(*) FROM journal WHERE kind = 'roster'") == 0
    admin.sends("/pengaturan/petugas/tabel", tahun="2026", file=(io.BytesIO(rows.encode("latin-1")), "sk.csv"))
    assert admin.status == 302, admin.page
    assert "188.45/1/2026" in admin.opens("/pengaturan/petugas?tahun=2026").page
    admin.sends("/pengaturan/petugas/tabel", tahun="2026", file=(io.BytesIO(b"a;b\n1;2\n"), "sk.csv"))
    assert "Kolom ini tidak ada" in admin.page


def test_from_december_whoever_oversees_is_warned_three_times_and_not_more(city: City) -> None:
    with city.asked() as kota:
        assert roster.warn(ms("2026-11-30 09.00")) == 0
        assert [roster.warn(ms(f"2026-12-{day:02d} 09.00")) for day in (1, 2, 15, 27, 31)] == [1, 0, 1, 1, 0]
        told = "SELECT COUNT(*) FROM notice WHERE kind = 'sk-tahunan' AND person_id = ?"
        assert sql.value(told, (person("ketut"),)) == 3
        assert sql.value(told, (person("pejabat.dkp"),)) == 0
        kota.now = ms("2026-12-28 09.00")
    assert (
        "Petugas tahun 2027: 21 jabatan belum mempunyai penetapan." in city.enters("ketut").opens("/pemberitahuan").page
    )
