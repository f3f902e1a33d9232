"""The product as people meet it: `disposisi serve` on a free port, Debian's Chromium in front of it, axe beside it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[1]
DISPOSISI = Path(sys.executable).with_name("disposisi")
AXE = ROOT / "webui" / "assets" / "node_modules" / "axe-core" / "axe.min.js"
PHONE, DESK = (390, 844), (1280, 900)
QUIET = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The same engine each; the first has no windows to draw and takes a third less of the machine."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass(frozen=True)
class Running:
    """A served installation: where, on which data folder, and its process."""

    url: str
    home: Path
    process: "subprocess.Popen[bytes]"
    log: Path


def environment(home: Path, **more: str) -> dict[str, str]:
    """The caller's environment without its own DISPOSISI_* settings, and ours."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DISPOSISI_")}
    return {**clean, "DISPOSISI_HOME": str(home), **more}


def demo(home: Path, *only: str) -> Path:
    """Opens the demo offices, or one, in a fresh folder, by the command an administrator would use."""
    command = [DISPOSISI, "init", "--demo", *only]
    subprocess.run(command, env=environment(home), check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return home


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def running(home: Path, *arguments: str, patience: float = 60.0, **more: str) -> Iterator[Running]:
    """`disposisi serve`, ready when it is given and gone, with its worker, afterwards."""
    port = free_port()
    url, log = f"http://127.0.0.1:{port}", home / "serve.log"
    with log.open("ab") as written:
        process = subprocess.Popen(
            [DISPOSISI, "serve", *arguments],
            env=environment(home, PORT=str(port), **more),
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_for(f"{url}/healthz", process, log, patience)
        yield Running(url, home, process, log)
    finally:
        end(process)


def wait_for(url: str, process: "subprocess.Popen[bytes]", log: Path, patience: float) -> None:
    """Returns when the address answers; fails with the server's own words when it ends first or takes too long."""
    until = time.monotonic() + patience
    while process.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            process_ended = process.poll() is not None
            if not process_ended:
                time.sleep(0.05)  # a server that starts cannot tell us otherwise
    raise AssertionError(f"no answer at {url}:\n{log.read_text()[-3000:]}")


def end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # its own session: nobody else is in there
        process.wait(5)


@contextmanager
def chromium() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    assert path, "the browser tests need Chromium: apt-get install chromium-headless-shell"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


def window(browser: Browser, size: tuple[int, int] = DESK, **options: Any) -> BrowserContext:
    """A person's own browser at 390 or 1280 px, speaking Indonesian, under the real content security policy."""
    return browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="id-ID", timezone_id="Asia/Jakarta", **options
    )


def violations(page: Page) -> list[Mapping[str, Any]]:
    """What axe finds against WCAG 2.2 AA on the page as it stands."""
    page.wait_for_load_state()
    page.evaluate(AXE.read_text() + ";0")  # through the debugger: the page's own policy stays as strict as it is
    found = page.evaluate("rules => axe.run({runOnly: rules}).then(r => r.violations)", RULES)
    return [{"rule": v["id"], "where": [n["target"] for n in v["nodes"]], "help": v["help"]} for v in found]
