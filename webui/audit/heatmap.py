"""The diagram as a map of heat, drawn by the server: the same numbers stand on it, and below it as a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from engine.diagrams import picture, releases
from engine.diagrams.picture import Box, Picture
from engine.diagrams.releases import Closure
from engine.errors import NotFound
from webui import language
from webui.audit import question
from webui.audit.blueprint import bp
from webui.audit.question import Question
from webui.audit.steps import steps
from webui.clock import now_ms
from webui.doors import me, needs
from webui.measured import Step
from webui.watch import looked

BPMN = ".bpmn"
ALL_LATE = (0, 10, 25, 50)
"""Upper bounds of the levels 1 to 4 in percent late; above is 5."""
ALL_OF_LIMIT = (50, 100, 150, 200)
"""The same in percent of the limit that the median takes."""
LETTERS = 17
"""About as many letters fit on a line of a box 100 wide."""


@dataclass(frozen=True)
class Spot:
    """One box of the picture with its number and level (0: nothing to tell, 1 to 5: colder to hotter)."""

    box: Box
    lines: list[str]
    badge: str
    level: int
    link: str
    title: str


def modes() -> dict[str, str]:
    """What can be coloured."""
    return {"terlambat": _("persen yang terlambat"), "median": _("median dibandingkan batas")}


@bp.get("/audit/peta")
@needs("auditor")
def heatmap() -> str:
    """The map of one drawing of the process."""
    asked, mode = question.asked(), request.args.get("warna", "terlambat")
    if mode not in modes():
        raise NotFound("figure", mode)
    closure = releases.current(me().organisation_id, asked.process, now_ms())
    sheets = _sheets(closure)
    sheet = request.args.get("gambar", "")
    sheet = sheet if sheet in sheets else next(iter(sheets))
    found = steps(asked)
    drawn = picture.read(closure.files[f"{sheet}{BPMN}"])
    looked("audited", detail=f"peta {mode}")
    return render_template(
        "audit/heatmap.html",
        asked=asked,
        mode=mode,
        modes=modes(),
        sheet=sheet,
        sheets=sheets,
        picture=drawn,
        pools=[b for b in drawn.boxes if b.kind in ("pool", "lane")],
        spots=_spots(drawn, found, asked, mode),
        legend=_legend(mode),
        steps=[s for s in found if any(b.id == s.element for b in drawn.boxes)],
        months=question.presets(),
    )


def _sheets(closure: Closure) -> dict[str, str]:
    """The drawings of a process: itself first, then what it calls, by the name of the file."""
    elements = closure.diagram.elements.values()
    files = {e.file.removesuffix(BPMN): e.process_id for e in elements if e.file.endswith(BPMN)}
    calls = {e.called: e.name for e in elements if e.called}
    named = {name: calls.get(process) or closure.diagram.name or process for name, process in files.items()}
    first = sorted(named, key=lambda name: (files[name] != closure.process, name))
    return {name: language.say(named[name]) for name in first}


def _spots(drawn: Picture, found: Iterable[Step], asked: Question, mode: str) -> list[Spot]:
    known = {step.element: step for step in found}
    boxes = [b for b in drawn.boxes if b.kind not in ("pool", "lane")]
    boxes.sort(key=lambda b: b.kind not in ("subprocess",))  # what is around others lies below them
    return [_spot(box, known.get(box.id), asked, mode) for box in boxes]


def _spot(box: Box, step: Step | None, asked: Question, mode: str) -> Spot:
    lines = broken(language.say(box.name), LETTERS)
    if step is None or step.numbers is None:
        return Spot(box, lines, "", 0, "", language.say(box.name))
    badge, level = _late(step) if mode == "terlambat" else _median(step)
    pick = "terlambat" if mode == "terlambat" and step.numbers.late else "semua"
    where: dict[str, Any] = {"element": step.element, "pilih": pick, **asked.link}
    return Spot(box, lines, badge, level, url_for("audit.cases", **where), f"{step.name}: {badge}")


def _late(step: Step) -> tuple[str, int]:
    n = step.numbers
    assert n is not None
    percent = 100 * n.late / n.done
    return _("%(percent)s%% dari %(n)s", percent=n.percent_late, n=n.done), _level(percent, ALL_LATE)


def _median(step: Step) -> tuple[str, int]:
    n = step.numbers
    assert n is not None
    median = short(n.worked.median)
    if not step.limit_ms:
        return median, 0
    level = _level(100 * n.worked.median / step.limit_ms, ALL_OF_LIMIT)
    return f"{median} / {short(step.limit_ms)}", level


def _level(value: float, bounds: tuple[int, ...]) -> int:
    return 1 + sum(value > bound for bound in bounds)


def short(ms: int) -> str:
    """Office time in as few letters as a box is wide: "45 mnt", "2 j 5 m"."""
    hours, minutes = divmod(ms // 60_000, 60)
    if not hours:
        return str(_("%(n)s mnt", n=minutes))
    return str(_("%(h)s j %(m)s mnt", h=hours, m=minutes)) if minutes else str(_("%(n)s jam", n=hours))


def _legend(mode: str) -> list[tuple[int, str]]:
    """Level and what it means."""
    bounds = ALL_LATE if mode == "terlambat" else ALL_OF_LIMIT
    words = [_("sampai %(n)s%%", n=bound) for bound in bounds] + [_("di atas %(n)s%%", n=bounds[-1])]
    if mode == "terlambat":
        words[0] = _("tidak ada yang terlambat")
    return [(0, _("belum ada yang selesai, atau tanpa batas")), *enumerate(words, 1)]


def broken(name: str, letters: int) -> list[str]:
    """A name in lines of about so many letters, four at most."""
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines if len(lines) <= 4 else [*lines[:3], f"{lines[3]}…"]


bp.add_app_template_filter(broken, "lines")
