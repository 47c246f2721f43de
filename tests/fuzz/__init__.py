"""Structure-aware fuzzers: each changes something valid and asks whether what must always hold still does.

`python -m tests.fuzz contexts --seconds 600` runs one of them. What it finds is shrunk and kept below `corpus/`, from
where ordinary tests try it again.
"""
