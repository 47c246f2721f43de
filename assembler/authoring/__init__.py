"""What people write -> a library: load, check, compile."""

from assembler.authoring.diagnostics import Diagnostic, Place
from assembler.authoring.workshop import Project

__all__ = ["Diagnostic", "Place", "Project"]
