"""``python -m xlcredit``."""

import sys

from xlcredit.cli import main

sys.exit(main())
