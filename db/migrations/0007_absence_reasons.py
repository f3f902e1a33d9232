"""Why someone is absent, and why it was not agreed to, are nobody else's business: both are kept sealed."""


def up(migrator, db):
    db.execute_sql('ALTER TABLE "absence" DROP COLUMN "reason"')
    for column in ("sealed_reason", "sealed_refusal"):
        db.execute_sql(f'ALTER TABLE "absence" ADD COLUMN "{column}" TEXT NOT NULL DEFAULT \'\'')


def down(migrator, db):
    for column in ("sealed_refusal", "sealed_reason"):
        migrator.migrate(migrator.drop_column("absence", column))
    db.execute_sql('ALTER TABLE "absence" ADD COLUMN "reason" VARCHAR(300) NOT NULL DEFAULT \'\'')
