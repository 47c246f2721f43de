"""What personalisation was worth: who could have got what is on record, and read again together with what people did.

exposures/            somebody is given a decision -> a line on record, of a pseudonym
compaction/           lines -> Parquet by day: the first of each person, version and arm
measuring.py          folders and files -> a measurement
comparing.py          a library's campaign -> who is compared with whom in it
goal.py               what is counted of people, and what is worth having
outcomes.py           a file of outcomes -> a table of who did what, when
people.py             exposures and outcomes -> a table of people: the arm of each, and what they did
questions.py          that table -> the people of both arms for each question
statistics/           formulas: what is known of a difference between two arms, and how surely
verdicts.py           what follows from it: keep, retire, test on
look.py               one look, together with what earlier looks found
measurement.py        what every look found; measurement_files.py keeps it in files
power.py              before launch: what so many people can show
"""
