"""What the worker does by itself, each round in its own time."""
