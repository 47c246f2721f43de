"""What people write -> a library: load, check, compile."""

from assembler.authoring.diagnostics import Diagnostic, Place
from assembler.authoring.project_facade import Project

__all__ = ["Diagnostic", "Place", "Project"]
