"""`assembler new`: adds to a project."""

from __future__ import annotations

from assembler.cli.new.group import new as new
