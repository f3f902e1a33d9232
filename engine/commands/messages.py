"""Mail in people's hands: a receipt that was asked for; tried again, sent again or called off by an administrator."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from db import sql
from db.connect import transaction
from engine import jobs, journal, mailing, store
from engine.errands import Due, Undeliverable
from engine.errors import FormInvalid, NotAllowed, NotFound, Objection
from engine.held import hold
from engine.mail import citizens
from engine.offices import policy
from engine.offices.people import Actor
from engine.sms import citizens as short
from engine.sms import rules

RECEIPT, WITHDRAWN = "tanda_terima", "tanda_pencabutan"
SENTENCES: dict[str, str] = {
    "alamat_salah": "Alamat surelnya salah",
    "cara_lain": "Sudah disampaikan dengan cara lain",
    "tidak_perlu": "Tidak perlu lagi",
}
"""Why a mail is called off: chosen, never typed, as it stands in the journal."""
ENDED = ("done", "cancelled")


def send_receipt(case_id: int, *, now: int) -> None:
    """The reporter asked for number and PIN by mail: sent once, to the address they gave. NotAllowed without one."""
    with transaction():
        facts = citizens.facts_of(case_id)
        if facts is None:
            raise NotFound("case", case_id)
        if not has_address(facts):
            raise NotAllowed("mail", "Laporan ini tidak memuat alamat surel.")
        mailing.order(f"{RECEIPT}:{case_id}", RECEIPT, now, case=case_id, organisation=facts.organisation_id)


def can_mail(case_id: int) -> bool:
    """Whether the receipt of this case may be asked for: an address is there, and it was not asked for yet."""
    facts = citizens.facts_of(case_id)
    asked = sql.row("SELECT 1 FROM job WHERE name = ?", (f"{RECEIPT}:{case_id}",))
    return facts is not None and asked is None and has_address(facts)


def confirm_withdrawal(case_id: int, now: int) -> None:
    """Inside the withdrawal's transaction: tells the reporter that it was done, where they gave an address."""
    facts = citizens.facts_of(case_id)
    if facts is not None and has_address(facts):
        mailing.order(f"{WITHDRAWN}:{case_id}", WITHDRAWN, now, case=case_id, organisation=facts.organisation_id)


def has_address(facts: citizens.Facts) -> bool:
    """Whether the reporter gave a mail address."""
    try:
        citizens.addressee(facts)
    except Undeliverable:
        return False
    return True


def by_sms(organisation: int, whom: Sequence[tuple[int | None, int | None]]) -> list[bool]:
    """Of each case (and the reporter a message names, where it goes to another): whether it leaves as an SMS."""
    if rules.of(organisation) is None:
        return [False] * len(whom)
    return [case is not None and bool(short.number_of(citizens.facts_of(case, reporter))) for case, reporter in whom]


@dataclass(frozen=True)
class _Job:
    """A job as its keeper sees it."""

    due: Due
    state: str
    lease_ms: int
    organisation: int


_JOB = """
SELECT j.id, j.name, j.kind, j.payload, j.case_file_id, j.attempts, j.state, j.lease_ms,
  COALESCE(c.organisation_id, j.organisation) FROM job j LEFT JOIN case_file c ON c.id = j.case_file_id
WHERE j.id = ? AND j.kind IN ('mail', 'service', 'timer')
"""


def _job(job_id: int, by: Actor, verb: str) -> _Job:
    """A job of the administrator's own organisation; NotFound for any other."""
    policy.must_have(by, "admin", verb)
    found = sql.row(_JOB, (job_id,))
    if found is None or found[8] != policy.organisation_of(by):
        raise NotFound("job", job_id)
    due = Due(found[0], found[1], found[2], orjson.loads(found[3]), found[4], found[5])
    return _Job(due, str(found[6]), int(found[7]), int(found[8]))


def retry_job(job_id: int, *, by: Actor, now: int) -> None:
    """Puts what waits or has failed at the head of the line, its tries forgotten."""
    with transaction():
        job = _waiting(job_id, by, "retry", now)
        sql.execute(
            "UPDATE job SET state = 'waiting', due_ms = ?, lease_ms = 0, attempts = 0, done_ms = NULL, error = ''"
            " WHERE id = ?",
            (now, job.due.id),
        )
        _note(job, "mail_retried", {"job": job.due.id}, by, now)


def _waiting(job_id: int, by: Actor, verb: str, now: int) -> _Job:
    job = _job(job_id, by, verb)
    if job.state in ENDED:
        raise NotAllowed(verb, "Pengiriman ini sudah selesai atau dibatalkan.")
    if job.due.kind == "timer" and job.state != "failed":
        raise NotAllowed(verb, "Batas waktu berjalan menurut diagramnya dan tidak dapat diubah di sini.")
    if job.lease_ms > now and job.state == "waiting":
        raise NotAllowed(verb, "Pengiriman ini sedang dijalankan. Tunggu dua menit, lalu lihat lagi.")
    return job


def resend(job_id: int, *, by: Actor, now: int) -> None:
    """Sends a mail once more: a new job with a name of its own, so that both stand on the page."""
    with transaction():
        job = _job(job_id, by, "resend")
        if job.state != "done" or job.due.kind == "timer":
            raise NotAllowed("resend", "Hanya surel yang sudah dikirim dapat dikirim ulang.")
        first = str(job.due.payload.get("again", job.due.id))
        text = "SELECT COUNT(*) FROM job WHERE name LIKE ?"
        name = f"ulang:{first}:{int(sql.value(text, (f'ulang:{first}:%',))) + 1}"
        facts = _same(job.due, int(first))
        mailing.order(name, facts.pop("message"), now, case=job.due.case_id, organisation=job.organisation, **facts)
        _note(job, "mail_resent", {"job": job.due.id, "name": name}, by, now)


def _same(job: Due, first: int) -> dict[str, Any]:
    """What a job that repeats another carries; a service task's message in its part of the case."""
    if job.kind == "service":
        message = str(job.payload.get("message") or "jawaban")
        return {"message": message, "instance": job.payload.get("instance", ""), "again": first}
    return {**job.payload, "again": first}


def cancel(job_id: int, reason: str, *, by: Actor, now: int) -> None:
    """Calls a mail off for one of the known reasons; where a diagram waits for it, it goes its error way."""
    if reason not in SENTENCES:
        raise FormInvalid({"alasan": [Objection("choose", "Pilih alasannya.")]})
    with transaction():
        job = _waiting(job_id, by, "cancel", now)
        if job.due.kind == "mail":
            end = "UPDATE job SET state = 'cancelled', done_ms = ?, error = ? WHERE id = ?"
            sql.execute(end, (now, SENTENCES[reason], job.due.id))
            _note(job, "mail_cancelled", {"job": job.due.id, "reason": reason}, by, now)
            return
        if job.due.kind == "timer" or job.state == "failed":
            raise NotAllowed("cancel", "Yang menahan laporan ini tidak dibatalkan di sini: lihat insidennya.")
    _past(job.due, reason, by, now)


def _past(job: Due, reason: str, by: Actor, now: int) -> None:
    """The diagram goes on without the mail: the answer by its error way, news as untold. One transaction of `jobs`."""
    said = SENTENCES[reason]
    if job.payload.get("topic") == "kabari_pelapor":
        jobs.deliver(job, {"delivered": False, "reason": said}, now, person=by.person_id)
    else:
        jobs.refuse(job, Undeliverable(said), now, person=by.person_id)


def _note(job: _Job, kind: str, facts: dict[str, Any], by: Actor, now: int) -> None:
    """In the journal of the case the mail belongs to, else in the organisation's."""
    if job.due.case_id is None:
        journal.append(job.organisation, None, [journal.Entry(kind, now, person=by.person_id, facts=facts)])
        return
    held = hold(job.due.case_id)
    held.note(kind, now, person=by.person_id, facts=facts)
    store.note_down(held)
