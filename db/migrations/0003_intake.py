"""Reports typed in by the office: what someone entered, and the runs that take over an old list."""

from peewee import *


def up(migrator, db):
    class Organisation(Model):
        class Meta:
            database = db
            table_name = 'organisation'

    class ImportRun(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        process = CharField(max_length=64)
        name = CharField(max_length=200)
        kind = CharField(max_length=8)
        state = CharField(max_length=12)
        end_state = CharField(max_length=12, default='arsip')
        mapping = TextField(default='{}')
        made_by = IntegerField()
        person = IntegerField()
        made_ms = BigIntegerField()
        changed_ms = BigIntegerField()
        total = IntegerField(default=0)
        good = IntegerField(default=0)
        bad = IntegerField(default=0)
        known = IntegerField(default=0)
        done = IntegerField(default=0)
        reason = CharField(max_length=300, default='')
        class Meta:
            database = db
            table_name = 'import_run'
            indexes = ((('organisation', 'made_ms'), False),)

    class ImportProblem(Model):
        run = ForeignKeyField(ImportRun, on_delete='CASCADE')
        line = IntegerField()
        field = CharField(max_length=32)
        code = CharField(max_length=32)
        facts = TextField(default='{}')
        class Meta:
            database = db
            table_name = 'import_problem'
            indexes = ((('run', 'line'), False),)

    db.create_tables([ImportRun, ImportProblem])
    db.execute_sql('CREATE INDEX case_file_entered_by_entered_ms ON case_file (entered_by, entered_ms)')


def down(migrator, db):
    db.execute_sql('DROP INDEX case_file_entered_by_entered_ms')
    db.execute_sql('DROP TABLE import_problem')
    db.execute_sql('DROP TABLE import_run')
