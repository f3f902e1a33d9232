"""What happened and what must still happen: journal, seals, jobs, incidents, who looked."""

from peewee import SQL, AutoField, BigIntegerField, CharField, ForeignKeyField, IntegerField, TextField

from db.models.base import Table
from db.models.casework import CaseFile
from db.models.office import Organisation


class Journal(Table):
    """Append-only, hash-chained per case, or per organisation for what belongs to no case.

    `facts` is canonical JSON without personal data.
    """

    id = AutoField()
    chain = CharField(40)  # case:<id> or organisation:<id>
    seq = IntegerField()
    organisation = IntegerField()
    case_file = IntegerField(null=True)
    kind = CharField(32)
    at_ms = BigIntegerField()
    task = IntegerField(null=True)
    element = CharField(100, default="")
    office = IntegerField(null=True)
    person = IntegerField(null=True)
    acting_as = CharField(16, default="")
    facts = TextField(default="{}")
    prev_hash = CharField(64)
    hash = CharField(64)
    seal = IntegerField(null=True)

    class Meta:
        indexes = (
            (("chain", "seq"), True),
            (("case_file",), False),
            (("organisation", "seal"), False),
            SQL("CREATE INDEX journal_milestone ON journal (organisation, at_ms) WHERE kind = 'milestone'"),
            SQL(
                "CREATE INDEX journal_course ON journal (case_file, kind, at_ms, facts) WHERE kind IN ('milestone',"
                " 'unreached', 'promised', 'completed', 'sent', 'fired') AND length(facts) <= 600"
            ),
            SQL(
                "CREATE INDEX journal_course_long ON journal (case_file, kind) WHERE kind IN ('milestone',"
                " 'unreached', 'promised', 'completed', 'sent', 'fired') AND length(facts) > 600"
            ),
        )


class Seal(Table):
    """A Merkle root over every entry yet unsealed, chained to the seal before."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    seq = IntegerField()
    at_ms = BigIntegerField()
    entries = IntegerField()
    root = CharField(64)
    prev_hash = CharField(64)
    hash = CharField(64)

    class Meta:
        indexes = ((("organisation", "seq"), True),)


class Job(Table):
    """What must happen later or outside, written with the act that wants it.

    `name` is the idempotency key; `payload` holds ids only.
    """

    id = AutoField()
    name = CharField(160, unique=True)
    kind = CharField(32)
    payload = TextField(default="{}")
    case_file = ForeignKeyField(CaseFile, null=True, on_delete="RESTRICT")
    organisation = IntegerField(null=True)  # of a job that belongs to no case
    state = CharField(12)  # waiting done failed cancelled
    due_ms = BigIntegerField()
    attempts = IntegerField(default=0)
    lease_ms = BigIntegerField(default=0)
    error = TextField(default="")
    created_ms = BigIntegerField()
    done_ms = BigIntegerField(null=True)

    class Meta:
        indexes = ((("state", "due_ms"), False), (("case_file",), False))


class Incident(Table):
    """A case that could not go on: listed with its cause, retried by a person; nothing is lost."""

    id = AutoField()
    case_file = ForeignKeyField(CaseFile, on_delete="RESTRICT")
    task = IntegerField(null=True)
    verb = CharField(32)
    element = CharField(100, default="")
    cause = TextField()
    sealed_input = TextField(null=True)  # what the person had filled in, for the retry
    actor = IntegerField(null=True)  # account
    at_ms = BigIntegerField()
    solved_ms = BigIntegerField(null=True)

    class Meta:
        indexes = ((("case_file",), False), (("solved_ms",), False))


class AccessLog(Table):
    """Who looked at what, written after the response; reading a case never writes to it."""

    id = AutoField()
    at_ms = BigIntegerField()
    account = IntegerField(null=True)
    organisation = IntegerField(null=True)
    case_file = IntegerField(null=True, index=True)
    what = CharField(32)
    detail = CharField(100, default="")

    class Meta:
        indexes = ((("organisation", "at_ms"), False),)


class Measure(Table):
    """A month that is over, counted once: how long its done tasks waited and were worked on. Rebuilt at will."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    process = CharField(64)
    month = CharField(7)  # YYYY-MM of when they were done, in the organisation's zone
    body = TextField()  # JSON, made and read by engine.clocks.measures
    made_ms = BigIntegerField()

    class Meta:
        indexes = ((("organisation", "process", "month"), True),)
