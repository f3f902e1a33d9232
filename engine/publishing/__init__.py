"""What anyone may read: texts without identity, kept in step with their case, found, counted."""
