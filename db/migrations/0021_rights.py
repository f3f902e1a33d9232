"""What is asked to be erased, legal holds, the register of failures to protect personal data; data set aside."""

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

    class Erasure(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        case_file = ForeignKeyField(CaseFile, on_delete='RESTRICT')
        kind = CharField(max_length=12)
        source = CharField(max_length=12)
        state = CharField(max_length=12)
        sealed = TextField()
        asked_ms = BigIntegerField()
        due_ms = BigIntegerField(null=True)
        decided_ms = BigIntegerField(null=True)
        decided_by = IntegerField(null=True)
        decided_office = IntegerField(null=True)
        decided_as = CharField(max_length=16)
        letter = CharField(max_length=200)
        number = CharField(max_length=64)
        figures = TextField()

        class Meta:
            database = db
            table_name = 'erasure'
            indexes = ((('organisation', 'state', 'id'), False), (('case_file',), False))

    class LegalHold(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        case_file = ForeignKeyField(CaseFile, on_delete='RESTRICT')
        letter = CharField(max_length=200)
        set_ms = BigIntegerField()
        set_by = IntegerField()
        lift_letter = CharField(max_length=200)
        lifted_ms = BigIntegerField(null=True)
        lifted_by = IntegerField(null=True)

        class Meta:
            database = db
            table_name = 'legal_hold'
            indexes = ((('case_file', 'lifted_ms'), False),)

    class Breach(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        number = CharField(max_length=64)
        discovered_ms = BigIntegerField()
        due_ms = BigIntegerField()
        data = CharField(max_length=200)
        affected = IntegerField()
        sealed = TextField()
        registered_ms = BigIntegerField()
        registered_by = IntegerField()
        subjects_ms = BigIntegerField(null=True)
        agency_ms = BigIntegerField(null=True)
        agency_proof = CharField(max_length=200)
        closed_ms = BigIntegerField(null=True)
        reminded = IntegerField()

        class Meta:
            database = db
            table_name = 'breach'
            indexes = ((('organisation', 'number'), True), (('organisation', 'closed_ms', 'id'), False))

    class BreachCase(Model):
        breach = ForeignKeyField(Breach, on_delete='RESTRICT')
        case_file = ForeignKeyField(CaseFile, on_delete='RESTRICT')
        channel = CharField(max_length=16)
        told_ms = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = 'breach_case'
            indexes = ((('breach', 'case_file'), True),)

    db.create_tables([Erasure, LegalHold, Breach, BreachCase])
    boolean = 'INTEGER' if 'Sqlite' in type(db).__name__ else 'BOOLEAN'
    db.execute_sql(f'ALTER TABLE case_file ADD COLUMN restricted {boolean} NOT NULL DEFAULT FALSE')


def down(migrator, db):
    db.execute_sql('ALTER TABLE case_file DROP COLUMN restricted')
    for table in ('breach_case', 'breach', 'legal_hold', 'erasure'):
        migrator.migrate(migrator.drop_table(table))
