"""The office's books on screen and on paper: agenda, expedition, archive, and whether a sheet is genuine."""
