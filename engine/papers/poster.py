"""The poster that asks people to report: where to, how, and whom to ask."""

from db.queries import papers
from engine.errors import NotFound
from engine.offices import intakes
from engine.papers import heading
from forms.sheets import poster as sheet

_KINDS = {"whatsapp": "WhatsApp", "email": "Surel", "website": "Laman"}


def content(organisation: int, base_url: str) -> sheet.Poster:
    """The poster of an organisation's first public door that has words for one; raises NotFound where there is none."""
    doors = (door for door in intakes.doors() if door.organisation_id == organisation and door.plan.poster)
    door = next(doors, None)
    if door is None:
        raise NotFound("poster", organisation)
    words, contacts = door.plan.poster, door.contacts
    return sheet.Poster(
        letterhead=heading.letterhead(organisation, papers.organisation(organisation)[0]),
        name=words["name"],
        meaning=words["meaning"],
        call=words["call"],
        url=f"{base_url}/lapor/{door.process}",
        steps=tuple(sheet.Step(step["title"], step["text"]) for step in words["steps"]),
        contacts=tuple(
            sheet.Contact(label, str(contacts[kind])) for kind, label in _KINDS.items() if contacts.get(kind)
        ),
        note=words["note"],
    )
