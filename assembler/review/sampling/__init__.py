"""Which looks to show: the fewest variants that show everything that needs an approval."""
