"""What a project begins with and what is added to it: the smallest good files, written all or none."""
