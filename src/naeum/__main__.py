"""How does `python -m naeum` start, where the command is not on the path?"""

from __future__ import annotations

import sys

from naeum.cli import main

if __name__ == "__main__":
    sys.exit(main())
