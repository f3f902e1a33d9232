"""Logos of letterheads."""

from peewee import *


def up(migrator, db):
    class Organisation(Model):
        class Meta:
            database = db
            table_name = 'organisation'

    class Logo(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        content_hash = CharField(max_length=64)
        body = BlobField()
        at_ms = BigIntegerField()
        class Meta:
            database = db
            table_name = 'logo'
            indexes = ((('organisation', 'content_hash'), True),)
    db.create_tables([Logo])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('logo'))
