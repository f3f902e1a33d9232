"""`disposisi init --demo`: the governments of the demonstration, at work, and who signs in where."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from db.connect import dispose, hurried
from engine import demo, jobs, outside
from engine.demo import city as demo_city
from engine.demo import city_days as demo_city_days
from engine.demo import office as demo_office
from engine.demo.city import Named
from engine.demo.days import City
from engine.files import Store
from engine.installation import Body
from engine.mail.transport import Post
from webui import clock
from webui.config import Config
from webui.post import post_of

PASSWORD = "sandi-demo"  # noqa: S105 - of the demonstration, printed for everyone to read
POWERS = {
    "auditor": "pemeriksa (/audit)",
    "designer": "perancang (/perancang)",
    "admin": "pengaturan (/pengaturan)",
}


def open_demo(config: Config, only: str) -> None:
    """Founds the governments (`only` one of them, by its code) and lives through their days; writes demo.txt."""
    now, said = clock.real(), config.home / "demo.txt"
    with _whole(config), hurried():
        told = [found(config, now) for code, found in BODIES.items() if only in ("", code)]
        jobs.seal_all(now)
    said.write_text("\n".join([f"Masuk di /masuk; kata sandi semua akun contoh: {PASSWORD}\n", *told]))


@contextmanager
def _whole(config: Config) -> Iterator[None]:
    """A demonstration that was broken off is taken away, so that the next start makes a whole one."""
    try:
        yield
    except BaseException:
        dispose()
        for left in config.home.glob("disposisi.db*"):
            left.unlink()
        raise


def _dprd(config: Config, now: int) -> str:
    demo.open_office(PASSWORD, now=now)
    demo.work_through(now=now, handlers=outside.handlers(_post(config)))
    return _sign_ins(demo_office.BODY, demo_office.PEOPLE)


def _city(config: Config, now: int) -> str:
    since, body = demo_city_days.since(now), demo_city.BODY
    organisation = demo.open_office(PASSWORD, now=now, since=since, body=body, people=demo_city.PEOPLE)
    handlers, files = outside.handlers(replace(_post(config), sms=True)), Store(config.home / "files", 0)
    city = demo_city_days.live_through(organisation, now=now, handlers=handlers, files=files)
    return _sign_ins(body, demo_city.LEADING) + _agencies() + _citizens(city)


BODIES: dict[str, Callable[[Config, int], str]] = {demo_office.DPRD: _dprd, demo_city.CITY: _city}
"""What founds each government, by its code; gives what is told of it."""


def _post(config: Config) -> Post:
    """The letters of the played days stay here, whatever mail server there is."""
    return replace(post_of(config), url=(config.home / "surel").as_uri().replace("file://", "folder://"))


def _sign_ins(body: Body, people: Sequence[Named]) -> str:
    offices = {plan.code: plan.name for plan in body.offices}
    width = max(len(who[0]) for who in people)
    lines = [f"  {who[0]:{width}} {'; '.join(offices[code] for code in who[4]) or POWERS[who[5]]}" for who in people]
    return f"{body.name}\n" + "\n".join(lines) + "\n"


def _agencies() -> str:
    """Three people an agency, by one pattern."""
    codes = [who[0].partition(".")[2] for who in demo_city.PEOPLE if who[0].startswith("petugas.")]
    lines = [", ".join(codes[at : at + 8]) for at in range(0, len(codes), 8)]
    return (
        "  petugas.dkp, pejabat.dkp, pimpinan.dkp: Petugas, Pejabat dan Kepala Dinas Kebersihan dan Pertamanan;\n"
        "  begitu pula petugas.KODE, pejabat.KODE dan pimpinan.KODE setiap unit. KODE:\n    "
        + ",\n    ".join(lines)
        + "\n"
    )


CITIZENS = {"tanya": "menunggu keterangan Anda", "izin": "dijawab, dapat dinilai", "bansos": "terlambat"}
"""Which complaints are told with number and PIN, and how they stand."""


def _citizens(city: City) -> str:
    found = ((demo_city_days.receipt(city, key), how) for key, how in CITIZENS.items())
    lines = [f"  nomor {number}, PIN {pin}: {how}" for (number, pin), how in found]
    return "Sebagai warga di /lacak\n" + "\n".join(lines) + "\n"
