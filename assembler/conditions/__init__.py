"""Conditions: rules over signals, such as `months_away >= 6 and taste == "sweet"`.

    parsing.py, mending.py   a text to a `Condition`, or an error with its place and what was probably meant
    evaluation.py            the truth of a condition for one person: true, false or unknown
    domains.py               the values of each signal, cut into cells at the literals that conditions compare
    boxes.py                 a condition as a union of boxes of cells; boxes meet, and are taken from each other
    analysis.py              what follows: which are unreachable, never true, always true or overlap, and for whom

The runtime finds a person's audiences by boxes, and evaluates a condition only where its boxes are too many.
"""
