"""What the office can do: the public verbs. One verb is one transaction; `now` (UTC ms) is always an argument."""

from engine.commands.absences import approve_absence, propose_absence, refuse_absence, withdraw_absence
from engine.commands.appointments import appoint, end_appointment
from engine.commands.attaching import attach, detach
from engine.commands.authority import (
    decide_approver,
    decide_deputies,
    decide_figures,
    decide_naming,
    decide_publishers,
    decide_role_map,
    decide_roles,
)
from engine.commands.calendars import decide_calendar, drop_calendar
from engine.commands.citizen import deliver, withdraw
from engine.commands.copies import give_copy, read_copy
from engine.commands.helping import add_helper, release_helper
from engine.commands.holders import install, leave_office
from engine.commands.joining import join, join_case
from engine.commands.letterheads import decide_letterhead
from engine.commands.list_approvals import decide_list_change, withdraw_list_change
from engine.commands.lists import add_entry, change_entry, move_entry, use_entry
from engine.commands.memo_kinds import decide_memo_kind
from engine.commands.memos import read_memo, send_memo
from engine.commands.naming import Naming, end_naming, name_officer
from engine.commands.numbering import decide_numbering
from engine.commands.offices import Seat, add_office, change_office, close_office, open_office
from engine.commands.organisations import change_organisation
from engine.commands.people import add_person, change_person
from engine.commands.phrasing import Wording, add_phrase, change_phrase
from engine.commands.recalling import recall
from engine.commands.reopening import reopen
from engine.commands.retry import retry
from engine.commands.roster import enter_roster
from engine.commands.sign_ins import (
    add_account,
    change_account,
    close_account,
    issue_link,
    open_account,
    sign_out_everywhere,
)
from engine.commands.start import Report, Reporter, Started, start
from engine.commands.taking_over import take_over
from engine.commands.talk import LONGEST_REMARK, comment, read_mentions
from engine.commands.units import add_unit, change_unit, close_unit, delete_unit, open_unit
from engine.commands.work import Completed, claim, complete, open_task, release, save_draft
from engine.offices.people import Actor

__all__ = [
    "LONGEST_REMARK",
    "Actor",
    "Completed",
    "Naming",
    "Report",
    "Reporter",
    "Seat",
    "Started",
    "Wording",
    "add_account",
    "add_entry",
    "add_helper",
    "add_office",
    "add_person",
    "add_phrase",
    "add_unit",
    "appoint",
    "approve_absence",
    "attach",
    "change_account",
    "change_entry",
    "change_office",
    "change_organisation",
    "change_person",
    "change_phrase",
    "change_unit",
    "claim",
    "close_account",
    "close_office",
    "close_unit",
    "comment",
    "complete",
    "decide_approver",
    "decide_calendar",
    "decide_deputies",
    "decide_figures",
    "decide_letterhead",
    "decide_list_change",
    "decide_memo_kind",
    "decide_naming",
    "decide_numbering",
    "decide_publishers",
    "decide_role_map",
    "decide_roles",
    "delete_unit",
    "deliver",
    "detach",
    "drop_calendar",
    "end_appointment",
    "end_naming",
    "enter_roster",
    "give_copy",
    "install",
    "issue_link",
    "join",
    "join_case",
    "leave_office",
    "move_entry",
    "name_officer",
    "open_account",
    "open_office",
    "open_task",
    "open_unit",
    "propose_absence",
    "read_copy",
    "read_memo",
    "read_mentions",
    "recall",
    "refuse_absence",
    "release",
    "release_helper",
    "reopen",
    "retry",
    "save_draft",
    "send_memo",
    "sign_out_everywhere",
    "start",
    "take_over",
    "use_entry",
    "withdraw",
    "withdraw_absence",
    "withdraw_list_change",
]
