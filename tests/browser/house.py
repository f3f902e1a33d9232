"""The served office as its tests meet it: everyone gets a browser of their own, and signs in once."""

from dataclasses import dataclass, field
from typing import Any

import served
from browser.eyes import Eyes
from browser.pages import Citizen, Staff
from browser.post import Letterbox
from browser.townspeople import Complainant
from playwright.sync_api import Browser, Page, expect

PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)


@dataclass
class House:
    """The served office with its letterbox; gives everyone a browser of their own."""

    server: served.Running
    post: Letterbox
    browser: Browser
    seen: dict[tuple[int, int], set[str]]
    keys: dict[str, Any] = field(default_factory=dict)
    everyone: list[Eyes] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def window(self, size: tuple[int, int], **options: Any) -> tuple[Page, Eyes]:
        context = served.window(self.browser, size, reduced_motion="reduce", **options)  # looks settle at once
        context.set_default_timeout(PATIENCE_MS)
        blind = options.get("java_script_enabled") is False
        eyes = Eyes(context, size, self.seen.setdefault(size, set()), blind)
        self.everyone.append(eyes)
        return context.new_page(), eyes

    def citizen(self, size: tuple[int, int] = served.DESK, **options: Any) -> Citizen:
        page, eyes = self.window(size, **options)
        return Citizen(page, self.server.url, eyes)

    def complainant(self, size: tuple[int, int] = served.PHONE, **options: Any) -> Complainant:
        """A citizen of the city."""
        page, eyes = self.window(size, **options)
        return Complainant(page, self.server.url, eyes)

    def stranger(self, size: tuple[int, int] = served.DESK, **options: Any) -> Staff:
        """Of the staff, not signed in yet."""
        page, eyes = self.window(size, **options)
        return Staff(page, self.server.url, eyes)

    def staff(self, username: str, size: tuple[int, int] = served.DESK, **options: Any) -> Staff:
        """Of the staff, with the session of the first time they signed in."""
        if username not in self.keys:
            first = self.stranger(size)
            first.signs_in(username)
            self.keys[username] = first.page.context.storage_state()
            first.page.context.close()
        return self.stranger(size, storage_state=self.keys[username], **options)

    @property
    def addresses(self) -> list[str]:
        """Every address that any browser asked for, up to now."""
        return [*self.asked, *(address for eyes in self.everyone for address in eyes.asked)]

    def close(self) -> list[str]:
        """Closes every window; gives what was wrong with the pages that were looked at."""
        faults = [fault for eyes in self.everyone for fault in [*eyes.faults, *eyes.complaints]]
        self.asked = self.addresses
        for eyes in self.everyone:
            eyes.context.close()
        self.everyone.clear()
        return faults
