"""The register of outgoing answers: each with the number it got once."""

from peewee import *


def up(migrator, db):
    class Organisation(Model):
        class Meta:
            database = db
            table_name = "organisation"

    class CaseFile(Model):
        class Meta:
            database = db
            table_name = "case_file"

    class Letter(Model):
        organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
        number = CharField(max_length=64)
        case_file = ForeignKeyField(CaseFile, on_delete="RESTRICT")
        task = IntegerField(unique=True)
        at_ms = BigIntegerField()

        class Meta:
            database = db
            table_name = "letter"
            indexes = ((("organisation", "number"), True), (("case_file",), False))

    db.create_tables([Letter])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("letter"))
