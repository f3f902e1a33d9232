"""People who read Disposisi in English, and a look at what they are shown."""

import leftovers
import siapmas_days as day
from citizen import WHAT, Citizen, Site
from clerk import Clerk, clerk

from engine import jobs, outside

OFFICES = ("Persidangan dan Perundang-undangan", "Persidangan dan PerUU", "Humas dan Protokol")
DATA = ("Nomor telepon", *WHAT.values(), "Jalan di depan sekolah rusak parah.", day.REPORT, day.ANSWER, *OFFICES)
"""What people wrote and what offices are called: nobody translates that."""


def speaks_english(person: Clerk | Citizen) -> None:
    person.sends("/bahasa", language="en", next="/masuk")


def english(site: Site, username: str) -> Clerk:
    person = clerk(site, username)
    speaks_english(person)
    return person


def reads(page: str, where: str) -> None:
    """The page says that it is English, and it is."""
    assert '<html lang="en">' in page, where
    found = list(leftovers.of(page, DATA))
    assert not found, f"{where}: {found}"


def seen(person: Clerk, *addresses: str) -> None:
    for address in addresses:
        reads(person.opens(address).page, address)
        assert person.status in (200, 403, 404), f"{address}: {person.status}"


def works(site: Site) -> None:
    """The worker comes by, with mail into a folder."""
    post = outside.Post(f"folder://{site.app.config['OFFICE'].home / 'mail'}", "dprd@contoh.id", "http://localhost")
    with site.asked() as office:
        jobs.run_due(office.now, outside.handlers(post))
