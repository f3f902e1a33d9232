"""Each verb: load → may they? → act → save, in one transaction of its own."""
