"""How the pictures of the starter are made: flat inks, stencils and grain, like a screen print."""
