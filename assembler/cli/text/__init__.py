"""Data turned into sentences and columns, as the commands print them."""
