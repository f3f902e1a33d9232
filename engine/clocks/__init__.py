"""The office's time: its calendar, from a limit to the instant it is due, and how long things took."""
