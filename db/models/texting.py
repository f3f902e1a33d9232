"""SMS both ways: what a gateway brought, word for word under seal, and what was given to it with how far it came."""

from peewee import SQL, AutoField, BigIntegerField, CharField, IntegerField, TextField

from db.models.base import Table


class SmsIn(Table):
    """One SMS as taken over; `gateway_key` is a keyed hash of what the gateway knows it by: taken over once.

    No foreign keys: it is written before anyone knows whose it is.
    """

    id = AutoField()
    organisation = IntegerField()
    gateway = CharField(64)
    gateway_key = CharField(64)
    sender_mark = CharField(64)  # keyed hash of the sender's number
    text_mark = CharField(64)  # keyed hash of number and words: the same said again
    sealed = TextField()  # AES-GCM over JSON {number, text}
    arrived_ms = BigIntegerField()  # at the gateway: when it was received
    network_ms = BigIntegerField(null=True)  # the network's own stamp
    taken_ms = BigIntegerField()
    state = CharField(16)  # baru kasus dijawab kurang ditahan sama dilewati diurus
    problem = CharField(64, default="")  # what was wrong with it, by code
    parts = IntegerField(default=1)  # how many SMS it came in
    send_key = CharField(64, default="")  # of the case it made
    twin = IntegerField(null=True)  # the SMS that said the same before
    done_ms = BigIntegerField(null=True)
    done_by = IntegerField(null=True)  # person, where one decided

    class Meta:
        indexes = (
            (("gateway", "gateway_key"), True),
            (("sender_mark", "arrived_ms"), False),
            (("text_mark",), False),
            (("organisation", "state", "id"), False),
            SQL("CREATE INDEX sms_in_send_key ON sms_in (send_key) WHERE send_key <> ''"),
            SQL("CREATE INDEX sms_in_new ON sms_in (id) WHERE state = 'baru'"),
        )


class SmsOut(Table):
    """One message to one number: waiting, queued at the gateway, sent, delivered, failed. `name` makes it once."""

    id = AutoField()
    organisation = IntegerField()
    name = CharField(200, unique=True)
    message = CharField(64)
    case_file = IntegerField(null=True)
    sender_mark = CharField(64)  # keyed hash of the number it goes to
    sealed = TextField()  # AES-GCM over JSON {number, text}
    parts = IntegerField()
    gateway_key = CharField(100, default="")  # how the gateway knows it
    state = CharField(12)  # waiting queued sent delivered failed
    reason = CharField(200, default="")
    tries = IntegerField(default=0)
    made_ms = BigIntegerField()
    due_ms = BigIntegerField()  # not before
    queued_ms = BigIntegerField(null=True)
    sent_ms = BigIntegerField(null=True)
    done_ms = BigIntegerField(null=True)  # delivered or failed

    class Meta:
        indexes = (
            (("organisation", "state", "id"), False),
            (("case_file",), False),
            (("sender_mark", "made_ms"), False),
            SQL("CREATE INDEX sms_out_open ON sms_out (id) WHERE state IN ('waiting', 'queued', 'sent')"),
        )
