"""Pages for looking at variants: every card of the plan and every other variant, without a server or a network."""
