"""What is published of complaints: read, searched, counted, taken along by anyone; corrected and taken down by few."""
