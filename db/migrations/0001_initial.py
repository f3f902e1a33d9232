# Generated from a schema diff on 2026-11-22 02:41.
from peewee import *

def up(migrator, db):
    class AccessLog(Model):
        at_ms = BigIntegerField()
        account = IntegerField(null=True)
        organisation = IntegerField(null=True)
        case_file = IntegerField(index=True, null=True)
        what = CharField(max_length=32)
        detail = CharField(max_length=100, default='')
        class Meta:
            database = db
            table_name = 'access_log'
    db.create_tables([AccessLog])

    class Organisation(Model):
        code = CharField(unique=True, max_length=64)
        name = CharField(max_length=200)
        timezone = CharField(max_length=64, default='Asia/Jakarta')
        class Meta:
            database = db
            table_name = 'organisation'
    db.create_tables([Organisation])

    class Person(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        name = CharField(max_length=200)
        nip = CharField(max_length=32, default='')
        pangkat = CharField(max_length=100, default='')
        class Meta:
            database = db
            table_name = 'person'
    db.create_tables([Person])

    class Account(Model):
        person = ForeignKeyField(Person, on_delete='RESTRICT')
        username = CharField(unique=True, max_length=64)
        password_hash = CharField(max_length=200)
        powers = CharField(max_length=200, default='')
        active = BooleanField(default=True)
        language = CharField(max_length=5, default='id')
        created_ms = BigIntegerField()
        class Meta:
            database = db
            table_name = 'account'
    db.create_tables([Account])

    class Release(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        process = CharField(max_length=64)
        version = IntegerField()
        fingerprint = CharField(max_length=64)
        files = TextField()
        letter = CharField(max_length=200, default='')
        published_ms = BigIntegerField()
        published_by = IntegerField(null=True)
        class Meta:
            database = db
            table_name = 'release'
            indexes = ((('organisation', 'process', 'version'), True),)
    db.create_tables([Release])

    class Reporter(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        sealed = TextField(null=True)
        mark = CharField(max_length=64, default='')
        created_ms = BigIntegerField()
        erased_ms = BigIntegerField(null=True)
        class Meta:
            database = db
            table_name = 'reporter'
    db.create_tables([Reporter])

    class CaseFile(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        process = CharField(max_length=64)
        release = ForeignKeyField(Release, on_delete='RESTRICT')
        reporter = ForeignKeyField(Reporter, on_delete='RESTRICT')
        number = CharField(unique=True, max_length=64)
        channel = CharField(max_length=16)
        state = CharField(max_length=16)
        outcome = CharField(max_length=64, default='')
        subject = CharField(max_length=300, default='')
        urgency = CharField(max_length=32, default='biasa')
        secrecy = CharField(max_length=32, default='biasa')
        received_ms = BigIntegerField()
        closed_ms = BigIntegerField(null=True)
        due_ms = BigIntegerField(null=True)
        pin_hash = CharField(max_length=200)
        send_key = CharField(unique=True, max_length=64)
        language = CharField(max_length=5, default='id')
        class Meta:
            database = db
            table_name = 'case_file'
            indexes = ((('organisation', 'state', 'received_ms'), False), (('received_ms',), False))
    db.create_tables([CaseFile])

    class Agenda(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        book = CharField(max_length=32)
        year = IntegerField()
        number = IntegerField()
        case_file = ForeignKeyField(CaseFile, on_delete='RESTRICT')
        at_ms = BigIntegerField()
        class Meta:
            database = db
            table_name = 'agenda'
            indexes = ((('organisation', 'book', 'year', 'number'), True), (('case_file', 'book'), True))
    db.create_tables([Agenda])

    class Attachment(Model):
        case_file = ForeignKeyField(CaseFile, null=True, on_delete='RESTRICT')
        draft = CharField(index=True, max_length=100, default='')
        name = CharField(max_length=200)
        kind = CharField(max_length=16, default='')
        media_type = CharField(max_length=100, default='')
        size = BigIntegerField()
        received_hash = CharField(max_length=64)
        content_hash = CharField(max_length=64, default='')
        state = CharField(max_length=12)
        reason = CharField(max_length=300, default='')
        source = CharField(max_length=16, default='pelapor')
        at_ms = BigIntegerField()
        class Meta:
            database = db
            table_name = 'attachment'
    db.create_tables([Attachment])

    class Unit(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        code = CharField(max_length=64)
        name = CharField(max_length=200)
        kind = CharField(max_length=32, default='')
        parent = ForeignKeyField('self', null=True, on_delete='RESTRICT')
        class Meta:
            database = db
            table_name = 'unit'
            indexes = ((('organisation', 'code'), True),)
    db.create_tables([Unit])

    class Calendar(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        unit = ForeignKeyField(Unit, null=True, on_delete='RESTRICT')
        body = TextField()
        fingerprint = CharField(max_length=64)
        changed_ms = BigIntegerField()
        class Meta:
            database = db
            table_name = 'calendar'
    db.create_tables([Calendar])

    class Choice(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        list = CharField(max_length=64)
        code = CharField(max_length=64)
        label = CharField(max_length=300)
        attrs = TextField(default='{}')
        rank = IntegerField(default=0)
        active = BooleanField(default=True)
        class Meta:
            database = db
            table_name = 'choice'
            indexes = ((('organisation', 'list', 'code'), True),)
    db.create_tables([Choice])

    class Counter(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        name = CharField(max_length=64)
        value = IntegerField(default=0)
        class Meta:
            database = db
            table_name = 'counter'
            indexes = ((('organisation', 'name'), True),)
    db.create_tables([Counter])

    class Draft(Model):
        name = CharField(unique=True, max_length=100)
        sealed = TextField()
        saved_ms = BigIntegerField(index=True)
        class Meta:
            database = db
            table_name = 'draft'
    db.create_tables([Draft])

    class Office(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        unit = ForeignKeyField(Unit, on_delete='RESTRICT')
        code = CharField(max_length=64)
        role = CharField(max_length=64)
        name = CharField(max_length=200)
        superior = ForeignKeyField('self', null=True, on_delete='RESTRICT')
        rank = IntegerField(default=100)
        class Meta:
            database = db
            table_name = 'office'
            indexes = ((('organisation', 'code'), True), (('organisation', 'role'), False))
    db.create_tables([Office])

    class Holding(Model):
        office = ForeignKeyField(Office, on_delete='RESTRICT')
        person = ForeignKeyField(Person, on_delete='RESTRICT')
        kind = CharField(max_length=16)
        from_ms = BigIntegerField()
        until_ms = BigIntegerField(null=True)
        letter = CharField(max_length=200, default='')
        letter_date = CharField(max_length=10, default='')
        entered_by = IntegerField(null=True)
        entered_ms = BigIntegerField()
        class Meta:
            database = db
            table_name = 'holding'
            indexes = ((('office', 'from_ms'), False), (('person',), False))
    db.create_tables([Holding])

    class Incident(Model):
        case_file = ForeignKeyField(CaseFile, on_delete='RESTRICT')
        task = IntegerField(null=True)
        verb = CharField(max_length=32)
        element = CharField(max_length=100, default='')
        cause = TextField()
        sealed_input = TextField(null=True)
        actor = IntegerField(null=True)
        at_ms = BigIntegerField()
        solved_ms = BigIntegerField(null=True)
        class Meta:
            database = db
            table_name = 'incident'
            indexes = ((('case_file',), False), (('solved_ms',), False))
    db.create_tables([Incident])

    class Job(Model):
        name = CharField(unique=True, max_length=160)
        kind = CharField(max_length=32)
        payload = TextField(default='{}')
        case_file = ForeignKeyField(CaseFile, null=True, on_delete='RESTRICT')
        state = CharField(max_length=12)
        due_ms = BigIntegerField()
        attempts = IntegerField(default=0)
        lease_ms = BigIntegerField(default=0)
        error = TextField(default='')
        created_ms = BigIntegerField()
        done_ms = BigIntegerField(null=True)
        class Meta:
            database = db
            table_name = 'job'
            indexes = ((('state', 'due_ms'), False), (('case_file',), False))
    db.create_tables([Job])

    class Journal(Model):
        chain = CharField(max_length=40)
        seq = IntegerField()
        organisation = IntegerField()
        case_file = IntegerField(null=True)
        kind = CharField(max_length=32)
        at_ms = BigIntegerField()
        task = IntegerField(null=True)
        element = CharField(max_length=100, default='')
        office = IntegerField(null=True)
        person = IntegerField(null=True)
        acting_as = CharField(max_length=16, default='')
        facts = TextField(default='{}')
        prev_hash = CharField(max_length=64)
        hash = CharField(max_length=64)
        seal = IntegerField(null=True)
        class Meta:
            database = db
            table_name = 'journal'
            indexes = ((('chain', 'seq'), True), (('case_file',), False), (('organisation', 'seal'), False))
    db.create_tables([Journal])

    class Lockout(Model):
        name_hash = CharField(unique=True, max_length=64)
        tries = IntegerField(default=0)
        until_ms = BigIntegerField(default=0)
        last_ms = BigIntegerField(default=0)
        class Meta:
            database = db
            table_name = 'lockout'
    db.create_tables([Lockout])

    class LoginSession(Model):
        token_hash = CharField(unique=True, max_length=64)
        account = ForeignKeyField(Account, on_delete='CASCADE')
        created_ms = BigIntegerField()
        seen_ms = BigIntegerField()
        ends_ms = BigIntegerField(index=True)
        class Meta:
            database = db
            table_name = 'login_session'
    db.create_tables([LoginSession])

    class Narrative(Model):
        case_file = ForeignKeyField(CaseFile, primary_key=True, on_delete='RESTRICT')
        sealed = TextField()
        class Meta:
            database = db
            table_name = 'narrative'
    db.create_tables([Narrative])

    class Seal(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        seq = IntegerField()
        at_ms = BigIntegerField()
        entries = IntegerField()
        root = CharField(max_length=64)
        prev_hash = CharField(max_length=64)
        hash = CharField(max_length=64)
        class Meta:
            database = db
            table_name = 'seal'
            indexes = ((('organisation', 'seq'), True),)
    db.create_tables([Seal])

    class Setting(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        name = CharField(max_length=64)
        body = TextField()
        class Meta:
            database = db
            table_name = 'setting'
            indexes = ((('organisation', 'name'), True),)
    db.create_tables([Setting])

    class SheetCode(Model):
        code = CharField(unique=True, max_length=40)
        kind = CharField(max_length=32)
        case_file = ForeignKeyField(CaseFile, null=True, on_delete='RESTRICT')
        detail = CharField(max_length=100, default='')
        content_hash = CharField(max_length=64, default='')
        at_ms = BigIntegerField()
        class Meta:
            database = db
            table_name = 'sheet_code'
            indexes = ((('case_file', 'kind', 'detail'), False),)
    db.create_tables([SheetCode])

    class Task(Model):
        case_file = ForeignKeyField(CaseFile, on_delete='RESTRICT')
        key = CharField(max_length=80)
        element = CharField(max_length=100)
        name = CharField(max_length=300)
        process = CharField(max_length=64)
        instance = CharField(max_length=100, default='')
        kind = CharField(max_length=16)
        form = CharField(max_length=100, default='')
        role = CharField(max_length=64, default='')
        office = ForeignKeyField(Office, null=True, on_delete='RESTRICT')
        state = CharField(max_length=12)
        cycle = IntegerField(default=1)
        offered_ms = BigIntegerField()
        opened_ms = BigIntegerField(null=True)
        claimed_ms = BigIntegerField(null=True)
        claimed_by = ForeignKeyField(Account, null=True, column_name='claimed_by', on_delete='RESTRICT')
        started_ms = BigIntegerField(null=True)
        due_ms = BigIntegerField(null=True)
        norm_ms = BigIntegerField(null=True)
        limit_text = CharField(max_length=200, default='')
        clock = CharField(max_length=20, default='')
        since = CharField(max_length=20, default='')
        wait_norm = CharField(max_length=20, default='')
        sop_row = IntegerField(null=True)
        done_ms = BigIntegerField(null=True)
        done_by = IntegerField(null=True)
        done_as = CharField(max_length=16, default='')
        done_office = IntegerField(null=True)
        waited_ms = BigIntegerField(null=True)
        worked_ms = BigIntegerField(null=True)
        late = BooleanField(default=False)
        outcome = CharField(max_length=64, default='')
        class Meta:
            database = db
            table_name = 'task'
            indexes = ((('case_file', 'state'), False), (('case_file', 'element', 'instance', 'cycle'), False), (('office', 'state', 'due_ms'), False), (('state', 'due_ms'), False), (('process', 'element', 'done_ms'), False))
    db.create_tables([Task])

    class Submission(Model):
        task = ForeignKeyField(Task, unique=True, on_delete='RESTRICT')
        case_file = ForeignKeyField(CaseFile, on_delete='RESTRICT')
        form = CharField(max_length=100)
        facts = TextField()
        sealed = TextField()
        at_ms = BigIntegerField()
        class Meta:
            database = db
            table_name = 'submission'
    db.create_tables([Submission])

    class Workflow(Model):
        case_file = ForeignKeyField(CaseFile, primary_key=True, on_delete='RESTRICT')
        revision = IntegerField(default=0)
        state = BlobField()
        class Meta:
            database = db
            table_name = 'workflow'
    db.create_tables([Workflow])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('workflow'))
    migrator.migrate(migrator.drop_table('submission'))
    migrator.migrate(migrator.drop_table('task'))
    migrator.migrate(migrator.drop_table('sheet_code'))
    migrator.migrate(migrator.drop_table('setting'))
    migrator.migrate(migrator.drop_table('seal'))
    migrator.migrate(migrator.drop_table('narrative'))
    migrator.migrate(migrator.drop_table('login_session'))
    migrator.migrate(migrator.drop_table('lockout'))
    migrator.migrate(migrator.drop_table('journal'))
    migrator.migrate(migrator.drop_table('job'))
    migrator.migrate(migrator.drop_table('incident'))
    migrator.migrate(migrator.drop_table('holding'))
    migrator.migrate(migrator.drop_table('office'))
    migrator.migrate(migrator.drop_table('draft'))
    migrator.migrate(migrator.drop_table('counter'))
    migrator.migrate(migrator.drop_table('choice'))
    migrator.migrate(migrator.drop_table('calendar'))
    migrator.migrate(migrator.drop_table('unit'))
    migrator.migrate(migrator.drop_table('attachment'))
    migrator.migrate(migrator.drop_table('agenda'))
    migrator.migrate(migrator.drop_table('case_file'))
    migrator.migrate(migrator.drop_table('reporter'))
    migrator.migrate(migrator.drop_table('release'))
    migrator.migrate(migrator.drop_table('account'))
    migrator.migrate(migrator.drop_table('person'))
    migrator.migrate(migrator.drop_table('organisation'))
    migrator.migrate(migrator.drop_table('access_log'))
