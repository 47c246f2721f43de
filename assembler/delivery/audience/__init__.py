"""Whole lists of people decided at once (extra `audience`): tables in, decisions out, in order.

columns.py           what each column of a table says of a person, and what can never be known of one
values.py            a column of Arrow as plain Python values
people.py            rows of a table -> contexts: what a row means
decision_columns.py  decisions -> rows of the table that comes out
deciding.py          tables of people -> tables of decisions
"""

from __future__ import annotations

try:
    import duckdb, numpy, pyarrow  # noqa: E401, F401, I001  # asked for once, so that one line says what is missing
except ModuleNotFoundError as error:
    raise ImportError(
        f"assembler.delivery.audience needs {error.name}: pip install 'assembler[audience]'", name=error.name
    ) from None

from assembler.delivery.audience.columns import PeopleTableError as PeopleTableError
from assembler.delivery.audience.deciding import decisions as decisions
from assembler.delivery.audience.decision_columns import schema as schema
from assembler.delivery.audience.people import contexts as contexts
