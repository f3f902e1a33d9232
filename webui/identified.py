"""What is known of who reported, as a mark on the pages of a case."""

from flask import Flask

from db.queries.cases import Head
from forms import intake, nik

UNSAID = "tanpa-nik"


def identity_mark(head: Head) -> str:
    """What the register says, or that no NIK was said where one is asked; "" where none is asked, or nobody is left."""
    if head.identity is None:
        return ""
    plan = intake.plan(head.process)
    unsaid = plan is not None and plan.asks_nik and not head.nik
    return head.registry or (UNSAID if unsaid else "")


def register(app: Flask) -> None:
    """Gives templates `identity_mark` and the filter `masked_nik`."""
    app.add_template_global(identity_mark, "identity_mark")
    app.add_template_filter(nik.masked, "masked_nik")
