"""Which decision sends a task back, and whether the act of this verb took it."""

from engine.held import Held
from forms import Field, Screen


def code(screen: Screen) -> str | None:
    """The decision that sends a task back, by its form: the one under which a reason is asked."""
    decision = next((f for f in screen.fields.values() if _place(f) == "keputusan"), None)
    reason = next((f for f in screen.fields.values() if _place(f) == "alasan"), None)
    when = reason.shown_when if reason else None
    if decision is None or when is None or when.op != "=" or when.field != decision.name:
        return None
    return when.value


def _place(asked: Field) -> str:
    return asked.properties.get("tempat", "")


def sent_back(held: Held) -> bool:
    """Whether the act this verb tells of decided so."""
    act = next((entry for entry in held.entries if entry.kind == "completed"), None)
    element = held.closure.diagram.elements.get(act.element) if act else None
    screen = held.closure.screens.get(element.form_key or "") if element else None
    return bool(act and screen and act.facts.get("outcome") and act.facts["outcome"] == code(screen))
