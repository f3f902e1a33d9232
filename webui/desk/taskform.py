"""The form of a task as its page draws it: the way on, the way back, everything else."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine import returning
from forms import BoundField, BoundScreen, Screen
from forms.fields import BoundChoice
from webui import language


@dataclass(frozen=True)
class Form:
    """A form split as the page draws it: the way on, the way back, everything else."""

    screen: BoundScreen
    decision: BoundField | None  # still to be asked by radio, or None
    only: BoundChoice | None  # the one way on, when there is no other
    asks: str  # name of the decision that buttons answer, "" where there is none
    back: BoundChoice | None  # the way back
    reason: BoundField | None  # why back
    going_back: bool  # the way back was being taken: its part is open
    beside: Sequence[BoundField] = ()  # what else is asked of who takes the way back

    @property
    def without(self) -> list[str]:
        """The questions that are drawn elsewhere: the reason, and a decision that is a button."""
        beside = [asked.name for asked in self.beside]
        return ([self.reason.name] if self.reason else []) + beside + ([self.asks] if self.only else [])

    @property
    def errors(self) -> dict[str, tuple[str, list[str]]]:
        """For the summary above the form."""
        found: dict[str, tuple[str, list[str]]] = {}
        for asked, problem in self.screen.errors:
            found.setdefault(asked.first_id, (asked.label, []))[1].append(language.sentence(problem))
        return found


def split(screen: Screen, bound: BoundScreen) -> Form:
    """Takes the way back and a single way on out of the radio buttons: each is one click."""
    code = returning.code(screen)
    if code is None:
        return Form(bound, None, None, "", None, None, False)
    decision, reason = bound.at("keputusan")[0], bound.at("alasan")[0]
    ways = [choice for choice in decision.choices if choice.code != code]
    back = next((choice for choice in decision.choices if choice.code == code), None)
    beside = [one for one in bound.fields.values() if one is not reason and _asked_under(one, decision.name, code)]
    going = any(one.errors for one in (reason, *beside)) or bool(back and back.checked)
    only = ways[0] if len(ways) == 1 else None
    return Form(bound, None if only else decision, only, decision.name, back, reason, going, beside)


def _asked_under(asked: BoundField, decision: str, code: str) -> bool:
    when = asked.shown_when
    return when is not None and (when.field, when.op, when.value) == (decision, "=", code)
