"""What every answer carries, and that no form is taken without its token."""

import json
import re
from ipaddress import ip_network
from pathlib import Path

import pytest
from citizen import Site
from clerk import RECEIVED, clerk, visitor
from huey import MemoryHuey

import webui
from webui import headers, kept, logs
from webui.proxies import Proxies


@pytest.mark.parametrize("address", ["/", "/masuk", "/tugas", "/tidak-ada", "/healthz", "/lacak"])
def test_every_answer_forbids_what_browsers_would_guess(site: Site, address: str) -> None:
    answer = visitor(site).opens(address).last
    assert answer is not None
    for name, value in headers.HEADERS.items():
        assert answer.headers[name] == value, name
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "Strict-Transport-Security" not in answer.headers  # this installation is reached by plain http


def test_pages_of_the_staff_are_not_kept_by_shared_computers(site: Site) -> None:
    answer = clerk(site, "sekar").opens("/tugas").last
    assert answer is not None
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_form_without_its_token_changes_nothing_and_keeps_what_was_typed(site: Site) -> None:
    with site.asked() as office:
        task = office.task(office.report(), "terima")
    sekar = clerk(site, "sekar")
    typed = RECEIVED | {"catatan": "Tulisan sekar"}
    sekar.sends(f"/tugas/{task}", token=False, **typed)
    assert (sekar.status, "Tulisan sekar" in sekar.page, "terlalu lama terbuka" in sekar.page) == (400, True, True)
    assert sekar.sends(f"/tugas/{task}", **typed).status_code == 302


def test_a_form_of_another_page_is_offered_again_with_what_was_typed(site: Site) -> None:
    with site.asked() as office:
        case = office.report()
    sekar = clerk(site, "sekar")
    sekar.sends(f"/kasus/{case}/cabut", token=False, diminta="ya")
    assert (sekar.status, "kirim sekali lagi" in sekar.page) == (400, True)
    assert 'name="diminta" value="ya"' in sekar.page
    with site.asked() as office:
        assert office.state(case) == "berjalan"


def test_a_password_is_never_shown_again(site: Site) -> None:
    someone = visitor(site)
    someone.sends("/masuk", token=False, nama="sekar", sandi="sangat-rahasia-sekali")
    assert (someone.status, "sangat-rahasia-sekali" in someone.page) == (400, False)
    secret, admin = "sangat-rahasia-sekali", clerk(site, "admin")
    someone.sends("/masuk/sekali/1", token=False, sandi=secret, ulang=secret)
    assert (someone.status, secret in someone.page) == (400, False)
    admin.sends("/pengaturan/sms", token=False, sandi_penyedia=secret)
    assert (admin.status, secret in admin.page) == (400, False)


def test_every_field_that_hides_what_is_typed_is_one_that_is_never_shown_again() -> None:
    pages = sorted((Path(webui.__file__).parent / "templates").rglob("*.html"))
    text = "\n".join(path.read_text() for path in pages)
    hidden = re.findall(r'name="(\w+)" type="password"', text)
    hidden += re.findall(r"password\('(\w+)'", text) + re.findall(r"f\.text\('(\w+)'[^\n]*type='password'", text)
    assert {"sandi", "lama", "ulang", "sandi_penyedia"} <= set(hidden) <= set(kept.NEVER)


def test_what_another_site_sends_in_somebodys_name_is_kept_for_nobody(site: Site) -> None:
    stranger = visitor(site).client
    for sender, kept_for_them in (("same-origin", True), ("cross-site", False)):
        answer = stranger.post("/tugas/1", data={"catatan": "Setujui."}, headers={"Sec-Fetch-Site": sender})
        assert (answer.status_code, 'name="titipan"' in answer.get_data(as_text=True)) == (401, kept_for_them), sender


def test_a_form_larger_than_forms_are_is_refused_in_words(site: Site) -> None:
    sekar = clerk(site, "sekar")
    sekar.sends("/bahasa", language="en", next="x" * 3_000_000)
    assert (sekar.status, "terlalu besar" in sekar.page) == (413, True)


def test_the_log_of_requests_tells_the_route_and_nobody(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()  # the log goes to where standard error is now
    with site.asked() as office:
        case = office.report()
    sekar = clerk(site, "sekar")
    sekar.opens(f"/kasus/{case}")
    sekar.opens("/kasus?cari=Slamet")
    sekar.sends("/masuk", nama="seseorang", sandi="rahasia")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    assert "/kasus/<int:case_id>" in {line["route"] for line in lines if line["event"] == "request"}
    assert not any(word in json.dumps(lines) for word in ("Slamet", "seseorang", "rahasia", "slamet@contoh.id"))


def seen_by(proxy: Proxies, address: str, **forwarded: str) -> tuple[str, str]:
    told: dict[str, str] = {}

    environ = {"REMOTE_ADDR": address, "wsgi.url_scheme": "http"} | forwarded
    Proxies(lambda env, _start: told.update(env) or [], proxy.networks)(environ, None)
    return told["REMOTE_ADDR"], told["wsgi.url_scheme"]


def test_what_a_library_reports_of_a_task_that_broke_names_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()
    queue = MemoryHuey(results=False)
    try:
        queue.task()(lambda: {}["3576014107850003"])()
        queue.execute(queue.dequeue())
    finally:
        told = capsys.readouterr().err
    assert "3576014107850003" not in told
    line = json.loads(told.splitlines()[-1])
    assert (line["event"], line["library"], line["kind"]) == ("library", "huey", "KeyError")


def test_only_named_proxies_are_believed_about_where_a_request_comes_from() -> None:
    proxy = Proxies(lambda _env, _start: [], (ip_network("10.0.0.0/8"),))
    forwarded = {"HTTP_X_FORWARDED_FOR": "6.6.6.6, 203.0.113.9, 10.0.0.2", "HTTP_X_FORWARDED_PROTO": "https"}
    assert seen_by(proxy, "10.0.0.1", **forwarded) == ("203.0.113.9", "https")
    assert seen_by(proxy, "203.0.113.77", **forwarded) == ("203.0.113.77", "http")
    assert seen_by(proxy, "10.0.0.1", HTTP_X_FORWARDED_FOR="omong kosong") == ("10.0.0.1", "http")
