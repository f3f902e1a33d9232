"""What a public form promises with a date: until when, for a report received at an instant."""

from engine.clocks import deadlines
from engine.offices import settings
from engine.offices.intakes import Door
from forms.intake import Dated


def promised(door: Door, received: int) -> list[tuple[Dated, int]]:
    """Every dated promise of a door with its last instant (UTC ms), by the organisation's own calendar."""
    calendar = settings.calendar(door.organisation_id)
    found = ((dated, deadlines.due(received, dated.limit, dated.clock, calendar)) for dated in door.plan.dates)
    return [(dated, due) for dated, due in found if due is not None]
