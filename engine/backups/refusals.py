"""Why a backup cannot be made, read or restored: one sentence, and nothing was written."""


class BackupRefused(Exception):
    """The sentence says what is wrong and what to do."""
