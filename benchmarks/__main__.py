"""`python -m benchmarks` prints how fast deciding and assembling are."""

from __future__ import annotations

import sys

from benchmarks.goals import main

if __name__ == "__main__":
    sys.exit(main())
