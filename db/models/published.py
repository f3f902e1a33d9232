"""What the public reads of cases: edited texts without identity, every version of them, the photos chosen."""

from peewee import SQL, AutoField, BigIntegerField, CharField, ForeignKeyField, IntegerField, TextField

from db.models.base import Table
from db.models.casework import Attachment, CaseFile
from db.models.office import Organisation


class Publication(Table):
    """A case as the public reads it. `publication_search`, a virtual table on SQLite, is migration 0018's."""

    id = AutoField()
    public_id = CharField(16, unique=True)  # in the address; tells nothing of the case's number
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    case_file = ForeignKeyField(CaseFile, unique=True, on_delete="RESTRICT")
    process = CharField(64)
    topic = CharField(64)
    unit = CharField(64)
    place = CharField(64)
    kind = CharField(32)
    state = CharField(8)  # tayang ditarik
    progress = CharField(12)  # ditangani dijawab ditutup
    outcome = CharField(300)  # how a case ended that was not answered, in the words of its diagram
    title = CharField(300)  # "" once withdrawn, like the texts: they stay sealed in the versions
    text = TextField()
    answer = TextField()
    year = IntegerField()  # in which it was received
    received_ms = BigIntegerField()
    published_ms = BigIntegerField()
    answered_ms = BigIntegerField(null=True)
    due_ms = BigIntegerField(null=True)  # of the promise; kept when it was answered
    late_ms = BigIntegerField(null=True)  # from when an unanswered one counts as late
    law = CharField(300)  # of the promise, as the diagram names it
    limit_text = CharField(20)  # of the promise, as P7D
    changed_ms = BigIntegerField()
    corrected_ms = BigIntegerField(null=True)
    withdrawn_ms = BigIntegerField(null=True)
    versions = IntegerField()


class PublicationVersion(Table):
    """A text as it was published once: title, text, answer and why it changed, sealed, as it may be taken down."""

    id = AutoField()
    publication = ForeignKeyField(Publication, on_delete="RESTRICT")
    seq = IntegerField()
    kind = CharField(12)  # tayang balasan ralat tarik
    sealed = TextField()
    at_ms = BigIntegerField()
    person = IntegerField(null=True)
    office = IntegerField(null=True)
    acting_as = CharField(16)

    class Meta:
        indexes = ((("publication", "seq"), True),)


class PublicationPhoto(Table):
    """A photo somebody chose to be seen, with what is painted over on it; only the painted copy is ever public."""

    id = AutoField()
    case_file = ForeignKeyField(CaseFile, on_delete="RESTRICT")
    attachment = ForeignKeyField(Attachment, unique=True, on_delete="RESTRICT")
    boxes = TextField()  # JSON [[x, y, w, h], …] in thousandths of width and height
    content_hash = CharField(64)  # of the painted copy
    width = IntegerField()
    height = IntegerField()
    at_ms = BigIntegerField()
    person = IntegerField(null=True)

    class Meta:
        indexes = ((("case_file",), False), (("content_hash",), False))


INDEXES = (
    "publication_newest ON publication (organisation_id, state, id, year)",
    "publication_year_answered ON publication"
    " (organisation_id, state, year, answered_ms, id, topic, unit, place, progress, late_ms)",
    "publication_topic ON publication (organisation_id, state, topic, id, unit, place, progress, year,"
    " answered_ms, late_ms)",
    "publication_unit ON publication (organisation_id, state, unit, id, topic, place, progress, year,"
    " answered_ms, late_ms)",
    "publication_place ON publication (organisation_id, state, place, id, topic, unit, progress, year,"
    " answered_ms, late_ms)",
    "publication_progress ON publication (organisation_id, state, progress, id, topic, unit, place, year)",
    "publication_year ON publication (organisation_id, year, id)",
    "publication_process ON publication (organisation_id, process)",
    "publication_answered ON publication (organisation_id, state, answered_ms, id, topic, unit, place,"
    " progress, year, late_ms)",
    "publication_was_late ON publication (organisation_id, state, id, topic, unit, place, progress,"
    " year) WHERE answered_ms >= late_ms",
    "publication_is_late ON publication (organisation_id, state, late_ms, id, topic, unit, place,"
    " progress, year) WHERE progress = 'ditangani'",
)
"""A filter is the beginning of an index, the newest at its end."""
for _index in INDEXES:
    Publication.add_index(SQL(f"CREATE INDEX {_index}"))


class PublicMonth(Table):
    """The cases that ended in a month that is over, as they count in the public figures. Rebuilt at will."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    process = CharField(64)
    month = CharField(7)  # YYYY-MM in which they ended, in the organisation's zone
    cases = IntegerField()  # how many
    rules = CharField(80)  # how was counted, by which calendar
    body = TextField()  # JSON, made and read by engine.publishing.public_tally

    class Meta:
        indexes = ((("organisation", "process", "month"), True),)
