"""What a citizen meets: the front door, a report in steps, following one's own case, one's own data."""
