"""After a restore a person decides about the messages that waited when the backup was made."""

from db import sql
from db.connect import transaction
from engine import journal
from engine.backups.restoring import HELD
from engine.offices import policy
from engine.offices.people import Actor

_OF = (
    " FROM job j LEFT JOIN case_file c ON c.id = j.case_file_id"
    " WHERE j.state = 'failed' AND j.error = ? AND COALESCE(c.organisation_id, j.organisation) = ?"
)


def held(organisation: int) -> int:
    """How many messages of an organisation wait for that decision."""
    return int(sql.value("SELECT COUNT(*)" + _OF, (HELD, organisation)))


def send_held(*, by: Actor, now: int) -> int:
    """Puts them back in line, all at once; gives how many. One by one they are sent again from the outbox."""
    policy.must_have(by, "admin", "send_held")
    with transaction():
        organisation = policy.organisation_of(by)
        ids = [int(row[0]) for row in sql.rows("SELECT j.id" + _OF, (HELD, organisation))]
        for job in ids:
            sql.execute(
                "UPDATE job SET state = 'waiting', error = '', due_ms = ?, attempts = 0, done_ms = NULL WHERE id = ?",
                (now, job),
            )
        facts = {"messages": len(ids)}
        journal.append(organisation, None, [journal.Entry("held_sent", now, person=by.person_id, facts=facts)])
        return len(ids)
