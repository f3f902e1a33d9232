"""The population register as keyed hashes, and what people say of their NIK being used by someone else."""

from peewee import (
    SQL,
    AutoField,
    BigIntegerField,
    BlobField,
    CharField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from db.models.base import Table
from db.models.office import Organisation


class RegisterRun(Table):
    """One import of the register. Exactly one of an organisation is in force; its entries are the register."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    state = CharField(12)  # berjalan berlaku diganti
    people = IntegerField(default=0)
    duplicates = IntegerField(default=0)
    flawed = IntegerField(default=0)
    begun_ms = BigIntegerField()
    in_force_ms = BigIntegerField(null=True)
    person = IntegerField(null=True)  # who imported it

    class Meta:
        indexes = ((("organisation", "state"), False),)


class RegisterEntry(Table):
    """Someone who stands in the register: nobody can be read from it, only asked for by NIK and mother's name."""

    run = IntegerField()
    nik = BlobField()  # the first 16 bytes of a keyed hash of the NIK
    pair = BlobField()  # of the NIK together with the mother's name; the name alone is nowhere

    class Meta:
        primary_key = CompositeKey("run", "nik")


class NikDispute(Table):
    """Someone says that another person used their NIK."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    nik_mark = CharField(64)  # as reporter.nik_mark: which cases it is about
    sealed = TextField()  # AES-GCM over JSON {nik, mother, phone, email, text}
    registry = CharField(16, default="", constraints=[SQL("DEFAULT ''")])  # what the register says of who tells
    state = CharField(12)  # baru dibenarkan ditolak
    at_ms = BigIntegerField()
    decided_ms = BigIntegerField(null=True)
    decided_by = IntegerField(null=True)  # person
    decided_office = IntegerField(null=True)
    sealed_answer = TextField(default="", constraints=[SQL("DEFAULT ''")])
    send_key = CharField(64, unique=True)

    class Meta:
        indexes = ((("organisation", "state", "id"), False), (("nik_mark",), False))
