"""What the office can do, and what that needs. The public verbs are in `engine.verbs`; importing this loads nothing."""
