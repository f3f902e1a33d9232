"""`python -m webui.cli`: the same as `disposisi`."""

import sys

from webui.cli import main

sys.exit(main())
