"""SMS both ways: what came, taken over once; what goes, with how far it came."""

IN = """
CREATE TABLE sms_in ({key}, organisation INTEGER NOT NULL, gateway VARCHAR(64) NOT NULL,
  gateway_key VARCHAR(64) NOT NULL, sender_mark VARCHAR(64) NOT NULL, text_mark VARCHAR(64) NOT NULL,
  sealed TEXT NOT NULL, arrived_ms BIGINT NOT NULL, network_ms BIGINT, taken_ms BIGINT NOT NULL,
  state VARCHAR(16) NOT NULL, problem VARCHAR(64) NOT NULL, parts INTEGER NOT NULL, send_key VARCHAR(64) NOT NULL,
  twin INTEGER, done_ms BIGINT, done_by INTEGER)
"""
OUT = """
CREATE TABLE sms_out ({key}, organisation INTEGER NOT NULL, name VARCHAR(200) NOT NULL, message VARCHAR(64) NOT NULL,
  case_file INTEGER, sender_mark VARCHAR(64) NOT NULL, sealed TEXT NOT NULL, parts INTEGER NOT NULL,
  gateway_key VARCHAR(100) NOT NULL, state VARCHAR(12) NOT NULL, reason VARCHAR(200) NOT NULL, tries INTEGER NOT NULL,
  made_ms BIGINT NOT NULL, due_ms BIGINT NOT NULL, queued_ms BIGINT, sent_ms BIGINT, done_ms BIGINT)
"""
INDEXES = (
    'CREATE UNIQUE INDEX sms_in_gateway_gateway_key ON sms_in (gateway, gateway_key)',
    'CREATE INDEX sms_in_sender_mark_arrived_ms ON sms_in (sender_mark, arrived_ms)',
    'CREATE INDEX sms_in_text_mark ON sms_in (text_mark)',
    'CREATE INDEX sms_in_organisation_state_id ON sms_in (organisation, state, id)',
    "CREATE INDEX sms_in_send_key ON sms_in (send_key) WHERE send_key <> ''",
    "CREATE INDEX sms_in_new ON sms_in (id) WHERE state = 'baru'",
    'CREATE UNIQUE INDEX sms_out_name ON sms_out (name)',
    'CREATE INDEX sms_out_organisation_state_id ON sms_out (organisation, state, id)',
    'CREATE INDEX sms_out_case_file ON sms_out (case_file)',
    'CREATE INDEX sms_out_sender_mark_made_ms ON sms_out (sender_mark, made_ms)',
    "CREATE INDEX sms_out_open ON sms_out (id) WHERE state IN ('waiting', 'queued', 'sent')",
)


def up(migrator, db):
    sqlite = 'Sqlite' in type(db).__name__
    key = 'id INTEGER NOT NULL PRIMARY KEY' if sqlite else 'id SERIAL NOT NULL PRIMARY KEY'
    for table in (IN, OUT):
        db.execute_sql(table.format(key=key).replace('BIGINT', 'INTEGER' if sqlite else 'BIGINT'))
    for index in INDEXES:
        db.execute_sql(index)


def down(migrator, db):
    db.execute_sql('DROP TABLE sms_out')
    db.execute_sql('DROP TABLE sms_in')
