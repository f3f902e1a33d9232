"""The months of an agency and of the city: figures, their closing, the coordinator's evaluation."""
