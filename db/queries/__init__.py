"""Every question the pages ask, named by it; small frozen answers, no models, no query per row."""
