"""The office's lists as its forms use them: who asks for which, which of their attributes travel with an answer."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from db import sql
from engine.diagrams import releases
from engine.diagrams.releases import Closure


@dataclass
class Use:
    """What the forms in use want of one list: the fields that ask for it, the attributes they copy."""

    asked: set[str] = field(default_factory=set)
    copied: set[str] = field(default_factory=set)


def uses(organisation: int) -> dict[str, Use]:
    """Every list some form asks for: forms of the releases in force and of those that cases still run by."""
    found: dict[str, Use] = {}
    for closure in _closures(organisation):
        for screen in closure.screens.values():
            for asked in screen.fields.values():
                if asked.values_key:
                    use = found.setdefault(asked.values_key, Use())
                    use.asked.add(asked.label or asked.name)
                    use.copied |= set(asked.copies.values())
    return found


_RELEASES = """
SELECT r.id, r.fingerprint FROM release r WHERE r.organisation_id = ? AND (
  r.version = (SELECT MAX(n.version) FROM release n WHERE n.organisation_id = r.organisation_id
    AND n.process = r.process)
  OR EXISTS (SELECT 1 FROM case_file c WHERE c.release_id = r.id AND c.closed_ms IS NULL))
ORDER BY r.id
"""


def _closures(organisation: int) -> Iterable[Closure]:
    return [releases.closure(int(found[0]), str(found[1])) for found in sql.rows(_RELEASES, (organisation,))]


def units(organisation: int) -> dict[str, str]:
    """The units something may point to: code → name."""
    text = "SELECT code, name FROM unit WHERE organisation_id = ? AND active ORDER BY id"
    return {str(code): str(name) for code, name in sql.rows(text, (organisation,))}


def offices(organisation: int) -> dict[str, str]:
    """The offices something may point to: code → name."""
    text = "SELECT code, name FROM office WHERE organisation_id = ? AND active ORDER BY rank, id"
    return {str(code): str(name) for code, name in sql.rows(text, (organisation,))}


def of_units(organisation: int, name: str) -> bool:
    """Whether the entries of a list are units: every code of it is a unit's, as of the AKD a letter is given to."""
    text = (
        "SELECT COUNT(*), COUNT(u.id) FROM choice c LEFT JOIN unit u ON u.organisation_id = c.organisation_id"
        " AND u.code = c.code WHERE c.organisation_id = ? AND c.list = ?"
    )
    entries, known = sql.row(text, (organisation, name)) or (0, 0)
    return bool(entries) and entries == known
