"""Monthly recaps, frozen once they are signed, and incidental reports to the head of government."""

from peewee import *


def up(migrator, db):
    class Organisation(Model):
        class Meta:
            database = db
            table_name = 'organisation'

    class CaseFile(Model):
        class Meta:
            database = db
            table_name = 'case_file'

    class Office(Model):
        class Meta:
            database = db
            table_name = 'office'

    class Recap(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        process = CharField(max_length=64)
        case_file = ForeignKeyField(CaseFile, on_delete='RESTRICT')
        unit = CharField(max_length=64)
        month = CharField(max_length=7)
        due_ms = BigIntegerField()
        figures = TextField()
        fingerprint = CharField(max_length=64)
        code = CharField(max_length=40)
        sent_ms = BigIntegerField(null=True)
        received_ms = BigIntegerField(null=True)
        received_by = IntegerField(null=True)
        received_as = CharField(max_length=16)

        class Meta:
            database = db
            table_name = 'recap'
            indexes = ((('organisation', 'process', 'month', 'unit'), True), (('case_file', 'unit'), False))

    class IncidentalReport(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        office = ForeignKeyField(Office, on_delete='RESTRICT')
        addressee = ForeignKeyField(Office, on_delete='RESTRICT')
        person = IntegerField()
        acting_as = CharField(max_length=16)
        sealed = TextField()
        cases = TextField()
        send_key = CharField(max_length=64, unique=True)
        sent_ms = BigIntegerField()
        received_ms = BigIntegerField(null=True)
        received_by = IntegerField(null=True)
        received_as = CharField(max_length=16)

        class Meta:
            database = db
            table_name = 'incidental_report'
            indexes = ((('organisation', 'sent_ms'), False), (('office', 'sent_ms'), False))

    db.create_tables([Recap, IncidentalReport])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('incidental_report'), migrator.drop_table('recap'))
