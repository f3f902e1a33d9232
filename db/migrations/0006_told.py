"""What people have been told of a task: each reminder once."""


def up(migrator, db):
    db.execute_sql('ALTER TABLE "task" ADD COLUMN "told" INTEGER NOT NULL DEFAULT 0')


def down(migrator, db):
    migrator.migrate(migrator.drop_column('task', 'told'))
