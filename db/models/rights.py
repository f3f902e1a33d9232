"""Rights of those whose data is kept: what is asked to be erased, what must stay for a dispute, what went wrong."""

from peewee import SQL, AutoField, BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from db.models.base import Table
from db.models.casework import CaseFile
from db.models.office import Organisation


class Erasure(Table):
    """Personal data of a case to be erased or set aside: asked by its reporter, or due by the schedule of retention."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    case_file = ForeignKeyField(CaseFile, on_delete="RESTRICT")
    kind = CharField(12)  # hapus batasi
    source = CharField(12)  # pelapor jadwal
    state = CharField(12)  # menunggu dilakukan ditolak
    sealed = TextField()  # AES-GCM over JSON {reason, answer}: why it was asked, what was answered
    asked_ms = BigIntegerField()
    due_ms = BigIntegerField(null=True)  # 3x24 hours after a reporter asked; nothing presses the schedule
    decided_ms = BigIntegerField(null=True)
    decided_by = IntegerField(null=True)  # person
    decided_office = IntegerField(null=True)
    decided_as = CharField(16)
    letter = CharField(200)
    number = CharField(64)  # of the berita acara, "" until something was erased
    figures = TextField()  # JSON: what was erased, counted

    class Meta:
        indexes = ((("organisation", "state", "id"), False), (("case_file",), False))


class LegalHold(Table):
    """A case that is part of a dispute: nothing of it is erased until the hold is lifted."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    case_file = ForeignKeyField(CaseFile, on_delete="RESTRICT")
    letter = CharField(200)
    set_ms = BigIntegerField()
    set_by = IntegerField()  # person
    lift_letter = CharField(200)
    lifted_ms = BigIntegerField(null=True)
    lifted_by = IntegerField(null=True)  # person

    class Meta:
        indexes = ((("case_file", "lifted_ms"), False),)


class Breach(Table):
    """A failure to protect personal data (UU 27/2022 Ps 46), and what was done about it within 3x24 hours."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    number = CharField(64)
    discovered_ms = BigIntegerField()
    due_ms = BigIntegerField()  # 72 clock hours later
    data = CharField(200)  # kinds of data, as codes
    affected = IntegerField()  # how many people, as far as is known
    sealed = TextField()  # AES-GCM over JSON {what, handling, recovery}
    registered_ms = BigIntegerField()
    registered_by = IntegerField()  # person
    subjects_ms = BigIntegerField(null=True)  # told to those it concerns
    agency_ms = BigIntegerField(null=True)  # told to the agency
    agency_proof = CharField(200)
    closed_ms = BigIntegerField(null=True)
    reminded = IntegerField()  # 1: 24 hours are left, 2: late
    emptied = BooleanField(default=False, constraints=[SQL("DEFAULT FALSE")])  # its words are gone: kept long enough

    class Meta:
        indexes = ((("organisation", "number"), True), (("organisation", "closed_ms", "id"), False))


class BreachCase(Table):
    """A case whose reporter a failure concerns; by which way and when they were told."""

    id = AutoField()
    breach = ForeignKeyField(Breach, on_delete="RESTRICT")
    case_file = ForeignKeyField(CaseFile, on_delete="RESTRICT")
    channel = CharField(16)  # surel telepon surat loket, "" until they were told
    told_ms = BigIntegerField(null=True)

    class Meta:
        indexes = ((("breach", "case_file"), True),)
