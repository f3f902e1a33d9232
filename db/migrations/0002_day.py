"""The office's whole day: talk, copies, notices, absences, proposals of releases, archive, outage."""

from peewee import *

# Columns with a default of the database's own: added in place, no table is written anew, whoever refers to it.
COLUMNS = [
    ("unit", "active", "BOOLEAN NOT NULL DEFAULT TRUE"),
    ("office", "active", "BOOLEAN NOT NULL DEFAULT TRUE"),
    ("person", "active", "BOOLEAN NOT NULL DEFAULT TRUE"),
    ("account", "email", "VARCHAR(254) NOT NULL DEFAULT ''"),
    ("account", "mails", "BOOLEAN NOT NULL DEFAULT TRUE"),
    ("release", "effective_ms", "BIGINT NOT NULL DEFAULT 0"),
    ("release", "sop_number", "VARCHAR(100) NOT NULL DEFAULT ''"),
    ("release", "revised_on", "VARCHAR(10) NOT NULL DEFAULT ''"),
    ("release", "approved_office", "INTEGER"),
    ("case_file", "entered_by", "INTEGER"),
    ("case_file", "entered_ms", "BIGINT"),
    ("case_file", "letter_number", "VARCHAR(100) NOT NULL DEFAULT ''"),
    ("case_file", "letter_date", "VARCHAR(10) NOT NULL DEFAULT ''"),
    ("case_file", "declared", "BOOLEAN NOT NULL DEFAULT FALSE"),
    ("case_file", "companions", "INTEGER NOT NULL DEFAULT 0"),
    ("case_file", "dossier", "INTEGER"),
    ("case_file", "classification", "VARCHAR(32) NOT NULL DEFAULT ''"),
    ("attachment", "task", "INTEGER"),
    ("attachment", "added_by", "INTEGER"),
    ("task", "declared", "BOOLEAN NOT NULL DEFAULT FALSE"),
    ("task", "taken_from", "INTEGER"),
    ("job", "organisation", "INTEGER"),
]

def up(migrator, db):
    class Account(Model):
        class Meta:
            database = db
            table_name = 'account'

    class CaseFile(Model):
        class Meta:
            database = db
            table_name = 'case_file'

    class Office(Model):
        class Meta:
            database = db
            table_name = 'office'

    class Organisation(Model):
        class Meta:
            database = db
            table_name = 'organisation'

    class Person(Model):
        class Meta:
            database = db
            table_name = 'person'

    class Reporter(Model):
        class Meta:
            database = db
            table_name = 'reporter'

    class Task(Model):
        class Meta:
            database = db
            table_name = 'task'

    class Absence(Model):
        office = ForeignKeyField(Office, on_delete='RESTRICT')
        person = ForeignKeyField(Person, on_delete='RESTRICT')
        substitute = ForeignKeyField(Person, on_delete='RESTRICT')
        kind = CharField(max_length=16)
        from_ms = BigIntegerField()
        until_ms = BigIntegerField()
        reason = CharField(max_length=300, default='')
        state = CharField(max_length=12, default='diajukan')
        proposed_ms = BigIntegerField()
        decided_by = IntegerField(null=True)
        decided_ms = BigIntegerField(null=True)
        holding = IntegerField(null=True)
        class Meta:
            database = db
            table_name = 'absence'
            indexes = ((('office', 'state'), False), (('person', 'state'), False))
    db.create_tables([Absence])

    class BlankSheet(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        process = CharField(max_length=64)
        number = CharField(unique=True, max_length=64)
        batch = CharField(max_length=40)
        state = CharField(max_length=12, default='kosong')
        printed_ms = BigIntegerField()
        printed_by = IntegerField()
        case_file = IntegerField(null=True)
        reason = CharField(max_length=300, default='')
        class Meta:
            database = db
            table_name = 'blank_sheet'
            indexes = ((('organisation', 'state'), False),)
    db.create_tables([BlankSheet])

    class BackEntry(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        sheet = ForeignKeyField(BlankSheet, null=True, on_delete='RESTRICT')
        case_file = IntegerField(null=True)
        sealed = TextField()
        state = CharField(max_length=12, default='menunggu')
        entered_by = IntegerField()
        entered_ms = BigIntegerField()
        decided_by = IntegerField(null=True)
        decided_ms = BigIntegerField(null=True)
        reason = CharField(max_length=300, default='')
        class Meta:
            database = db
            table_name = 'back_entry'
            indexes = ((('organisation', 'state'), False),)
    db.create_tables([BackEntry])

    class Classification(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        code = CharField(max_length=32)
        name = CharField(max_length=300)
        active_years = IntegerField(null=True)
        inactive_years = IntegerField(null=True)
        fate = CharField(max_length=16, default='')
        active = BooleanField(default=True)
        class Meta:
            database = db
            table_name = 'classification'
            indexes = ((('organisation', 'code'), True),)
    db.create_tables([Classification])

    class Comment(Model):
        case_file = ForeignKeyField(CaseFile, on_delete='RESTRICT')
        task = IntegerField(null=True)
        account = ForeignKeyField(Account, on_delete='RESTRICT')
        office = IntegerField(null=True)
        sealed = TextField()
        at_ms = BigIntegerField()
        class Meta:
            database = db
            table_name = 'comment'
    db.create_tables([Comment])

    class Companion(Model):
        case_file = ForeignKeyField(CaseFile, on_delete='RESTRICT')
        reporter = ForeignKeyField(Reporter, on_delete='RESTRICT')
        send_key = CharField(unique=True, max_length=64)
        at_ms = BigIntegerField()
        class Meta:
            database = db
            table_name = 'companion'
    db.create_tables([Companion])

    class Delivery(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        year = IntegerField()
        number = IntegerField()
        case_file = ForeignKeyField(CaseFile, on_delete='RESTRICT')
        task = ForeignKeyField(Task, null=True, on_delete='RESTRICT')
        office = ForeignKeyField(Office, on_delete='RESTRICT')
        sent_ms = BigIntegerField()
        sent_by = IntegerField(null=True)
        received_ms = BigIntegerField(null=True)
        received_by = IntegerField(null=True)
        receiver = CharField(max_length=200, default='')
        class Meta:
            database = db
            table_name = 'delivery'
            indexes = ((('organisation', 'year', 'number'), True), (('case_file', 'task', 'office'), True), (('office', 'received_ms'), False))
    db.create_tables([Delivery])

    class Dossier(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        classification = ForeignKeyField(Classification, on_delete='RESTRICT')
        year = IntegerField()
        number = IntegerField()
        title = CharField(max_length=300)
        place = CharField(max_length=200, default='')
        state = CharField(max_length=16, default='aktif')
        opened_ms = BigIntegerField()
        closed_ms = BigIntegerField(null=True)
        proposal = CharField(max_length=200, default='')
        class Meta:
            database = db
            table_name = 'dossier'
            indexes = ((('organisation', 'year', 'number'), True),)
    db.create_tables([Dossier])

    class LastAct(Model):
        case_file = ForeignKeyField(CaseFile, primary_key=True, on_delete='CASCADE')
        task = IntegerField()
        account = IntegerField()
        revision = IntegerField()
        state = BlobField()
        at_ms = BigIntegerField()
        class Meta:
            database = db
            table_name = 'last_act'
    db.create_tables([LastAct])

    class Measure(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        process = CharField(max_length=64)
        month = CharField(max_length=7)
        body = TextField()
        made_ms = BigIntegerField()
        class Meta:
            database = db
            table_name = 'measure'
            indexes = ((('organisation', 'process', 'month'), True),)
    db.create_tables([Measure])

    class Mention(Model):
        comment = ForeignKeyField(Comment, on_delete='RESTRICT')
        person = ForeignKeyField(Person, on_delete='RESTRICT')
        seen_ms = BigIntegerField(null=True)
        class Meta:
            database = db
            table_name = 'mention'
            indexes = ((('comment', 'person'), True), (('person', 'seen_ms'), False))
    db.create_tables([Mention])

    class Notice(Model):
        name = CharField(unique=True, max_length=160)
        person = ForeignKeyField(Person, on_delete='CASCADE')
        kind = CharField(max_length=32)
        case_file = IntegerField(null=True)
        task = IntegerField(null=True)
        facts = TextField(default='{}')
        at_ms = BigIntegerField()
        seen_ms = BigIntegerField(null=True)
        class Meta:
            database = db
            table_name = 'notice'
            indexes = ((('person', 'seen_ms', 'at_ms'), False),)
    db.create_tables([Notice])

    class Phrase(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        office = IntegerField(null=True)
        form = CharField(max_length=100, default='')
        title = CharField(max_length=120)
        body = TextField()
        rank = IntegerField(default=0)
        active = BooleanField(default=True)
        class Meta:
            database = db
            table_name = 'phrase'
            indexes = ((('organisation', 'form'), False),)
    db.create_tables([Phrase])

    class ReleaseProposal(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        process = CharField(max_length=64)
        fingerprint = CharField(max_length=64)
        files = TextField()
        state = CharField(max_length=12)
        note = CharField(max_length=500, default='')
        sop_number = CharField(max_length=100, default='')
        revised_on = CharField(max_length=10, default='')
        effective_on = CharField(max_length=10, default='')
        made_by = IntegerField()
        made_ms = BigIntegerField()
        proposed_ms = BigIntegerField(null=True)
        decided_by = IntegerField(null=True)
        decided_office = IntegerField(null=True)
        decided_as = CharField(max_length=16, default='')
        decided_ms = BigIntegerField(null=True)
        letter = CharField(max_length=200, default='')
        reason = CharField(max_length=500, default='')
        release = IntegerField(null=True)
        class Meta:
            database = db
            table_name = 'release_proposal'
            indexes = ((('organisation', 'process', 'state'), False),)
    db.create_tables([ReleaseProposal])

    class SavedFilter(Model):
        account = ForeignKeyField(Account, on_delete='CASCADE')
        page = CharField(max_length=32)
        name = CharField(max_length=80)
        query = CharField(max_length=500)
        class Meta:
            database = db
            table_name = 'saved_filter'
            indexes = ((('account', 'page', 'name'), True),)
    db.create_tables([SavedFilter])

    class Tembusan(Model):
        case_file = ForeignKeyField(CaseFile, on_delete='RESTRICT')
        office = ForeignKeyField(Office, on_delete='RESTRICT')
        given_by = IntegerField()
        task = IntegerField(null=True)
        at_ms = BigIntegerField()
        read_ms = BigIntegerField(null=True)
        read_by = IntegerField(null=True)
        class Meta:
            database = db
            table_name = 'tembusan'
            indexes = ((('case_file', 'office'), True), (('office', 'read_ms'), False))
    db.create_tables([Tembusan])

    sqlite = 'Sqlite' in type(db).__name__
    for table, column, kind in COLUMNS:
        if sqlite:
            kind = kind.replace('BOOLEAN', 'INTEGER').replace('BIGINT', 'INTEGER')
        db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{column}" {kind}')
    migrator.migrate(migrator.add_index('access_log', ('organisation', 'at_ms')))
    migrator.migrate(migrator.add_index('case_file', ('dossier',)))


def down(migrator, db):
    migrator.migrate(migrator.drop_index('case_file', 'case_file_dossier'))
    migrator.migrate(migrator.drop_index('access_log', 'access_log_organisation_at_ms'))
    migrator.migrate(migrator.drop_column('job', 'organisation'))
    migrator.migrate(migrator.drop_column('task', 'taken_from'))
    migrator.migrate(migrator.drop_column('task', 'declared'))
    migrator.migrate(migrator.drop_column('attachment', 'added_by'))
    migrator.migrate(migrator.drop_column('attachment', 'task'))
    migrator.migrate(migrator.drop_column('case_file', 'classification'))
    migrator.migrate(migrator.drop_column('case_file', 'dossier'))
    migrator.migrate(migrator.drop_column('case_file', 'companions'))
    migrator.migrate(migrator.drop_column('case_file', 'declared'))
    migrator.migrate(migrator.drop_column('case_file', 'letter_date'))
    migrator.migrate(migrator.drop_column('case_file', 'letter_number'))
    migrator.migrate(migrator.drop_column('case_file', 'entered_ms'))
    migrator.migrate(migrator.drop_column('case_file', 'entered_by'))
    migrator.migrate(migrator.drop_column('release', 'approved_office'))
    migrator.migrate(migrator.drop_column('release', 'revised_on'))
    migrator.migrate(migrator.drop_column('release', 'sop_number'))
    migrator.migrate(migrator.drop_column('release', 'effective_ms'))
    migrator.migrate(migrator.drop_column('account', 'mails'))
    migrator.migrate(migrator.drop_column('account', 'email'))
    migrator.migrate(migrator.drop_column('person', 'active'))
    migrator.migrate(migrator.drop_column('office', 'active'))
    migrator.migrate(migrator.drop_column('unit', 'active'))
    migrator.migrate(migrator.drop_table('tembusan'))
    migrator.migrate(migrator.drop_table('saved_filter'))
    migrator.migrate(migrator.drop_table('release_proposal'))
    migrator.migrate(migrator.drop_table('phrase'))
    migrator.migrate(migrator.drop_table('notice'))
    migrator.migrate(migrator.drop_table('mention'))
    migrator.migrate(migrator.drop_table('measure'))
    migrator.migrate(migrator.drop_table('last_act'))
    migrator.migrate(migrator.drop_table('dossier'))
    migrator.migrate(migrator.drop_table('delivery'))
    migrator.migrate(migrator.drop_table('companion'))
    migrator.migrate(migrator.drop_table('comment'))
    migrator.migrate(migrator.drop_table('classification'))
    migrator.migrate(migrator.drop_table('back_entry'))
    migrator.migrate(migrator.drop_table('blank_sheet'))
    migrator.migrate(migrator.drop_table('absence'))
