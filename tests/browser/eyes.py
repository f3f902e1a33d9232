"""How the suite looks at a page: axe by day and by night, its frame, its width, its targets, what its console said."""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import served
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response

SHOTS = os.environ.get("DISPOSISI_TEST_SHOTS", "")
"""A folder for pictures of every page looked at; none are taken without it."""
MEANT = re.compile(r"Failed to load resource: the server responded with a status of (400|401|403|404|409|410|422|429)")
"""A page that refuses something says so with its status, and Chromium notes that."""
SMALLEST = 24
_NIGHT = """() => axe.run({runOnly: ['color-contrast', 'link-in-text-block']}).then(r => r.violations.map(
  v => [v.id, v.nodes.map(n => n.target + ' ' + n.failureSummary)]))"""
_TOUCHED = "button, select, summary, input:not([type=hidden]), a.btn, a.title, nav a"
_SMALL = """([touched, least]) => [...document.querySelectorAll(touched)]
  .filter(e => e.checkVisibility() && !e.closest('.visually-hidden, .skip')).map(e => [e.closest('label') ?? e, e])
  .map(([shape, e]) => [shape.getBoundingClientRect(), e])
  .filter(([r]) => r.height && (r.height < least || r.width < least))
  .map(([r, e]) => `${e.outerHTML.slice(0, 90)} ${Math.round(r.width)}×${Math.round(r.height)}`)"""
_WIDER = """() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
  .map(e => `${e.tagName}.${e.className}`).slice(0, 6)"""

_BARE = """() => [...document.querySelectorAll('li')]
  .filter(e => e.checkVisibility() && !e.textContent.trim() && getComputedStyle(e).listStyleType != 'none')
  .map(e => e.parentElement.outerHTML.slice(0, 90))"""


@dataclass
class Eyes:
    """Watches one browser context: everything its consoles complain of, every address it asked for."""

    context: BrowserContext
    size: tuple[int, int]
    seen: set[str]  # what was looked at already at this size, by anyone
    blind: bool = False  # without scripts there is no axe either
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.on("console", self._heard)
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.context.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not MEANT.match(message.text):
            self.complaints.append(f"{message.location.get('url', '')}: {message.text}")

    def _answered(self, response: Response) -> None:
        self.asked.append(response.request.url)
        if response.status >= 500:
            self.complaints.append(f"{response.status} at {response.request.url}")

    def forgives(self, meant: str) -> int:
        """Takes back the complaints that a test provoked; gives how many there were."""
        kept = [complaint for complaint in self.complaints if meant not in complaint]
        provoked, self.complaints = len(self.complaints) - len(kept), kept
        return provoked

    def look(self, page: Page, name: str) -> None:
        """Writes down what is wrong with the page under this name: to read, to touch, by day and by night."""
        if self.blind or name in self.seen:
            return
        self.seen.add(name)
        found = dict(_faults(page, self.size))
        if self.complaints:
            found["complaints"], self.complaints = self.complaints, []
        if SHOTS:
            _picture(page, f"{name}-{self.size[0]}")
        if found:
            told = json.dumps(found, indent=1, ensure_ascii=False)
            self.faults.append(f"{name} at {self.size[0]} px ({page.url}): {told}")


def _faults(page: Page, size: tuple[int, int]) -> Iterator[tuple[str, Any]]:
    if found := served.violations(page):
        yield "by day", found
    if size == served.PHONE:  # the colours of the night are the same at every width
        page.emulate_media(color_scheme="dark")
        if found := page.evaluate(_NIGHT):
            yield "by night", found
        page.emulate_media(color_scheme="light")
    headings = page.locator("h1").count()
    if headings != 1:
        yield "h1", headings
    if not page.title().strip(" ·") or page.locator("html").get_attribute("lang") not in ("id", "en"):
        yield "title and language", page.title()
    yield from _shape(page, size)


def _shape(page: Page, size: tuple[int, int]) -> Iterator[tuple[str, Any]]:
    """What is too small, too wide, or drawn without anything in it."""
    if size == served.PHONE and (
        found := page.evaluate(_SMALL, [_TOUCHED, SMALLEST])
    ):  # a mouse has axe's rule, with its spacing
        yield "too small to touch", found
    if found := page.evaluate(_BARE):
        yield "a bullet before nothing", found
    if page.evaluate("document.documentElement.scrollWidth") > size[0]:
        yield "wider than the window", page.evaluate(_WIDER)


def _picture(page: Page, name: str) -> None:
    folder = Path(SHOTS)
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png", full_page=True)
