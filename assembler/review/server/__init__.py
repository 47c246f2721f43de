"""The gallery served on this machine, with decisions handed in at once."""
