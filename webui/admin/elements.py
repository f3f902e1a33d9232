"""What a place on a diagram is called on the pages of the settings."""

from engine.diagrams import releases
from engine.errors import OfficeError
from webui import language
from webui.clock import now_ms
from webui.doors import me


def element_name(process: str, element: str) -> str:
    """The words on the diagram, else the id."""
    try:
        found = releases.current(me().organisation_id, process, now_ms()).diagram.elements.get(element)
    except OfficeError:
        return element
    return language.say(found.name or element) if found else element
