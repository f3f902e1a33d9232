"""A door of the office: who passes it and who does not; people of the cast (tests/office.py)."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Door:
    """Who passes: `right` does, `wrong` does not ("" where everyone signed in may)."""

    right: str
    wrong: str = ""
    answers: dict[str, str] = field(default_factory=dict)


ANYONE = None
STAFF = Door("odi")
AUDIT, ADMIN, DESIGN = Door("inggit", "sekar"), Door("admin", "sekar"), Door("danu", "sekar")
TAKES_IN = Door("sekar", "hadi")
NO_RECAPS = Door("surya", "sekar")  # the DPRD reports on nothing: test_recap_pages plays in the city
KEEPS_NIK = Door("surya", "sekar")  # the DPRD asks for no NIK: test_nik_disputes plays in the city
PUBLISHES = Door("sekar", "odi")  # the DPRD publishes nothing: test_published
OF_CASE, OF_TASK = Door("sekar", "odi"), Door("hadi", "odi")
