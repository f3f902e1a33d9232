"""The desk: what waits, the task, its case, and everything done around them."""
