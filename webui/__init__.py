"""What people see: pages, API, command line and sign-in. Turns clicks into verbs of the engine."""
