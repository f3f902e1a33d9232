"""What can go wrong, in the office's words: the class is the kind, the attributes are the facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Objection:
    """What is wrong with one field and how to mend it; the same shape as the forms room's Problem."""

    code: str
    msgid: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The Indonesian sentence with its facts filled in."""
        return self.msgid % self.facts


class OfficeError(Exception):
    """Something the office refuses or cannot do; `status` is what an HTTP edge answers."""

    status = 400


class NotFound(OfficeError):
    """There is no such thing, or this person may not know that there is."""

    status = 404

    def __init__(self, what: str, key: object = None) -> None:
        super().__init__(f"{what}: {key}")
        self.what, self.key = what, key


class NotAllowed(OfficeError):
    """This person may not do this now; `why` names the rule in plain words."""

    status = 403

    def __init__(self, verb: str, why: str = "") -> None:
        super().__init__(f"{verb}: {why}")
        self.verb, self.why = verb, why


class Conflict(OfficeError):
    """The world moved on since this person looked."""

    status = 409


class TaskAlreadyDone(Conflict):
    """Someone was here first: who, as what and when (UTC ms), where that is known."""

    def __init__(self, key: object, *, by: str = "", kind: str = "", at: int | None = None) -> None:
        super().__init__(f"task {key} is no longer open")
        self.key, self.by, self.kind, self.at = key, by, kind, at


class WorkflowChanged(Conflict):
    """The case was saved by someone else between reading and writing it."""

    def __init__(self, case_id: int) -> None:
        super().__init__(f"case {case_id} changed meanwhile")
        self.case_id = case_id


class FormInvalid(OfficeError):
    """What was filled in cannot be taken; `problems` are listed per field."""

    status = 422

    def __init__(self, problems: Mapping[str, Sequence[Any]]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


class SlowDown(OfficeError):
    """Too many wrong tries; `until` is the UTC ms from which a new try is looked at."""

    status = 429

    def __init__(self, until: int) -> None:
        super().__init__(f"locked until {until}")
        self.until = until


class ProcessBroken(OfficeError):
    """The diagram could not go on: an incident. Nothing was saved, nothing is lost."""

    status = 500

    def __init__(self, process: str, element: str | None, cause: str) -> None:
        super().__init__(f"{process}/{element}: {cause}")
        self.process, self.element, self.cause = process, element, cause
