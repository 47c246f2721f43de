"""`python -m assembler`."""

from __future__ import annotations

from assembler.cli import main

if __name__ == "__main__":
    main()
