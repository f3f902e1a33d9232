"""Attachments by content hash: quarantined until re-encoded or looked into; what is refused is refused by name."""

from engine.files.clamav import ScannerUnavailable
from engine.files.refusals import FileRefused
from engine.files.store import LIMITS, MB, Batch, Checked, Limits, Quarantined, Store, clean_name

__all__ = [
    "LIMITS",
    "MB",
    "Batch",
    "Checked",
    "FileRefused",
    "Limits",
    "Quarantined",
    "ScannerUnavailable",
    "Store",
    "clean_name",
]
