"""For creative teams: what to look at, what was decided about it, and what still lacks an approval."""
