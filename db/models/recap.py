"""What the law has reported upwards: monthly recaps, frozen once they are signed, and incidental reports."""

from peewee import SQL, AutoField, BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from db.models.base import Table
from db.models.casework import CaseFile
from db.models.office import Office, Organisation


class Recap(Table):
    """The recap of one unit (`unit` "" for the whole organisation) over one month: due, sent, received.

    `figures` is what stood on it when it was signed: a closed month is printed from here and nowhere else.
    """

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    process = CharField(64)  # of the case that makes it
    case_file = ForeignKeyField(CaseFile, on_delete="RESTRICT")
    unit = CharField(64)
    month = CharField(7)  # YYYY-MM that it tells of
    due_ms = BigIntegerField()
    figures = TextField(default="")  # JSON, made and read by engine.recaps.recap; "" until it is closed
    fingerprint = CharField(64, default="")  # SHA-256 of `figures`
    code = CharField(40, default="")  # behind the QR of the closed sheet
    sent_ms = BigIntegerField(null=True)
    received_ms = BigIntegerField(null=True)
    received_by = IntegerField(null=True)  # person
    received_as = CharField(16, default="")

    class Meta:
        indexes = ((("organisation", "process", "month", "unit"), True), (("case_file", "unit"), False))


class IncidentalReport(Table):
    """What an officer reports to the head of government outside the monthly recap (Pasal 7 ayat (3) huruf d)."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    office = ForeignKeyField(Office, on_delete="RESTRICT")  # who writes
    addressee = ForeignKeyField(Office, on_delete="RESTRICT")
    person = IntegerField()
    acting_as = CharField(16)
    sealed = TextField()  # AES-GCM over JSON {title, text}: people write names into it
    cases = TextField(default="[]")  # JSON: ids of the cases it is about
    send_key = CharField(64, unique=True)
    sent_ms = BigIntegerField()
    received_ms = BigIntegerField(null=True)
    received_by = IntegerField(null=True)
    received_as = CharField(16, default="")
    emptied = BooleanField(default=False, constraints=[SQL("DEFAULT FALSE")])  # its words are gone: kept long enough

    class Meta:
        indexes = ((("organisation", "sent_ms"), False), (("office", "sent_ms"), False))
