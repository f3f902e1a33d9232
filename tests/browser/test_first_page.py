"""The first pages of a citizen, on a slow phone with a slow line: light, and soon there."""

from typing import Any

import pytest
import served
from browser.house import House
from playwright.sync_api import Page

LIGHT = 100 * 1024
SOON_MS = 4_000
SLOW_CPU = 4
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def transferred(page: Page, address: str) -> tuple[int, list[str]]:
    """Bytes over the wire for everything the page asks for, with a cold cache, and what that was."""
    wire = page.context.new_cdp_session(page)
    names: dict[str, str] = {}
    sizes: list[int] = []

    def requested(event: dict[str, Any]) -> None:
        names[event["requestId"]] = event["request"]["url"]

    def finished(event: dict[str, Any]) -> None:
        if names.get(event["requestId"], "data:").startswith("http"):
            sizes.append(int(event["encodedDataLength"]))

    wire.on("Network.requestWillBeSent", requested)
    wire.on("Network.loadingFinished", finished)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto(address, wait_until="networkidle")
    return sum(sizes), [name for name in names.values() if name.startswith("http")]


@pytest.mark.parametrize("path", ["/", "/lapor/siapmas", "/lacak", "/panduan"])
def test_a_first_page_weighs_less_than_a_hundred_kilobytes_in_all(house: House, path: str) -> None:
    citizen = house.citizen(served.PHONE)
    weight, asked = transferred(citizen.page, citizen.url + path)
    print(f"{path}: {weight / 1024:.1f} KB in {len(asked)} requests")
    assert 2 <= len(asked) <= 8
    assert all(address.startswith(citizen.url) for address in asked)
    assert 0 < weight < LIGHT


@pytest.mark.parametrize("path", ["/", "/lapor/siapmas"])
def test_a_first_page_is_painted_soon_on_a_slow_phone_with_a_slow_line(house: House, path: str) -> None:
    citizen = house.citizen(served.PHONE)
    wire = citizen.page.context.new_cdp_session(citizen.page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", LINE)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_CPU})
    citizen.goes(path)
    citizen.page.wait_for_function(PAINTED)
    painted = citizen.page.evaluate(PAINTED)
    print(f"{path}: painted after {painted:.0f} ms at CPU/{SLOW_CPU} and 1.6 Mbit/s")
    assert painted < SOON_MS
