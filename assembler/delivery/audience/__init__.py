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

Lists in files, into folders:

files.py, text_rows.py      files, and the rows of those of text
csv_people.py               rows of CSV as tables, by the declared kinds
context_lines.py            lines of JSON as contexts
looking.py, parts.py        files looked through before anything is decided, and cut into parts
chunks.py, making.py        people of a part, decided and written, by written_rows.py
unknowns.py                 whose signals are not known, and why
attributes.py               tokens and checked fields, for the templates of an export
pool.py, folder.py          parts made by several processes, and listed as they are whole
request.py, audience.py     what is asked for, and all of it in one call
"""

from __future__ import annotations

try:
    import duckdb, numpy, pyarrow  # noqa: E401, F401, I001  # asked for once, so that one line says what is missing
except ModuleNotFoundError as error:
    raise ImportError(
        f"assembler.delivery.audience needs {error.name}: pip install 'assembler[audience]'", name=error.name
    ) from None

from assembler.delivery.audience.attributes import UnusableExport as UnusableExport, read_export as read_export
from assembler.delivery.audience.audience import DecidedAudience as DecidedAudience, write_audience as write_audience
from assembler.delivery.audience.columns import PeopleTableError as PeopleTableError
from assembler.delivery.audience.deciding import AudienceDecider as AudienceDecider, decisions as decisions
from assembler.delivery.audience.decision_columns import schema as schema
from assembler.delivery.audience.files import PeopleFilesError as PeopleFilesError
from assembler.delivery.audience.folder import UnusableFolder as UnusableFolder, moment_in as moment_in
from assembler.delivery.audience.making import AudienceFault as AudienceFault
from assembler.delivery.audience.people import contexts as contexts
from assembler.delivery.audience.proving import DecisionsDiffer as DecisionsDiffer, prove as prove
from assembler.delivery.audience.request import AudienceRequest as AudienceRequest
