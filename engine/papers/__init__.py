"""The office's papers: what the journal and the tables tell of a case or a book becomes content, and content bytes."""

from engine.papers.acts import Act, Tick, acts, signed_as

__all__ = ["Act", "Tick", "acts", "signed_as"]
