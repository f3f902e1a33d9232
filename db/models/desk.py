"""The office's day around a case: talk, copies, standing texts, kept searches, notices, recall, taking over."""

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
from db.models.casework import CaseFile, Reporter
from db.models.office import Account, Office, Organisation, Person


class Comment(Table):
    """What colleagues tell each other about a case; never a part of the answer. Sealed, as people write names."""

    id = AutoField()
    case_file = ForeignKeyField(CaseFile, on_delete="RESTRICT")
    task = IntegerField(null=True)  # the task it was written at
    account = ForeignKeyField(Account, on_delete="RESTRICT")
    office = IntegerField(null=True)  # the seat of the writer then
    sealed = TextField()  # AES-GCM over JSON {text}
    at_ms = BigIntegerField()


class Mention(Table):
    """Who is asked to read a comment, and when they did."""

    id = AutoField()
    comment = ForeignKeyField(Comment, on_delete="RESTRICT")
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    seen_ms = BigIntegerField(null=True)

    class Meta:
        indexes = ((("comment", "person"), True), (("person", "seen_ms"), False))


class Tembusan(Table):
    """A copy of a case for an office that has nothing to do with it but must know: it may read."""

    id = AutoField()
    case_file = ForeignKeyField(CaseFile, on_delete="RESTRICT")
    office = ForeignKeyField(Office, on_delete="RESTRICT")
    given_by = IntegerField()  # person
    task = IntegerField(null=True)  # the task it was given at
    at_ms = BigIntegerField()
    read_ms = BigIntegerField(null=True)
    read_by = IntegerField(null=True)  # person

    class Meta:
        indexes = ((("case_file", "office"), True), (("office", "read_ms"), False))


class Phrase(Table):
    """A standing text of an office: chosen at a text field, then changed at will. Without personal data."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    office = IntegerField(null=True)  # whose; null: everyone's
    form = CharField(100, default="")  # screen key it is offered at; "": at all
    title = CharField(120)
    body = TextField()
    rank = IntegerField(default=0)
    active = BooleanField(default=True)

    class Meta:
        indexes = ((("organisation", "form"), False),)


class SavedFilter(Table):
    """A search of the desk someone keeps under a name."""

    id = AutoField()
    account = ForeignKeyField(Account, on_delete="CASCADE")
    page = CharField(32)  # tugas, kasus
    name = CharField(80)
    query = CharField(500)  # sealed: what stands behind the question mark of the address

    class Meta:
        indexes = ((("account", "page", "name"), True),)


class Notice(Table):
    """Something a person is told once: on screen until seen, by mail where an account has an address."""

    id = AutoField()
    name = CharField(160, unique=True)  # what makes it once: due-soon:<task>:<person> …
    person = ForeignKeyField(Person, on_delete="CASCADE")
    kind = CharField(32)  # segera terlambat ringkasan disebut tembusan diambil-alih …
    case_file = IntegerField(null=True)
    task = IntegerField(null=True)
    facts = TextField(default="{}")  # JSON without personal data
    at_ms = BigIntegerField()
    seen_ms = BigIntegerField(null=True)

    class Meta:
        indexes = ((("person", "seen_ms", "at_ms"), False),)


class LastAct(Table):
    """The state of a case before its last act, for who wants it back while nobody has opened what came of it."""

    case_file = ForeignKeyField(CaseFile, primary_key=True, on_delete="CASCADE")
    task = IntegerField()  # that was completed
    account = IntegerField()
    revision = IntegerField()  # of the workflow after the act: any other means something has happened since
    state = BlobField()
    at_ms = BigIntegerField()


class Companion(Table):
    """Someone who has met with the same trouble: told of the answer, counted with the case."""

    id = AutoField()
    case_file = ForeignKeyField(CaseFile, on_delete="RESTRICT")
    reporter = ForeignKeyField(Reporter, on_delete="RESTRICT")
    send_key = CharField(64, unique=True)
    at_ms = BigIntegerField()
    language = CharField(5, default="id", constraints=[SQL("DEFAULT 'id'")])
