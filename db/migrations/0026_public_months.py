"""Months of ended cases as they count in the public figures, counted once they are over."""

from peewee import *


def up(migrator, db):
    class Organisation(Model):
        class Meta:
            database = db
            table_name = 'organisation'

    class PublicMonth(Model):
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        process = CharField(max_length=64)
        month = CharField(max_length=7)
        cases = IntegerField()
        rules = CharField(max_length=80)
        body = TextField()

        class Meta:
            database = db
            table_name = 'public_month'
            indexes = ((('organisation', 'process', 'month'), True),)

    db.create_tables([PublicMonth])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('public_month'))
