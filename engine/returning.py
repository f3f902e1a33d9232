"""Which decision sends a task back, and whether the act of this verb took it."""

from db import sql
from engine.held import Held
from forms import Field, Screen


def code(screen: Screen) -> str | None:
    """The decision that sends a task back, by its form: the one under which a reason is asked."""
    decision, reason = asked(screen)
    when = reason.shown_when if reason else None
    if decision is None or when is None or when.op != "=" or when.field != decision.name:
        return None
    return when.value


def asked(screen: Screen) -> tuple[Field | None, Field | None]:
    """The questions for the decision and for its reason."""
    decision = next((f for f in screen.fields.values() if _place(f) == "keputusan"), None)
    return decision, next((f for f in screen.fields.values() if _place(f) == "alasan"), None)


def answers(screen: Screen, reason: str) -> dict[str, str] | None:
    """A form filled in with nothing but that decision and its reason; None where it has no such decision."""
    chosen, (decision, why) = code(screen), asked(screen)
    return None if chosen is None or decision is None or why is None else {decision.name: chosen, why.name: reason}


def _place(asked: Field) -> str:
    return asked.properties.get("tempat", "")


def sent_back(held: Held, instance: str) -> bool:
    """Whether the act this verb tells of decided so, for this part of the case or for all of it."""
    act = next((entry for entry in held.entries if entry.kind == "completed"), None)
    element = held.closure.diagram.elements.get(act.element) if act else None
    screen = held.closure.screens.get(element.form_key or "") if element else None
    if not act or not screen or not act.facts.get("outcome") or act.facts["outcome"] != code(screen):
        return False
    part = sql.value("SELECT instance FROM task WHERE id = ?", (act.task,))
    return instance.startswith(str(part or ""))
