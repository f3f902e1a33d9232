"""What a report consists of: who tells, and what they tell."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reporter:
    """Who a citizen is and how to answer them; kept sealed in one place."""

    name: str
    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True)
class Report:
    """What the citizen tells, in their own words."""

    chronology: str
    when: str = ""
    where: str = ""
    subject: str = ""
