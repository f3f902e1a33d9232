"""What time it is, at the edge. Tests move time by `app.config["CLOCK"]`, on a terminal by `real`; nothing else can."""

import time
from typing import cast


def real() -> int:
    """This machine's clock, in UTC ms."""
    return time.time_ns() // 1_000_000


def now_ms() -> int:
    """Now (UTC ms), as every verb and page of this request is told."""
    from flask import current_app  # here: commands tell the time too, and need no web

    return cast(int, current_app.config["CLOCK"]())
