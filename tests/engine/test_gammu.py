"""Both ways through a real gammu-smsd: its folders, its tables; whole long messages, nothing left behind."""

from pathlib import Path

import databases
import gammu
import psycopg

from engine.sms.gateways import SENT, Arrived, Gateway, Going, gateway

LONG = "ADU#3576014107850003#Siti Aminah#e#Wates#" + "Sampah menumpuk di Gang #3. " * 11
PARTS = (LONG[:153], LONG[153:306], LONG[306:])
UNICODE = "ADU#3576014107850003#Siti#d#Wates#Lampu mati 😀 “gelap”"


def arrives(way: Gateway, count: int) -> list[Arrived]:
    found: list[Arrived] = []

    def there() -> bool:
        found[:] = way.arrived(50)
        return len(found) >= count

    gammu.until(there)
    return found


def both_ways(way: Gateway, telephone: gammu.Telephone) -> None:
    going = Going(7, "+6281234567890", "Aduan Anda diterima nomor 0001/ADU/2026.", 1_773_367_200_000, {})
    assert way.send(going).state == "queued"
    way.send(going)  # the worker died before it could write that down
    telephone.brings(LONG, parts=PARTS)
    telephone.brings(UNICODE, "+6281999999999")
    telephone.brings("Promo ✓", "TELKOMSEL")
    found = {one.sender: one for one in arrives(way, 3)}
    assert (found["+6281234567890"].text, found["+6281234567890"].parts) == (LONG, 3)
    assert found["+6281999999999"].text == UNICODE
    assert found["TELKOMSEL"].text == "Promo ✓"
    assert all(one.network_ms for one in found.values())
    way.forget(list(found.values()))
    assert way.arrived(50) == []
    gammu.until(lambda: goes(way, going.tag))
    way.clear([going.tag])
    assert way.trouble() == ""
    way.close()


def goes(way: Gateway, tag: str) -> bool:
    found = way.progress([tag]).get(tag)
    return found is not None and found.state == SENT


def test_folders_both_ways(tmp_path: Path) -> None:
    with gammu.running(tmp_path, gammu.FILES) as telephone:
        both_ways(gateway(f"gammu-files://{tmp_path}/spool"), telephone)
    log = (tmp_path / "smsd.log").read_text()
    assert log.count("Transmitted") == 1
    assert [path for path in (tmp_path / "spool").rglob("*") if path.is_file()] == []


def test_tables_both_ways(tmp_path: Path, postgresql_server: str) -> None:
    with databases.postgresql(postgresql_server) as url:
        with gammu.running(tmp_path, gammu.tables(url)) as telephone:
            both_ways(gateway(f"{url}{'&' if '?' in url else '?'}phoneid=mjk1"), telephone)
        with psycopg.connect(url) as line:
            left = line.execute('SELECT "TextDecoded" FROM inbox UNION SELECT "TextDecoded" FROM outbox').fetchall()
            sent = line.execute("SELECT * FROM sentitems").fetchall()
    assert (left, sent) == ([], [])


def test_a_spool_that_is_not_there_is_told(tmp_path: Path) -> None:
    found = gateway(f"gammu-files://{tmp_path}/none").trouble()
    assert found == "folder inbox, outbox, sent, error tidak ada atau tidak dapat ditulis"
    assert "tidak dapat dipakai" in gateway("postgresql://nobody@127.0.0.1:9/none").trouble()
