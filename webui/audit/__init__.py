"""The auditor's pages: how long steps took and what was late, whose minutes a case took, who saw whom, the proof."""

import webui.audit.access
import webui.audit.basis
import webui.audit.behind
import webui.audit.book
import webui.audit.exports
import webui.audit.heatmap
import webui.audit.late
import webui.audit.ledger
import webui.audit.steps  # noqa: F401 - each adds its pages to the blueprint
from webui.audit.blueprint import bp

__all__ = ["bp"]
