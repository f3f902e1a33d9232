"""What is published of cases: their edited texts, every version, the photos chosen, and what they are found by."""

from peewee import *

SEARCH = {
    'sqlite': [
        "CREATE VIRTUAL TABLE publication_search USING fts5(words, detail=none, columnsize=0)",
    ],
    'postgresql': [
        'CREATE TABLE publication_search ('
        ' publication_id INTEGER NOT NULL PRIMARY KEY REFERENCES publication (id) ON DELETE RESTRICT,'
        " words TEXT NOT NULL DEFAULT '', tokens TSVECTOR NOT NULL GENERATED ALWAYS AS ("
        "array_to_tsvector(array_remove(string_to_array(words, ' '), ''))) STORED)",
        'ALTER TABLE publication_search ALTER COLUMN tokens SET STATISTICS 1000',
        'CREATE INDEX publication_search_tokens ON publication_search USING gin (tokens)',
    ],
}
INDEXES = {
    'publication_newest': 'publication (organisation_id, state, id, year)',
    'publication_year_answered': (
        'publication (organisation_id, state, year, answered_ms, id, topic, unit, place, progress, late_ms)'
    ),
    'publication_topic': (
        "publication (organisation_id, state, topic, id, unit, place, progress, year, answered_ms, late_ms)"
    ),
    'publication_unit': (
        "publication (organisation_id, state, unit, id, topic, place, progress, year, answered_ms, late_ms)"
    ),
    'publication_place': (
        "publication (organisation_id, state, place, id, topic, unit, progress, year, answered_ms, late_ms)"
    ),
    'publication_progress': "publication (organisation_id, state, progress, id, topic, unit, place, year)",
    'publication_year': "publication (organisation_id, year, id)",
    'publication_answered': (
        "publication (organisation_id, state, answered_ms, id, topic, unit, place, progress, year, late_ms)"
    ),
    'publication_was_late': (
        "publication (organisation_id, state, id, topic, unit, place, progress, year) WHERE answered_ms >= late_ms"
    ),
    'publication_is_late': (
        "publication (organisation_id, state, late_ms, id, topic, unit, place, progress, year) WHERE progress = 'ditangani'"
    ),
}


def up(migrator, db):
    class Organisation(Model):
        class Meta:
            database = db
            table_name = 'organisation'

    class CaseFile(Model):
        class Meta:
            database = db
            table_name = 'case_file'

    class Attachment(Model):
        class Meta:
            database = db
            table_name = 'attachment'

    class Publication(Model):
        public_id = CharField(max_length=16, unique=True)
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        case_file = ForeignKeyField(CaseFile, on_delete='RESTRICT', unique=True)
        process = CharField(max_length=64)
        topic = CharField(max_length=64)
        unit = CharField(max_length=64)
        place = CharField(max_length=64)
        kind = CharField(max_length=32)
        state = CharField(max_length=8)
        progress = CharField(max_length=12)
        outcome = CharField(max_length=300)
        title = CharField(max_length=300)
        text = TextField()
        answer = TextField()
        year = IntegerField()
        received_ms = BigIntegerField()
        published_ms = BigIntegerField()
        answered_ms = BigIntegerField(null=True)
        due_ms = BigIntegerField(null=True)
        late_ms = BigIntegerField(null=True)
        law = CharField(max_length=300)
        limit_text = CharField(max_length=20)
        changed_ms = BigIntegerField()
        corrected_ms = BigIntegerField(null=True)
        withdrawn_ms = BigIntegerField(null=True)
        versions = IntegerField()

        class Meta:
            database = db
            table_name = 'publication'

    class PublicationVersion(Model):
        publication = ForeignKeyField(Publication, on_delete='RESTRICT')
        seq = IntegerField()
        kind = CharField(max_length=12)
        sealed = TextField()
        at_ms = BigIntegerField()
        person = IntegerField(null=True)
        office = IntegerField(null=True)
        acting_as = CharField(max_length=16)

        class Meta:
            database = db
            table_name = 'publication_version'
            indexes = ((('publication', 'seq'), True),)

    class PublicationPhoto(Model):
        case_file = ForeignKeyField(CaseFile, on_delete='RESTRICT')
        attachment = ForeignKeyField(Attachment, on_delete='RESTRICT', unique=True)
        boxes = TextField()
        content_hash = CharField(max_length=64)
        width = IntegerField()
        height = IntegerField()
        at_ms = BigIntegerField()
        person = IntegerField(null=True)

        class Meta:
            database = db
            table_name = 'publication_photo'
            indexes = ((('case_file',), False), (('content_hash',), False))

    db.create_tables([Publication, PublicationVersion, PublicationPhoto])
    for name, over in INDEXES.items():
        db.execute_sql(f'CREATE INDEX {name} ON {over}')
    for text in SEARCH['sqlite' if 'Sqlite' in type(db).__name__ else 'postgresql']:
        db.execute_sql(text)


def down(migrator, db):
    db.execute_sql('DROP TABLE publication_search')
    for table in ('publication_photo', 'publication_version', 'publication'):
        db.execute_sql(f'DROP TABLE {table}')
