"""The base of every table: instants are UTC milliseconds, JSON is text written by the engine."""

from peewee import Model

from db.connect import database


class Table(Model):
    class Meta:
        database = database
        legacy_table_names = False
