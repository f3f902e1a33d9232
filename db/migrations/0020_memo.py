"""Internal letters with their receipts and the cases they are about; which case goes on with another; lists that wait."""

from peewee import *


def up(migrator, db):
    class Organisation(Model):
        class Meta:
            database = db
            table_name = "organisation"

    class Office(Model):
        class Meta:
            database = db
            table_name = "office"

    class CaseFile(Model):
        class Meta:
            database = db
            table_name = "case_file"

    class Memo(Model):
        organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
        kind = CharField(max_length=32)
        number = CharField(max_length=64)
        office = ForeignKeyField(Office, on_delete="RESTRICT")
        person = IntegerField()
        acting_as = CharField(max_length=16)
        unit = CharField(max_length=64, default="")
        addressees = CharField(max_length=500, default="")
        sealed = TextField()
        figures = TextField(default="{}")
        at_ms = BigIntegerField()

        class Meta:
            database = db
            table_name = "memo"
            indexes = ((("organisation", "number"), True), (("organisation", "kind", "at_ms"), False))

    class MemoReceipt(Model):
        memo = ForeignKeyField(Memo, on_delete="RESTRICT")
        office = ForeignKeyField(Office, on_delete="RESTRICT")
        read_ms = BigIntegerField(null=True)
        read_by = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "memo_receipt"
            indexes = ((("memo", "office"), True), (("office", "read_ms"), False))

    class MemoCase(Model):
        memo = ForeignKeyField(Memo, on_delete="RESTRICT")
        case_file = ForeignKeyField(CaseFile, on_delete="RESTRICT")
        due_ms = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "memo_case"
            indexes = ((("memo", "case_file"), True), (("case_file",), False))

    class ChoiceProposal(Model):
        organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
        list = CharField(max_length=64)
        act = CharField(max_length=16)
        facts = TextField()
        state = CharField(max_length=12)
        made_by = IntegerField()
        made_ms = BigIntegerField()
        decided_by = IntegerField(null=True)
        decided_office = IntegerField(null=True)
        decided_ms = BigIntegerField(null=True)
        reason = CharField(max_length=500, default="")

        class Meta:
            database = db
            table_name = "choice_proposal"
            indexes = ((("organisation", "state", "list"), False),)

    db.create_tables([Memo, MemoReceipt, MemoCase, ChoiceProposal])
    db.execute_sql("ALTER TABLE case_file ADD COLUMN continues INTEGER")
    db.execute_sql("CREATE UNIQUE INDEX case_file_continues ON case_file (continues) WHERE continues IS NOT NULL")


def down(migrator, db):
    db.execute_sql("DROP INDEX case_file_continues")
    db.execute_sql("ALTER TABLE case_file DROP COLUMN continues")
    for table in ("choice_proposal", "memo_case", "memo_receipt", "memo"):
        db.execute_sql(f"DROP TABLE {table}")
