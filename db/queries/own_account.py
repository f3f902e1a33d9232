"""What someone's own account page asks."""

from db import sql


def mail_of(account: int) -> tuple[str, bool]:
    """The mail address of an account, and whether mails are wanted."""
    found = sql.row("SELECT email, mails FROM account WHERE id = ?", (account,)) or ("", True)
    return str(found[0]), bool(found[1])
