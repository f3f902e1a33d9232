"""The journal for other programs: XES (IEEE 1849) and OCEL 2.0, streamed case by case, read back without loss.

No personal data: the journal holds none. Officials are numbers unless their names are asked for.
"""
