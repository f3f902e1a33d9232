"""Backups: everything an office has, in one sealed file, its keys in another; and the way back from them.

`envelope` seals a stream under a passphrase · `archive` the parts inside it · `making` writes one while the office
works · `restoring` checks one and brings it back · `shelf` the folder where they lie, how long, and the newest.
"""
