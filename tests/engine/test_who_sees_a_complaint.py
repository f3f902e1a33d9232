"""Who sees a complaint of the city, and who knows its reporter: the unit that handles it, while it handles it."""

import pytest
from kota import Kota

from engine.errors import NotFound
from engine.offices import policy


@pytest.fixture
def kota(database: str) -> Kota:
    return Kota()


def sees(kota: Kota, office: str, case: int) -> tuple[bool, bool] | None:
    """Whether an office reads the texts and knows the reporter; None: the case is not there for it."""
    try:
        view = policy.view(kota.people[office], case, kota.now)
    except NotFound:
        return None
    return view.texts, view.identity


def test_the_unit_that_handles_it_helpers_and_the_redaktur_each_see_their_part(kota: Kota) -> None:
    case = kota.forwarded(subyek="pju")
    kota.acts(case, "telaah")
    kota.acts(case, "arahkan", cara_penanganan="koordinasi", unit_pembantu=["klh"])
    assert sees(kota, "petugas_dkp", case) == (True, True)
    assert sees(kota, "pejabat_dkp", case) == (True, True)
    assert sees(kota, "pimpinan_dkp", case) == (True, False)
    assert sees(kota, "pejabat_klh", case) == (True, False), "helps: what, not who"
    assert sees(kota, "redaktur", case) == (True, False)
    assert sees(kota, "koordinator", case) == (True, False)
    for other in ("petugas_klh", "pimpinan_klh", "pejabat_dpu", "inspektur", "walikota"):
        assert sees(kota, other, case) is None, other


def test_a_unit_that_gave_it_away_keeps_what_it_did_and_no_longer_knows_who(kota: Kota) -> None:
    case = kota.forwarded(subyek="pju")
    kota.acts(case, "telaah", hasil_telaah="salah_masuk")
    kota.acts(case, "alihkan", skpd_utama="dpu")
    assert sees(kota, "petugas_dkp", case) == (True, False)
    assert sees(kota, "pejabat_dkp", case) == (True, False)
    assert sees(kota, "petugas_dpu", case) == (True, True)
    assert sees(kota, "pejabat_dpu", case) is None, "not forwarded to them yet"
