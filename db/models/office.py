"""Who the office is: organisations, units, offices, people, who holds what, accounts and sessions."""

from peewee import SQL, AutoField, BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from db.models.base import Table


class Organisation(Table):
    """One government body: its calendar, letterhead and books are its own."""

    id = AutoField()
    code = CharField(64, unique=True)
    name = CharField(200)
    timezone = CharField(64, default="Asia/Jakarta")


class Setting(Table):
    """What an organisation decided for itself (letterhead, role map, numbering, texts); JSON."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    name = CharField(64)
    body = TextField()

    class Meta:
        indexes = ((("organisation", "name"), True),)


class Unit(Table):
    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    code = CharField(64)
    name = CharField(200)
    kind = CharField(32, default="")
    parent = ForeignKeyField("self", null=True, on_delete="RESTRICT")
    active = BooleanField(default=True, constraints=[SQL("DEFAULT TRUE")])

    class Meta:
        indexes = ((("organisation", "code"), True),)


class Office(Table):
    """Jabatan: the seat of authority a task goes to."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    unit = ForeignKeyField(Unit, on_delete="RESTRICT")
    code = CharField(64)
    role = CharField(64)
    name = CharField(200)
    superior = ForeignKeyField("self", null=True, on_delete="RESTRICT")
    rank = IntegerField(default=100)
    active = BooleanField(default=True, constraints=[SQL("DEFAULT TRUE")])

    class Meta:
        indexes = ((("organisation", "code"), True), (("organisation", "role"), False))


class Person(Table):
    """An official or member of staff; names of officials are printed on papers and are not secret."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    name = CharField(200)
    nip = CharField(32, default="")
    pangkat = CharField(100, default="")
    active = BooleanField(default=True, constraints=[SQL("DEFAULT TRUE")])


class Holding(Table):
    """Who sits in an office, as what (definitif, plt, plh, wakil), from–until (UTC ms, end exclusive), by letter."""

    id = AutoField()
    office = ForeignKeyField(Office, on_delete="RESTRICT")
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    kind = CharField(16)
    from_ms = BigIntegerField()
    until_ms = BigIntegerField(null=True)
    letter = CharField(200, default="")
    letter_date = CharField(10, default="")
    entered_by = IntegerField(null=True)
    entered_ms = BigIntegerField()

    class Meta:
        indexes = ((("office", "from_ms"), False), (("person",), False))


class Absence(Table):
    """ "Saya berhalangan": who proposes to be stood in for, by whom; in force by the superior's letter of order."""

    id = AutoField()
    office = ForeignKeyField(Office, on_delete="RESTRICT")
    person = ForeignKeyField(Person, on_delete="RESTRICT")  # who is absent
    substitute = ForeignKeyField(Person, on_delete="RESTRICT")
    kind = CharField(16)
    from_ms = BigIntegerField()
    until_ms = BigIntegerField()
    sealed_reason = TextField(default="", constraints=[SQL("DEFAULT ''")])  # AES-GCM over JSON {text}
    sealed_refusal = TextField(default="", constraints=[SQL("DEFAULT ''")])
    state = CharField(12, default="diajukan")  # diajukan disetujui ditolak dicabut
    proposed_ms = BigIntegerField()
    decided_by = IntegerField(null=True)  # person
    decided_ms = BigIntegerField(null=True)
    holding = IntegerField(null=True)  # what came of it

    class Meta:
        indexes = ((("office", "state"), False), (("person", "state"), False))


class Account(Table):
    """A sign-in. `powers` is a space-separated list: admin auditor designer."""

    id = AutoField()
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    username = CharField(64, unique=True)
    password_hash = CharField(200)
    powers = CharField(200, default="")
    active = BooleanField(default=True)
    language = CharField(5, default="id")
    created_ms = BigIntegerField()
    email = CharField(254, default="", constraints=[SQL("DEFAULT ''")])  # of the office, for digests and reminders
    mails = BooleanField(default=True, constraints=[SQL("DEFAULT TRUE")])  # whether they want them


class LoginSession(Table):
    """A signed-in browser; the cookie holds the token, this row only its hash."""

    id = AutoField()
    token_hash = CharField(64, unique=True)
    account = ForeignKeyField(Account, on_delete="CASCADE")
    created_ms = BigIntegerField()
    seen_ms = BigIntegerField()
    ends_ms = BigIntegerField(index=True)


class Lockout(Table):
    """Wrong tries against one keyed name (sign-in, PIN); shared by every server process."""

    id = AutoField()
    name_hash = CharField(64, unique=True)
    tries = IntegerField(default=0)
    until_ms = BigIntegerField(default=0)
    last_ms = BigIntegerField(default=0)


class Calendar(Table):
    """The working time of an organisation (unit null) or of one unit; `body` is the contract's JSON."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    unit = ForeignKeyField(Unit, null=True, on_delete="RESTRICT")
    body = TextField()
    fingerprint = CharField(64)
    changed_ms = BigIntegerField()


class Choice(Table):
    """An entry of one of the office's lists (bidang, instruksi, akd …); `attrs` is JSON."""

    id = AutoField()
    organisation = ForeignKeyField(Organisation, on_delete="RESTRICT")
    list = CharField(64)
    code = CharField(64)
    label = CharField(300)
    attrs = TextField(default="{}")
    rank = IntegerField(default=0)
    active = BooleanField(default=True)

    class Meta:
        indexes = ((("organisation", "list", "code"), True),)
