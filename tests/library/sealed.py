"""Library files whose header is right, whatever stands below it."""

from __future__ import annotations

from assembler.library.format import VERSION, digest


def sealed(index: bytes, texts: bytes = b"", version: int = VERSION) -> bytes:
    """The file of an index and texts, with their digest and lengths."""
    checksum = digest(b"\n" + index + texts).removeprefix("sha256:")
    return f"ASSEMBLER-LIBRARY {version} {checksum} {len(index)} {len(texts)}\n".encode() + index + texts
