"""Where to go after a detour: only to a page of this office."""

from urllib.parse import urlsplit


def safe_back(address: str | None, default: str = "/tugas") -> str:
    """The address if it is a path of ours, else the default: nobody is sent elsewhere by a link to us."""
    text = (address or "").strip()
    parts = urlsplit(text)
    ours = text.startswith("/") and not text.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return text if ours and "\\" not in text and text.isprintable() else default
