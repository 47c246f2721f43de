"""What was decided about looks, and what is approved by it."""
