"""Internal letters of the office (nota dinas, arahan, laporan), who has read them; changes of lists that wait."""

from peewee import SQL, AutoField, BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from db.models.base import Table
from db.models.casework import CaseFile
from db.models.office import Office, Organisation


class Memo(Table):
    """One letter as it was sent. `kind` is one of the organisation's setting `memos`."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    kind = CharField(32)
    number = CharField(64)
    office = ForeignKeyField(Office, on_delete="RESTRICT")  # that signed it
    person = IntegerField()
    acting_as = CharField(16)
    unit = CharField(64, default="")  # code of the one agency it goes to; "" for several
    addressees = CharField(500, default="")  # roles and units chosen, as codes; "" for all
    sealed = TextField()  # AES-GCM over JSON {subject, text}
    figures = TextField(default="{}")  # JSON: what was counted, or the cases listed, as it stood; without personal data
    at_ms = BigIntegerField()
    emptied = BooleanField(default=False, constraints=[SQL("DEFAULT FALSE")])  # its words are gone: kept long enough

    class Meta:
        indexes = ((("organisation", "number"), True), (("organisation", "kind", "at_ms"), False))


class MemoReceipt(Table):
    """An office a letter was sent to, and when someone acting for it opened it first."""

    id = AutoField()
    memo = ForeignKeyField(Memo, on_delete="RESTRICT")
    office = ForeignKeyField(Office, on_delete="RESTRICT")
    read_ms = BigIntegerField(null=True)
    read_by = IntegerField(null=True)  # person

    class Meta:
        indexes = ((("memo", "office"), True), (("office", "read_ms"), False))


class MemoCase(Table):
    """A case a letter reminds of, and when it was due at that time."""

    id = AutoField()
    memo = ForeignKeyField(Memo, on_delete="RESTRICT")
    case_file = ForeignKeyField(CaseFile, on_delete="RESTRICT")
    due_ms = BigIntegerField(null=True)

    class Meta:
        indexes = ((("memo", "case_file"), True), (("case_file",), False))


class ChoiceProposal(Table):
    """A change of a list that the office named in `approved_lists` must agree to."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    list = CharField(64)
    act = CharField(16)  # tambah ubah pakai urut
    facts = TextField()  # JSON: what the verb takes
    state = CharField(12)  # diajukan disahkan ditolak dicabut
    made_by = IntegerField()  # person
    made_ms = BigIntegerField()
    decided_by = IntegerField(null=True)
    decided_office = IntegerField(null=True)
    decided_ms = BigIntegerField(null=True)
    reason = CharField(500, default="")

    class Meta:
        indexes = ((("organisation", "state", "list"), False),)
