"""The icons of the installed desk, drawn from the mark that stands on every page."""

import re
from io import BytesIO
from pathlib import Path

import served
from PIL import Image
from playwright.sync_api import Browser

MARK = (served.ROOT / "webui" / "templates" / "_layout" / "mark.html").read_text()
ICONS = {"icon-192.png": (192, 0.66, 22), "icon-512.png": (512, 0.66, 22), "icon-maskable.png": (512, 0.5, 0)}
"""Name: side in px, part of it the mark takes, round corners in percent (a maskable icon is cut by the phone)."""


def draw(browser: Browser, folder: Path) -> None:
    """Writes every icon."""
    for name, (side, part, corner) in ICONS.items():
        context = browser.new_context(viewport={"width": side, "height": side})
        page = context.new_page()
        page.set_content(_page(side, part, corner))
        picture = Image.open(BytesIO(page.screenshot(omit_background=True)))
        picture.quantize(64, method=Image.Quantize.FASTOCTREE).save(folder / name, optimize=True)
        context.close()


def _page(side: int, part: float, corner: int) -> str:
    mark = re.sub(r"<svg ", f'<svg width="{round(side * part)}" height="{round(side * part)}" ', MARK, count=1)
    look = f"display:grid;place-items:center;height:100vh;border-radius:{corner}%;background:#0a443a;color:#fff"
    return f'<body style="margin:0"><div style="{look}">{mark}</div></body>'
