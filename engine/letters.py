"""What the citizen told and who they are: opened for people who may read it, nowhere else."""

from dataclasses import dataclass

from engine import vault


@dataclass(frozen=True)
class Letter:
    """The report in the citizen's own words."""

    chronology: str
    when: str
    where: str
    point: str = ""


@dataclass(frozen=True)
class Identity:
    """Who reported and how to answer them."""

    name: str
    phone: str
    email: str
    address: str
    nik: str = ""
    mother: str = ""


def letter(case_id: int, sealed: str) -> Letter:
    """The letter of a case."""
    told = vault.unseal(sealed, f"narrative:{case_id}")
    return Letter(told["chronology"], told["when"], told["where"], told.get("point", ""))


def identity(reporter_id: int, sealed: str | None) -> Identity | None:
    """The person behind a report; None once their identity was erased, and where it was set aside ("")."""
    if not sealed:
        return None
    told = vault.unseal(sealed, f"reporter:{reporter_id}")
    more = (told.get("nik", ""), told.get("mother", ""))
    return Identity(told["name"], told["phone"], told["email"], told["address"], *more)


NAMELESS = {"id": "Bapak/Ibu", "en": "Sir or Madam"}
"""How someone is greeted whose name was never asked (Perwali 14/2016 Pasal 5 asks for NIK and mother's name)."""


def greeted(name: str, language: str = "id") -> str:
    """Whom a letter greets, with or without a name."""
    return name.strip() or NAMELESS.get(language, NAMELESS["id"])


def texts(task_id: int, sealed: str) -> dict[str, str]:
    """The texts written at a task."""
    return dict(vault.unseal(sealed, f"submission:{task_id}")) if sealed else {}


def draft(name: str, sealed: str) -> dict[str, list[str] | str]:
    """A half-filled form."""
    return dict(vault.unseal(sealed, f"draft:{name}"))
