"""What the office can do: the public verbs. One verb is one transaction; `now` (UTC ms) is always an argument."""

from engine.commands.citizen import deliver, withdraw
from engine.commands.numbering import decide_numbering
from engine.commands.offices import appoint, end_appointment
from engine.commands.retry import retry
from engine.commands.start import Report, Reporter, Started, start
from engine.commands.work import Completed, claim, complete, open_task, release, save_draft
from engine.people import Actor

__all__ = [
    "Actor",
    "Completed",
    "Report",
    "Reporter",
    "Started",
    "appoint",
    "claim",
    "complete",
    "decide_numbering",
    "deliver",
    "end_appointment",
    "open_task",
    "release",
    "retry",
    "save_draft",
    "start",
    "withdraw",
]
