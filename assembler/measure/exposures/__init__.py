"""Exposures: that somebody was given a decision, what it was, and what they would have got as treated.

record.py       a decision -> a record of it, which holds nothing else of the person
pseudonyms.py   an id -> what stands for it
writer.py       records -> lines of files, one write a line
recorder.py     the three together, for what answers people: a service, or a hook
"""

from __future__ import annotations

from assembler.measure.exposures.pseudonyms import pseudonym as pseudonym
from assembler.measure.exposures.record import Exposure as Exposure, exposure as exposure
from assembler.measure.exposures.recorder import ExposureRecorder as ExposureRecorder
from assembler.measure.exposures.writer import Exposures as Exposures
