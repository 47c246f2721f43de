"""How many of each a project may have: far more than a programme that people maintain, and so few that checks end."""

from __future__ import annotations

from typing import Final

MOST_LOCALES: Final = 300
MOST_CHANNELS: Final = 30
MOST_PROVIDERS: Final = 30
MOST_STAGES: Final = 100
MOST_SEGMENTS: Final = 1_000
MOST_FACTS: Final = 1_000
"""Merge fields, and signals."""

MOST_SLOTS: Final = 100
"""Slots of a campaign; and so what a component requires."""

MOST_NEEDS: Final = 20
"""What a component needs."""
