"""Pictures of variants, for people and slides (extra `shots`). What is approved never depends on them."""
