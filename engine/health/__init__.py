"""Whether an installation is well: each thing looked at, in a sentence, with how to mend it. Reads only."""

from engine.health.findings import Finding, Level, Place, healthy
from engine.health.looking import examine

__all__ = ["Finding", "Level", "Place", "examine", "healthy"]
