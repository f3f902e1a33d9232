"""What a report consists of: who tells, and what they tell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Reporter:
    """Who a citizen is and how to answer them; kept sealed in one place."""

    name: str = ""  # not asked where the law does not ask it
    phone: str = ""
    email: str = ""
    address: str = ""
    nik: str = ""
    mother: str = ""  # mother's name: with the NIK, what the population register is asked by


@dataclass(frozen=True)
class Report:
    """What the citizen tells, in their own words."""

    chronology: str
    when: str = ""
    where: str = ""
    subject: str = ""
    point: str = ""  # a point on the map, "latitude,longitude"
    data: Mapping[str, Any] = field(default_factory=dict)  # facts for the diagram; only what it declares is taken
