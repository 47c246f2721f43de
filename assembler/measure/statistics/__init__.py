"""Formulas about people in two arms: what is known of a difference, and how surely."""
