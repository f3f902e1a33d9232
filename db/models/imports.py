"""An old list imported: the uploaded file's run, and what is wrong with its rows. Nothing of its content."""

from peewee import AutoField, BigIntegerField, CharField, ForeignKeyField, IntegerField, TextField

from db.models.base import Table
from db.models.office import Organisation


class ImportRun(Table):
    """One uploaded list: checked, confirmed, imported. Its file lies sealed beside the database until it is done."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    process = CharField(64)
    name = CharField(200)  # of the file, as a word for people
    kind = CharField(8)  # csv xlsx
    state = CharField(12)  # diperiksa siap berjalan selesai gagal batal
    end_state = CharField(12, default="arsip")  # arsip baru: closed history, or cases that begin
    mapping = TextField(default="{}")  # JSON: our field → header, where someone said so
    made_by = IntegerField()  # account
    person = IntegerField()
    made_ms = BigIntegerField()
    changed_ms = BigIntegerField()
    total = IntegerField(default=0)
    good = IntegerField(default=0)
    bad = IntegerField(default=0)
    known = IntegerField(default=0)  # rows imported before
    done = IntegerField(default=0)
    reason = CharField(300, default="")  # why it could not be read

    class Meta:
        table_name = "import_run"
        indexes = ((("organisation", "made_ms"), False),)


class ImportProblem(Table):
    """What is wrong with one row: its line in the file, our field, which kind; never what stands there."""

    id = AutoField()
    run = ForeignKeyField(ImportRun, on_delete="CASCADE")
    line = IntegerField()
    field = CharField(32)
    code = CharField(32)
    facts = TextField(default="{}")

    class Meta:
        table_name = "import_problem"
        indexes = ((("run", "line"), False),)
