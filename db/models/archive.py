"""What leaves the office and what is kept: expeditions, files, classification, blank sheets of an outage."""

from peewee import (
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
from db.models.casework import CaseFile, Task
from db.models.office import Office, Organisation


class Delivery(Table):
    """A line of the buku ekspedisi: which sheet went to which office, and who took it in."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    year = IntegerField()
    number = IntegerField()
    case_file = ForeignKeyField(CaseFile, on_delete="RESTRICT")
    task = ForeignKeyField(Task, null=True, on_delete="RESTRICT")  # that waits at the office it went to
    office = ForeignKeyField(Office, on_delete="RESTRICT")
    sent_ms = BigIntegerField()
    sent_by = IntegerField(null=True)  # person
    received_ms = BigIntegerField(null=True)
    received_by = IntegerField(null=True)  # person who signed for it here
    receiver = CharField(200, default="")  # the name on paper, where they have no account

    class Meta:
        indexes = (
            (("organisation", "year", "number"), True),
            (("case_file", "task", "office"), True),
            (("office", "received_ms"), False),
        )


class Letter(Table):
    """An answer that left on paper: its number, taken once from the register of outgoing letters, and of which act."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    number = CharField(64)
    case_file = ForeignKeyField(CaseFile, on_delete="RESTRICT")
    task = IntegerField(unique=True)  # at which the answer was approved
    at_ms = BigIntegerField()

    class Meta:
        indexes = ((("organisation", "number"), True), (("case_file",), False))


class Logo(Table):
    """A logo of a letterhead, re-encoded and small; kept under its hash, so that the journal names which it was."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    content_hash = CharField(64)
    body = BlobField()
    at_ms = BigIntegerField()

    class Meta:
        indexes = ((("organisation", "content_hash"), True),)


class Classification(Table):
    """A code of the archive classification (Permendagri 83/2022 or the office's own), with its retention."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    code = CharField(32)
    name = CharField(300)
    active_years = IntegerField(null=True)
    inactive_years = IntegerField(null=True)
    fate = CharField(16, default="")  # musnah permanen dinilai
    active = BooleanField(default=True)

    class Meta:
        indexes = ((("organisation", "code"), True),)


class Dossier(Table):
    """Berkas: closed cases that belong together, under one code, with what is to become of them."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    classification = ForeignKeyField(Classification, on_delete="RESTRICT")
    year = IntegerField()
    number = IntegerField()
    title = CharField(300)
    place = CharField(200, default="")  # shelf, box
    state = CharField(16, default="aktif")  # aktif inaktif diusulkan musnah permanen
    opened_ms = BigIntegerField()
    closed_ms = BigIntegerField(null=True)
    proposal = CharField(200, default="")  # letter of the proposed or decided retention

    class Meta:
        indexes = ((("organisation", "year", "number"), True),)


class BlankSheet(Table):
    """A sheet with a reserved case number, printed for the day nothing works."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    process = CharField(64)
    number = CharField(64, unique=True)
    batch = CharField(40)
    state = CharField(12, default="kosong")  # kosong terpakai batal
    printed_ms = BigIntegerField()
    printed_by = IntegerField()  # person
    case_file = IntegerField(null=True)
    reason = CharField(300, default="")  # why it was given up

    class Meta:
        indexes = ((("organisation", "state"), False),)


class BackEntry(Table):
    """What was done on paper, typed in afterwards with declared times; in force once a second person confirms."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    sheet = ForeignKeyField(BlankSheet, null=True, on_delete="RESTRICT")
    case_file = IntegerField(null=True)  # once it is in force, or the case it goes on with
    sealed = TextField()  # AES-GCM over JSON: the report and its steps with their times
    state = CharField(12, default="menunggu")  # menunggu berlaku ditolak
    entered_by = IntegerField()  # person
    entered_ms = BigIntegerField()
    decided_by = IntegerField(null=True)
    decided_ms = BigIntegerField(null=True)
    reason = CharField(300, default="")

    class Meta:
        indexes = ((("organisation", "state"), False),)
