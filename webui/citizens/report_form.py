"""The public form between its pages: its token, what was typed, what is wrong with it."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask import current_app, request
from werkzeug.wrappers import Response

import forms
from db.queries import public as questions
from db.queries.public import Proof
from engine.commands import intake, joining
from engine.errors import Objection
from engine.offices import settings
from engine.offices.intakes import Door
from engine.reports import Reporter
from forms import BoundScreen, Screen
from forms.intake import Step
from webui import language, spoken
from webui.clock import now_ms

KEPT_CHARS, KEPT_TICKS = 20_001, 100  # one more than the longest answer a form may ask for
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
DRAFT_SECONDS = 7 * 86_400
SENT_SECONDS = 2 * 3_600
"""How long this browser may show the receipt with its PIN again."""


def token_of(process: str) -> str:
    """The token this browser holds for its form, "" when none."""
    token = request.cookies.get(f"lapor_{process}", "")
    return token if TOKEN.fullmatch(token) else ""


def new_token() -> str:
    """256 bits nobody guesses."""
    return secrets.token_urlsafe(32)


def hand_over(answer: Response, process: str, token: str, seconds: int = DRAFT_SECONDS) -> Response:
    """Gives the browser its token; scripts cannot read it."""
    secure = current_app.config["OFFICE"].secure
    path = {"path": "/lapor", "httponly": True, "samesite": "Lax", "secure": secure}
    answer.set_cookie(f"lapor_{process}", token, max_age=seconds, **path)
    return answer


def _worn_out(token: str) -> bool:
    """Whether its case was sent so long ago that this browser no longer shows the PIN, whatever cookie it kept."""
    case = questions.case_sent_by(intake.send_key(token))
    return case is not None and now_ms() - case.received_ms > SENT_SECONDS * 1000


@dataclass
class Form:
    """One browser's form: its door, its token ("" before anything was kept) and what was typed."""

    door: Door
    token: str
    answers: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, door: Door) -> "Form":
        """The form this request's cookie belongs to."""
        token = token_of(door.process)
        if token and _worn_out(token):
            token = ""
        return cls(door, token, intake.read(intake.draft_of(token)) if token else {})

    @property
    def draft(self) -> str:
        """Under which name it lies."""
        return intake.draft_of(self.token)

    @property
    def proofs(self) -> list[Proof]:
        """The files that lie with it."""
        return questions.proofs_of_draft(self.draft) if self.token else []

    @property
    def join_key(self) -> str:
        """What makes saying twice that one has met with the same one companion."""
        return joining.send_key(self.token)

    @cached_property
    def joined(self) -> bool:
        """Whether its writer has said so of another report."""
        return bool(self.token) and joining.joined(self.join_key) is not None

    def reporter(self, step: Step) -> Reporter:
        """Who the answers of that step say someone is."""
        good = self.good(step)
        return Reporter(**{name: str(good.get(key) or "") for name, key in self.door.plan.reporter.items()})

    def keep(self, step: Step) -> None:
        """Keeps what this request typed into a step, good or not; makes a token where there is none."""
        screen = screen_of(step)
        typed = {name: _typed(screen, name) for name in screen.fields} if screen else {}
        self.token = self.token or new_token()
        self.answers.update(typed)
        intake.keep(self.draft, typed, now=now_ms())

    def problems(self, step: Step) -> dict[str, Sequence[Any]]:
        """What is wrong with the answers of a step, per field."""
        return self._read(step)[1]

    def good(self, step: Step) -> dict[str, Any]:
        """The cleaned answers of a step."""
        return self._read(step)[0]

    def _read(self, step: Step) -> tuple[dict[str, Any], dict[str, Sequence[Any]]]:
        screen = screen_of(step)
        if screen is None:
            return {}, {}
        unreachable: dict[str, Sequence[Any]] = {}
        if step.one_of and not self._any(step.one_of):
            unreachable[step.one_of[0]] = [_ONE_OF]
        try:
            parsed = screen.parse(self.answers, self._lists(screen))
        except forms.FormInvalid as refused:
            wrong = {**unreachable, **refused.problems}
            return {}, {name: wrong[name] for name in (*screen.fields, *wrong) if name in wrong}
        return {**parsed.texts, **parsed.data}, unreachable

    def _any(self, names: Sequence[str]) -> bool:
        return any(str(self.answers.get(name, "")).strip() for name in names)

    def bound(self, step: Step, problems: Mapping[str, Sequence[Any]] | None = None) -> BoundScreen | None:
        """The step ready to be drawn, with what was typed."""
        screen = screen_of(step)
        if screen is None:
            return None
        return spoken.screen(screen).bind(self.answers, spoken.lists(self._lists(screen)), problems=problems)

    def _lists(self, screen: Screen) -> Mapping[str, Any]:
        return settings.lists(self.door.organisation_id, screen.values_keys)

    @property
    def all_good(self) -> dict[str, Any]:
        """The cleaned answers of every step."""
        return {name: found for step in self.door.plan.steps for name, found in self.good(step).items()}

    def unfinished(self) -> Step | None:
        """The first step that is not good yet."""
        return next((step for step in self.door.plan.steps if self.problems(step)), None)


_ONE_OF = Objection("one_of", "Isilah nomor telepon atau alamat surel, agar kami dapat menjawab Anda.")


def screen_of(step: Step) -> Screen | None:
    """The questions of a step; none on the page for proofs."""
    return forms.load(step.screen) if step.screen else None


def _typed(screen: Screen, name: str) -> str | list[str]:
    """An answer as it was typed; what no form could take is cut, as nobody has signed in to fill our disk."""
    if screen.fields[name].kind == "checklist":
        return [text[:KEPT_CHARS] for text in request.form.getlist(name)[:KEPT_TICKS]]
    return request.form.get(name, "")[:KEPT_CHARS]


def sentences(problems: Mapping[str, Sequence[Any]]) -> dict[str, list[str]]:
    """The problems as sentences in the page's language."""
    return {name: [language.sentence(found) for found in them] for name, them in problems.items()}
