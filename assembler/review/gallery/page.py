"""The page: its markup, style and modules, and what it shows, in one file that opens from disk."""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from rjsmin import jsmin

from assembler.review.gallery.contents import first_view

_WEB = files("assembler.review.gallery") / "web"
_MAIN = 'import "main";'
_MARK = b'<meta name="generator" content="assembler gallery">'
_MARKED_WITHIN = 200
_LEVEL = 4  # A higher one takes three times as long to make it a twentieth smaller.
_TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}


def page(contents: Mapping[str, Any], images: Mapping[str, object], *, session: Mapping[str, object] | None) -> bytes:
    """Return the whole page in UTF-8.

    The module runs before the rest is read, which the first view does without. `images` are those of
    `embedded_images`. `session`, where the page is served, is what it needs to hand in decisions; a page without one
    keeps them in the browser.
    """
    modules = _import_map()
    first, rest = first_view(contents)
    values = {
        "title": escape(f"{contents['brand']}: review"),
        "policy": escape(_policy(modules, served=session is not None)),
        "style": web_file("gallery.css"),
        "modules": modules,
        "main": _MAIN,
        "first": _packed(first),
        "rest": _packed(rest),
        "images": _data(images),
        "session": _data(session),
    }
    pieces = web_file("index.html").split("%%")
    return "".join(values[piece] if number % 2 else piece for number, piece in enumerate(pieces)).encode()


def content_policy(*, served: bool) -> str:
    """Return the Content-Security-Policy of a page: only its own script runs, only a served one asks for anything."""
    return _policy(_import_map(), served=served)


def _policy(modules: str, *, served: bool) -> str:
    policy = {
        "default-src": "'none'",
        # Modules of a page from disk can only be data: URLs. No other script gets in: Trusted Types keep text text.
        "script-src": f"data: {_hash(modules)} {_hash(_MAIN)}",
        # Frames inherit this policy, and mails are full of inline styles.
        "style-src": "'unsafe-inline'",
        "img-src": "data: 'self' file:",
        "connect-src": "'self'" if served else "'none'",
        "frame-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "gallery",
    }
    return "; ".join(f"{name} {value}" for name, value in policy.items())


def embedded_images(images: Mapping[str, bytes], texts: Iterable[str]) -> dict[str, object]:
    """Return the images, given by address, that some texts show: `data` URLs, and by address the number of each.

    Of an image in two sizes the larger stands for both.
    """
    whole = "\n".join(texts)
    numbers: dict[str, int] = {}
    addresses: dict[str, int] = {}
    for address in images:
        if address in whole:
            stem, _, suffix = address.replace("@2x.", ".").rpartition(".")
            double = f"{stem}@2x.{suffix}"
            addresses[address] = numbers.setdefault(double if double in images else address, len(numbers))
    return {"data": [data_url(address, images[address]) for address in numbers], "addresses": addresses}


def data_url(name: str, data: bytes) -> str:
    """Return a file as an address that holds all of it; its kind is that of its name."""
    return f"data:{_TYPES[name.rpartition('.')[2]]};base64,{b64encode(data).decode()}"


def web_file(name: str) -> str:
    """Return a file of the folder `web` as text."""
    return (_WEB / name).read_text(encoding="utf-8")


def page_words() -> dict[str, Any]:
    """Return the words that the page says, by what they are about."""
    _, _, words = web_file("index.html").partition('<script type="application/json" id="words">')
    return dict(json.loads(words.partition("</script>")[0]))


def is_page(path: Path) -> bool:
    """Return whether a file is the page of a gallery."""
    try:
        with path.open("rb") as file:
            return _MARK in file.read(_MARKED_WITHIN)
    except OSError:
        return False


def _modules() -> Iterator[tuple[str, str]]:
    for file in sorted(_WEB.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".js"):
            script = str(jsmin(file.read_text(encoding="utf-8"))).encode()
            yield file.name.removesuffix(".js"), "data:text/javascript;base64," + b64encode(script).decode()


def _import_map() -> str:
    return json.dumps({"imports": dict(_modules())})


def _hash(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def _packed(value: object) -> str:
    """JSON that the page unpacks: reading it as text of the page would take most of the time until the first view."""
    return b64encode(zlib.compress(json.dumps(value, separators=(",", ":")).encode(), _LEVEL)).decode()


def _data(value: object) -> str:
    """JSON that can stand in a script element."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return written.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
