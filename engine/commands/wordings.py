"""An administrator words a message anew, or puts the product's words back."""

from db.connect import transaction
from engine.errors import FormInvalid, NotFound
from engine.mail import blanks, wordings
from engine.mail.catalogue import LANGUAGES, MESSAGES, Text, product_text
from engine.offices import policy, settings
from engine.offices.people import Actor


def change_text(key: str, language: str, text: Text, *, by: Actor, now: int) -> bool:
    """Puts a text in force, journalled with what it was before; False when it is in force already.

    Raises FormInvalid (places `subject`, `body`) for unknown or missing blanks, NotFound for no such message.
    """
    organisation = _may(key, language, by)
    tidy = Text(text.subject.strip(), text.body.replace("\r\n", "\n").strip("\n"))
    found = blanks.problems(MESSAGES[key], tidy)
    if found:
        raise FormInvalid(found)
    with transaction():
        if wordings.in_force(organisation, key, language) == tidy:
            return False
        own = None if tidy == product_text(key, language) else {"subject": tidy.subject, "body": tidy.body}
        settings.decide(organisation, wordings.setting_name(key, language), own, person=by.person_id, now=now)
    return True


def reset_text(key: str, language: str, *, by: Actor, now: int) -> bool:
    """The product's words again; False when they are in force already."""
    organisation = _may(key, language, by)
    with transaction():
        if wordings.own_text(organisation, key, language) is None:
            return False
        settings.decide(organisation, wordings.setting_name(key, language), None, person=by.person_id, now=now)
    return True


def _may(key: str, language: str, by: Actor) -> int:
    policy.must_have(by, "admin", "change_text")
    if key not in MESSAGES or language not in LANGUAGES:
        raise NotFound("text", key)
    return policy.organisation_of(by)
