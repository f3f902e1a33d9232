"""An incident is tried again: the same act, by the same person, with what they had filled in."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from engine import incidents, jobs
from engine.commands import citizen, work
from engine.errors import TaskAlreadyDone
from engine.offices.people import Actor


def retry(incident_id: int, *, by: Actor, now: int) -> None:
    """Repeats the act of an incident and closes it once that is done, now or meanwhile; raises what it raises."""
    incidents.may_retry(by)
    verb, case_id, task_id, account, answers = incidents.kept_input(incident_id)
    with suppress(TaskAlreadyDone):
        _again(verb, case_id, task_id, account, answers, now)
    incidents.solved(incident_id, case_id, by, now)


def _again(
    verb: str, case_id: int, task_id: int | None, account: int | None, answers: Mapping[str, Any], now: int
) -> None:
    if verb == "complete" and task_id is not None and account is not None:
        work.complete(task_id, by=incidents.actor_of(account), answers=answers, now=now)
    elif verb == "deliver" and task_id is not None:
        citizen.deliver(task_id, case_id=case_id, answers=answers, now=now)
    else:
        jobs.again(case_id, now)
