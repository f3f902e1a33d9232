"""What is kept: tables, migrations and every question asked of them. Knows nothing of the other rooms."""
