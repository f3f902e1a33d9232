"""The surat pengantar to the Inspektorat: on paper with its own number, and without the reporter."""

from io import BytesIO

from cityhall import City
from pypdf import PdfReader

from db import sql


def test_a_case_handed_to_the_inspektorat_has_a_covering_note_on_paper(city: City) -> None:
    with city.asked() as kota:
        case = kota.complaint()
        kota.acts(case, "pilih_skpd", skpd_utama="dkp")
        kota.acts(case, "teruskan", hasil_penerusan="pengawasan")
        kota.works_off_jobs()
        [(task, office)] = sql.rows(
            "SELECT t.id, o.name FROM task t JOIN office o ON o.id = t.office_id"
            " WHERE t.case_file_id = ? AND t.element = 'terima_pelimpahan'",
            (case,),
        )
        number = sql.value("SELECT number FROM case_file WHERE id = ?", (case,))
    address = f"/kasus/{case}/lembar/surat-pengantar.pdf"
    inspektur = city.enters("inspektur")
    assert address in inspektur.opens(f"/tugas/{task}").page
    assert address in inspektur.opens(f"/kasus/{case}").page
    paper = inspektur.client.get(address)
    assert paper.status_code == 200
    reader = PdfReader(BytesIO(paper.data))
    words = " ".join("".join(page.extract_text() for page in reader.pages).split())
    assert f"Pengantar pelimpahan pengaduan nomor {number}" in words
    assert "Kami teruskan pengaduan tentang dugaan pungutan liar." in words
    assert f"Yth. {office}" in words.replace("Yth.", "Yth. ").replace("  ", " ")
    assert "Sri" not in words, "who reported is opened in the case, where it is recorded"
    assert inspektur.client.get(address).data == paper.data
    with city.asked():
        given = sql.rows("SELECT number FROM letter WHERE case_file_id = ?", (case,))
    assert len(given) == 1
    assert f"{given[0][0]}" in words
    assert city.enters("pejabat.dpu").client.get(address).status_code == 404
