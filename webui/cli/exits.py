"""How a command of the terminal ends: what its exit code says."""

FINE, REFUSED, BAD_USAGE = 0, 1, 2
"""All is well; refused, or problems were found; called or configured wrongly."""
