"""Which outcomes a campaign can have, and for whom.

    cells.py, moments.py, holdouts.py   who there is: segment and stage, when something changes, who is treated
    people.py                           a scripted person of a cell: every way to answer what the runtime asks
    plan_outcomes.py                    what the runtime chooses for such people in one campaign, channel and locale
    possible_rows.py                    that as a graph, so that outcomes are counted and looked up without a list
    variants.py                         the variants that this makes, and how many
    combinations.py, coverage.py        how components combine, and who gets copy of their own
    ties.py, losers.py                  components that could tie, and components that win for nobody
    difference.py                       why two people get different variants

Nobody here decides: eligibility, rank and assignment are the runtime's, which is asked.
"""
