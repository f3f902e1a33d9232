"""What a designer of processes sees: releases, tables, changes, proposals."""
