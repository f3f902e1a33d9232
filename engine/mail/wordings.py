"""The texts in force: an organisation's own where it has decided any, else the product's."""

from engine.mail.catalogue import LANGUAGES, MESSAGES, Text, message, product_text
from engine.offices import settings


def setting_name(key: str, language: str) -> str:
    """Under which name an organisation's own text is kept among its settings."""
    return f"texts:{key}:{language}"


def own_text(organisation: int, key: str, language: str) -> Text | None:
    """The text an organisation has put in the place of the product's, if any."""
    found = settings.setting(organisation, setting_name(key, language))
    return None if found is None else Text(str(found["subject"]), str(found["body"]))


def in_force(organisation: int, key: str, language: str) -> Text:
    """What is sent: its own text, else the product's; in a language without texts the Indonesian ones."""
    known, spoken = message(key).key, language if language in LANGUAGES else "id"
    return own_text(organisation, known, spoken) or product_text(known, spoken)


def changed(organisation: int) -> set[tuple[str, str]]:
    """Which messages, in which language, have words of the organisation's own."""
    names = {setting_name(key, language): (key, language) for key in MESSAGES for language in LANGUAGES}
    return {names[name] for name in settings.decided(organisation, "texts:") if name in names}
