"""What personalisation was worth: who could have got what is on record, and read again.

exposures/   somebody is given a decision -> a line on record, of a pseudonym
compaction/  these lines -> Parquet, the first of each person in each arm
"""
