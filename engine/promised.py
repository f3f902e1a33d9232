"""What a public form promises with a date: until when, for a report received at an instant."""

from engine.clocks import deadlines
from engine.offices import settings
from engine.offices.intakes import Door
from forms.intake import Dated, Plan


def promised(door: Door, plan: Plan, received: int) -> list[tuple[Dated, int]]:
    """Every dated promise of a plan with its last instant (UTC ms), by the calendar of the door's organisation."""
    calendar = settings.calendar(door.organisation_id)
    found = ((dated, deadlines.due(received, dated.limit, dated.clock, calendar)) for dated in plan.dates)
    return [(dated, due) for dated, due in found if due is not None]
