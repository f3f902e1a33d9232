"""The administrator's pages: one module per noun, all on one blueprint. A new noun is one line here."""

from webui.admin import home, incidents, queue, substitutes
from webui.admin.room import bp

__all__ = ["bp", "home", "incidents", "queue", "substitutes"]
