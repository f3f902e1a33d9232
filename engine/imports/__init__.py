"""Old lists of reports, as a form of G-Drive exports them: read row by row, checked, imported."""
