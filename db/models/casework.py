"""The cases: what came in, where it stands, who must act, what was answered."""

from peewee import (
    SQL,
    AutoField,
    BigIntegerField,
    BlobField,
    BooleanField,
    CharField,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from db.models.base import Table
from db.models.office import Account, Office, Organisation


class Release(Table):
    """A published closure of diagrams, tables and forms, kept by the cases begun with it. `files`: JSON name → text."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    process = CharField(64)
    version = IntegerField()
    fingerprint = CharField(64)
    files = TextField()
    letter = CharField(200, default="")
    published_ms = BigIntegerField()
    published_by = IntegerField(null=True)
    effective_ms = BigIntegerField(default=0, constraints=[SQL("DEFAULT 0")])  # from when new cases begin with it
    sop_number = CharField(100, default="", constraints=[SQL("DEFAULT ''")])
    revised_on = CharField(10, default="", constraints=[SQL("DEFAULT ''")])  # Tgl Revisi
    approved_office = IntegerField(null=True)  # who signed it into force, as what office

    class Meta:
        indexes = ((("organisation", "process", "version"), True),)


class ReleaseProposal(Table):
    """A closure of diagrams a designer asks to be put in force, and what the office named for the process said."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    process = CharField(64)
    fingerprint = CharField(64)
    files = TextField()
    state = CharField(12)  # draf diajukan disahkan ditolak dicabut
    note = CharField(500, default="")  # what changes and why
    sop_number = CharField(100, default="")
    revised_on = CharField(10, default="")
    effective_on = CharField(10, default="")
    made_by = IntegerField()  # account
    made_ms = BigIntegerField()
    proposed_ms = BigIntegerField(null=True)
    decided_by = IntegerField(null=True)  # person
    decided_office = IntegerField(null=True)
    decided_as = CharField(16, default="")
    decided_ms = BigIntegerField(null=True)
    letter = CharField(200, default="")
    reason = CharField(500, default="")  # why refused
    release = IntegerField(null=True)

    class Meta:
        indexes = ((("organisation", "process", "state"), False),)


class Reporter(Table):
    """Who a citizen is: the one encrypted, erasable place. Everything else holds the id and `mark`, a keyed hash."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    sealed = TextField(null=True)  # AES-GCM over JSON {name, phone, email, address, nik, mother}; null once erased
    mark = CharField(64, default="")
    created_ms = BigIntegerField()
    erased_ms = BigIntegerField(null=True)
    nik_mark = CharField(64, default="", constraints=[SQL("DEFAULT ''")])  # keyed hash of the NIK
    registry = CharField(16, default="", constraints=[SQL("DEFAULT ''")])  # terdaftar tidak-cocok belum-diperiksa

    class Meta:
        indexes = (SQL("CREATE INDEX reporter_nik ON reporter (organisation_id, nik_mark) WHERE nik_mark <> ''"),)


class CaseFile(Table):
    """One aspiration or complaint from receipt to answer. (`case` is a reserved word of SQL.)"""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    process = CharField(64)
    release = ForeignKeyField(Release, on_delete="RESTRICT")
    reporter = ForeignKeyField(Reporter, on_delete="RESTRICT")
    number = CharField(64, unique=True)
    channel = CharField(16)
    state = CharField(16)  # berjalan selesai ditutup dicabut insiden
    outcome = CharField(64, default="")  # id of the end event that was reached
    subject = CharField(300, default="")
    urgency = CharField(32, default="biasa")
    secrecy = CharField(32, default="biasa")
    received_ms = BigIntegerField()
    closed_ms = BigIntegerField(null=True)
    due_ms = BigIntegerField(null=True)  # of the next milestone that the diagram sets a limit for
    pin_hash = CharField(200)
    send_key = CharField(64, unique=True)  # of the form that was sent: sending it twice makes one case
    language = CharField(5, default="id")
    entered_by = IntegerField(null=True)  # the person who typed it in, where it did not come by itself
    entered_ms = BigIntegerField(null=True)
    letter_number = CharField(100, default="", constraints=[SQL("DEFAULT ''")])  # of the letter it came by
    letter_date = CharField(10, default="", constraints=[SQL("DEFAULT ''")])
    declared = BooleanField(default=False, constraints=[SQL("DEFAULT FALSE")])  # its times were told afterwards
    companions = IntegerField(default=0, constraints=[SQL("DEFAULT 0")])  # how many have met with the same
    dossier = IntegerField(null=True)  # the berkas it is kept in
    classification = CharField(32, default="", constraints=[SQL("DEFAULT ''")])
    worded = BooleanField(default=False, constraints=[SQL("DEFAULT FALSE")])  # the office has set its subject
    topic = CharField(64, default="", constraints=[SQL("DEFAULT ''")])  # subyek: what it is about
    kind = CharField(32, default="", constraints=[SQL("DEFAULT ''")])  # kritik, saran, gagasan, keluhan …
    place = CharField(64, default="", constraints=[SQL("DEFAULT ''")])  # kelurahan
    unit = CharField(64, default="", constraints=[SQL("DEFAULT ''")])  # code of the unit that handles it now
    rating = IntegerField(null=True)  # what the reporter thought of the answer, 1 to 5
    first_ms = BigIntegerField(null=True)  # the first answer
    answered_ms = BigIntegerField(null=True)  # the substantive one: a milestone was first passed
    lapsed = BooleanField(default=False, constraints=[SQL("DEFAULT FALSE")])  # gugur: ended without its milestone
    restricted = BooleanField(default=False, constraints=[SQL("DEFAULT FALSE")])  # personal data set aside (Ps 41)
    continues = IntegerField(null=True)  # the case that ended and goes on with this one

    class Meta:
        indexes = (
            (("organisation", "state", "received_ms"), False),
            (("received_ms",), False),
            (("dossier",), False),
            (("organisation", "process", "received_ms"), False),
            (("entered_by", "entered_ms"), False),
            (("organisation", "unit", "state", "id"), False),
            (("organisation", "process", "answered_ms"), False),
            SQL(
                "CREATE INDEX case_file_ended ON case_file"
                " (organisation_id, process, COALESCE(closed_ms, 9000000000000000), received_ms)"
            ),
            SQL("CREATE UNIQUE INDEX case_file_continues ON case_file (continues) WHERE continues IS NOT NULL"),
        )


class Narrative(Table):
    """What the citizen told: the texts of a case, apart from its state."""

    case_file = ForeignKeyField(CaseFile, primary_key=True, on_delete="RESTRICT")
    sealed = TextField()  # AES-GCM over JSON {chronology, when, where}: people write names and numbers into it


class Workflow(Table):
    """The running state of a case, compact, without its diagram; `revision` guards copies held across transactions."""

    case_file = ForeignKeyField(CaseFile, primary_key=True, on_delete="RESTRICT")
    revision = IntegerField(default=0)
    state = BlobField()


class Task(Table):
    """Something that waits for an office (or the citizen, office null), and how it went."""

    id = AutoField()
    case_file = ForeignKeyField(CaseFile, on_delete="RESTRICT")
    key = CharField(80)  # of the waiting element inside the workflow
    element = CharField(100)
    name = CharField(300)
    process = CharField(64)  # of the diagram the element is drawn in
    instance = CharField(100, default="")
    kind = CharField(16)  # user receive
    form = CharField(100, default="")
    role = CharField(64, default="")
    office = ForeignKeyField(Office, null=True, on_delete="RESTRICT")
    state = CharField(12)  # open done cancelled
    cycle = IntegerField(default=1)
    offered_ms = BigIntegerField()
    opened_ms = BigIntegerField(null=True)
    claimed_ms = BigIntegerField(null=True)
    claimed_by = ForeignKeyField(Account, null=True, on_delete="RESTRICT", column_name="claimed_by")
    started_ms = BigIntegerField(null=True)  # the SOP clock: first opened or claimed
    due_ms = BigIntegerField(null=True)
    norm_ms = BigIntegerField(null=True)  # sop.tunggu: until when it may lie untouched
    limit_text = CharField(200, default="")
    clock = CharField(20, default="")
    since = CharField(20, default="")
    wait_norm = CharField(20, default="")
    sop_row = IntegerField(null=True)
    done_ms = BigIntegerField(null=True)
    done_by = IntegerField(null=True)  # person
    done_as = CharField(16, default="")
    done_office = IntegerField(null=True)
    waited_ms = BigIntegerField(null=True)  # working time, in ms, from offered to started
    worked_ms = BigIntegerField(null=True)  # working time, in ms, from started to done
    late = BooleanField(default=False)
    outcome = CharField(64, default="")  # the decision taken, for people to read
    declared = BooleanField(default=False, constraints=[SQL("DEFAULT FALSE")])  # its times were told afterwards
    taken_from = IntegerField(null=True)  # the office it lay at before a superior took it over
    told = IntegerField(default=0, constraints=[SQL("DEFAULT 0")])  # reminders sent: 1 not opened, 2 due soon, 3 late
    law_ms = BigIntegerField(null=True)  # of an open task without a limit of its own: the case's legal date
    returned = BooleanField(default=False, constraints=[SQL("DEFAULT FALSE")])  # sent back to where it had been

    class Meta:
        indexes = (
            (("case_file", "state"), False),
            (("case_file", "element", "instance", "cycle"), False),
            (("office", "state", "due_ms"), False),
            (("state", "due_ms"), False),
            (("process", "element", "done_ms"), False),
            SQL(
                "CREATE INDEX task_done ON task (done_ms, case_file_id, element, done_office, office_id, worked_ms,"
                " waited_ms, late, cycle, state) WHERE done_ms IS NOT NULL"
            ),
            SQL("CREATE INDEX task_late_done_ms ON task (done_ms) WHERE late"),
            SQL("CREATE INDEX task_disposed ON task (done_office, form, done_ms) WHERE done_office IS NOT NULL"),
            SQL(
                "CREATE INDEX task_open_element ON task (element, case_file_id, office_id, due_ms, clock)"
                " WHERE state = 'open'"
            ),
            SQL("CREATE INDEX task_course ON task (case_file_id, element, offered_ms, office_id, done_ms, late)"),
        )


class Submission(Table):
    """What was filled in at a task: the texts beside the facts. Sealed, as people write names into notes."""

    id = AutoField()
    task = ForeignKeyField(Task, unique=True, on_delete="RESTRICT")
    case_file = ForeignKeyField(CaseFile, on_delete="RESTRICT")
    form = CharField(100)
    facts = TextField()  # JSON: choices, dates, numbers
    sealed = TextField()  # AES-GCM over JSON of the texts
    at_ms = BigIntegerField()


class Draft(Table):
    """A half-filled form, one per task and person; a public form's by its token. Sealed."""

    id = AutoField()
    name = CharField(100, unique=True)  # task:<id>:<account> or lapor:<token hash>
    sealed = TextField()
    saved_ms = BigIntegerField(index=True)


class Attachment(Table):
    """A proof or scan, named by the hash of its checked content; quarantined until re-encoded or inspected."""

    id = AutoField()
    case_file = ForeignKeyField(CaseFile, null=True, on_delete="RESTRICT")
    draft = CharField(100, default="", index=True)  # which unsent form it belongs to, until it is sent
    name = CharField(200)
    kind = CharField(16, default="")
    media_type = CharField(100, default="")
    size = BigIntegerField()
    received_hash = CharField(64)
    content_hash = CharField(64, default="")
    state = CharField(12)  # quarantined clean refused
    reason = CharField(300, default="")
    source = CharField(16, default="pelapor")
    at_ms = BigIntegerField()
    task = IntegerField(null=True)  # the task a member of staff added it at
    added_by = IntegerField(null=True)  # person


class Agenda(Table):
    """A line in a book: per book and year without gap or repeat, kept when the report is withdrawn."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    book = CharField(32)
    year = IntegerField()
    number = IntegerField()
    case_file = ForeignKeyField(CaseFile, on_delete="RESTRICT")
    at_ms = BigIntegerField()

    class Meta:
        indexes = ((("organisation", "book", "year", "number"), True), (("case_file", "book"), True))


class Counter(Table):
    """The last number given, per name (case:2026, agenda:setwan:2026)."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    name = CharField(64)
    value = IntegerField(default=0)

    class Meta:
        indexes = ((("organisation", "name"), True),)


class SheetCode(Table):
    """The code behind a printed sheet's QR: which sheet of which case it was."""

    id = AutoField()
    code = CharField(40, unique=True)
    kind = CharField(32)
    case_file = ForeignKeyField(CaseFile, null=True, on_delete="RESTRICT")
    detail = CharField(100, default="")
    content_hash = CharField(64, default="")
    at_ms = BigIntegerField()

    class Meta:
        indexes = ((("case_file", "kind", "detail"), False),)


DESK = (
    "task_desk ON task (office_id, COALESCE(due_ms, law_ms, norm_ms, 9000000000000000), id, case_file_id)"
    " WHERE state = 'open'",
    "task_desk_law ON task (office_id, law_ms, id) WHERE state = 'open' AND law_ms IS NOT NULL",
    "task_desk_new ON task (office_id, COALESCE(due_ms, law_ms, norm_ms, 9000000000000000), id)"
    " WHERE state = 'open' AND opened_ms IS NULL",
    "task_desk_norm ON task (office_id, norm_ms) WHERE state = 'open' AND opened_ms IS NULL",
    "task_desk_came ON task (office_id, offered_ms, id) WHERE state = 'open'",
    "task_desk_case ON task (office_id, (case_file_id + 0), id) WHERE state = 'open'",
    "task_desk_mine ON task (claimed_by) WHERE state = 'open' AND claimed_by IS NOT NULL",
    "task_seen ON task (office_id, case_file_id)",
    "task_taken ON task (taken_from, case_file_id) WHERE taken_from IS NOT NULL",
)
"""Indexes of what waits are as small as what waits; `case_search`, a virtual table on SQLite, is migration 0004's."""
NEWEST = (
    "case_file_newest ON case_file (organisation_id, id)",
    "case_file_newest_in ON case_file (organisation_id, state, id)",
)
for _index in DESK:
    Task.add_index(SQL(f"CREATE INDEX {_index}"))
for _index in NEWEST:
    CaseFile.add_index(SQL(f"CREATE INDEX {_index}"))
