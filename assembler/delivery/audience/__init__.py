"""Whole lists of people decided at once (extra `audience`): tables in, decisions out, in order.

columns.py           what each column of a table says of a person, and what can never be known of one
values.py            a column of Arrow as plain Python values
people.py            rows of a table -> contexts: what a row means
target.py            what people are decided for, and what of it a decision may depend on
facts.py             columns -> facts, by signal_cells.py (with scales.py) and persons.py
assignment.py        arms and ranges of tests, by buckets.py
groups.py            people of one locale, segment and stage
distinct.py          what is worked out once for each different value, or code
deciding.py          tables of people -> tables of decisions: one decision for all people with the same code
decision_columns.py  decisions -> rows of the table that comes out
proving.py           some of these rows compared with single decisions
"""

from __future__ import annotations

try:
    import duckdb, numpy, pyarrow  # noqa: E401, F401, I001  # asked for once, so that one line says what is missing
except ModuleNotFoundError as error:
    raise ImportError(
        f"assembler.delivery.audience needs {error.name}: pip install 'assembler[audience]'", name=error.name
    ) from None

from assembler.delivery.audience.columns import PeopleTableError as PeopleTableError
from assembler.delivery.audience.deciding import AudienceDecider as AudienceDecider, decisions as decisions
from assembler.delivery.audience.decision_columns import schema as schema
from assembler.delivery.audience.people import contexts as contexts
from assembler.delivery.audience.proving import DecisionsDiffer as DecisionsDiffer, prove as prove
