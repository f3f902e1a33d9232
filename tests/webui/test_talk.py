"""Around a case: what colleagues tell each other, and copies for other offices; nothing of it is told outside."""

from citizen import Site
from clerk import clerk

from db import sql


def a_case(site: Site, secrecy: str = "biasa") -> int:
    with site.asked() as office:
        case = office.report()
        office.sekar.registers(case, kerahasiaan=secrecy)
        office.wulan.does(case, "teliti_kasubag", keputusan_kasubag="teruskan")
        return case


def person(site: Site, who: str) -> int:
    with site.asked() as office:
        return getattr(office, who).person


def office_named(site: Site, code: str) -> int:
    with site.asked():
        return int(sql.value("SELECT id FROM office WHERE code = ?", (code,)))


def test_who_is_named_is_told_until_they_have_read_it(site: Site) -> None:
    case, hadi = a_case(site), person(site, "hadi")
    sekar = clerk(site, "sekar")
    for _ in range(2):  # pressed twice, said once
        answer = sekar.sends(f"/kasus/{case}/percakapan", teks="Pak Hadi, mohon lihat lampirannya.", sebut=[hadi])
        assert answer.status_code == 302
    with site.asked():
        assert sql.rows("SELECT kind, case_file, seen_ms FROM notice WHERE person_id = ?", (hadi,)) == [
            ("disebut", case, None)
        ]
        told = str(sql.rows("SELECT facts FROM journal")) + str(sql.rows("SELECT sealed FROM comment"))
        assert "lampirannya" not in told, "sealed, and in no journal"
    page = clerk(site, "hadi").opens(f"/kasus/{case}/percakapan").page
    assert "mohon lihat lampirannya" in page
    assert "@Drs. Hadi Santoso" in page
    with site.asked():
        assert sql.value("SELECT seen_ms FROM notice WHERE person_id = ?", (hadi,)) is not None
    assert "(dibaca" in sekar.opens(f"/kasus/{case}/percakapan").page


def test_a_mention_widens_nothing(site: Site) -> None:
    case, odi = a_case(site, "rahasia"), person(site, "odi")
    ratna = person(site, "ratna")
    sekar = clerk(site, "sekar")
    offered = sekar.opens(f"/kasus/{case}/percakapan").page
    assert "Drs. Hadi Santoso" in offered
    assert "Ratna Kusuma" not in offered, "a secret case is for who handles it"
    for stranger in (odi, ratna):
        answer = sekar.sends(f"/kasus/{case}/percakapan", teks="Lihat ini.", sebut=[stranger])
        assert answer.status_code == 422
        assert "Lihat ini." in sekar.page, "nothing typed is lost"
    with site.asked():
        assert sql.value("SELECT COUNT(*) FROM comment") == 0
        assert sql.value("SELECT COUNT(*) FROM notice") == 0
    assert clerk(site, "odi").opens(f"/kasus/{case}/percakapan").status == 404


def test_an_empty_or_endless_remark_is_refused_with_a_sentence(site: Site) -> None:
    case, sekar = a_case(site), clerk(site, "sekar")
    assert sekar.sends(f"/kasus/{case}/percakapan", teks="  ").status_code == 422
    assert "Tulis dulu" in sekar.page
    assert sekar.sends(f"/kasus/{case}/percakapan", teks="a" * 4001).status_code == 422
    assert "Paling banyak 4000 huruf" in sekar.page


def test_the_auditor_reads_no_talk_and_writes_none(site: Site) -> None:
    case, inggit = a_case(site), clerk(site, "inggit")
    clerk(site, "sekar").sends(f"/kasus/{case}/percakapan", teks="Hanya untuk rekan.")
    assert inggit.opens(f"/kasus/{case}/percakapan").status == 404
    assert inggit.sends(f"/kasus/{case}/percakapan", teks="Saya juga.").status_code in (403, 404)
    assert inggit.opens(f"/kasus/{case}/tembusan").status == 404
    assert "Percakapan rekan" not in inggit.opens(f"/kasus/{case}").page


def test_talk_stands_on_no_paper_and_on_no_page_of_the_citizen(site: Site) -> None:
    citizen = site.citizen()
    number, pin = citizen.reports()
    with site.asked() as office:
        case = int(sql.value("SELECT id FROM case_file WHERE number = ?", (number,)))
        office.sekar.registers(case)
    sekar = clerk(site, "sekar")
    sekar.sends(f"/kasus/{case}/percakapan", teks="Jangan sampai bocor.")
    assert "Jangan sampai bocor." in sekar.opens(f"/kasus/{case}/percakapan").page
    assert "bocor" not in citizen.follows(number, pin).page
    with site.asked():
        from engine.papers import dossier, lembar

        assert "bocor" not in repr(lembar.content(dossier.read(case)))
    part = sekar.opens(f"/kasus/{case}/percakapan", HX_Request="true").page
    assert "Jangan sampai bocor." in part
    assert "<html" not in part


def test_a_copy_lets_an_office_read_and_tells_who_read_it_when(site: Site) -> None:
    case, humas = a_case(site), office_named(site, "staf_humas")
    odi, hadi = clerk(site, "odi"), clerk(site, "hadi")
    assert odi.opens(f"/kasus/{case}").status == 404
    assert hadi.sends(f"/kasus/{case}/tembusan", jabatan=humas).status_code == 302
    assert "belum dibaca" in hadi.opens(f"/kasus/{case}").page
    odi.opens(f"/kasus/{case}", Sec_Purpose="prefetch")
    with site.asked():
        assert sql.value("SELECT read_ms FROM tembusan") is None, "a browser ahead of them has not read it"
    page = odi.opens(f"/kasus/{case}").page
    assert "Jalan di depan sekolah" in page
    assert "dibaca Odi Firmansyah" in page
    assert f"/kasus/{case}" in odi.opens("/kasus").page, "it is in their list too"
    with site.asked() as office:
        kinds = [kind for (kind,) in sql.rows("SELECT kind FROM journal WHERE case_file = ? ORDER BY seq", (case,))]
        assert kinds[-2:] == ["copied", "copy_read"]
        task = office.task(case, "teliti_kabag")
    assert odi.sends(f"/tugas/{task}", putusan_untuk="keputusan_kabag", putusan="teruskan").status_code == 403
    assert odi.sends(f"/kasus/{case}/tembusan", jabatan=office_named(site, "pendamping_komisi_1")).status_code == 403
    assert hadi.sends(f"/kasus/{case}/tembusan", jabatan=humas).status_code == 422, "once is enough"
    with site.asked():
        from engine.papers import dossier, lembar

        assert "Staf Humas dan Protokol" in repr(lembar.content(dossier.read(case)))


def test_a_secret_case_is_copied_only_on_purpose(site: Site) -> None:
    case, humas = a_case(site, "rahasia"), office_named(site, "staf_humas")
    hadi = clerk(site, "hadi")
    assert hadi.sends(f"/kasus/{case}/tembusan", jabatan=humas).status_code == 422
    assert "centang" in hadi.page
    assert clerk(site, "ratna").sends(f"/kasus/{case}/tembusan", jabatan=humas, yakin="ya").status_code == 404
    assert hadi.sends(f"/kasus/{case}/tembusan", jabatan=humas, yakin="ya").status_code == 302
    assert clerk(site, "odi").opens(f"/kasus/{case}").status == 200


def test_a_copy_goes_to_no_office_of_another_organisation(site: Site) -> None:
    case = a_case(site)
    with site.asked():
        other = sql.insert("organisation", code="lain", name="Lain", timezone="Asia/Jakarta")
        unit = sql.insert("unit", organisation_id=other, code="u", name="U", kind="")
        far = sql.insert("office", organisation_id=other, unit_id=unit, code="x", role="x", name="X", rank=1)
    assert clerk(site, "hadi").sends(f"/kasus/{case}/tembusan", jabatan=far).status_code == 422
