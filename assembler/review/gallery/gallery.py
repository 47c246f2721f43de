"""The gallery of a review: a folder to open from disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath
from typing import Annotated, Any

import msgspec

from assembler.authoring.build.replacing import holds_only, replacing
from assembler.authoring.compile.jobs import Progress
from assembler.errors import LibraryError
from assembler.review.approvals.status import LookStatus
from assembler.review.gallery.album import PICTURE, PICTURES, take_pictures
from assembler.review.gallery.changes import LibraryChanges
from assembler.review.gallery.contact_sheet import contact_sheet
from assembler.review.gallery.contents import Contents
from assembler.review.gallery.listed_variants import list_variants
from assembler.review.gallery.page import embedded_images, is_page, page
from assembler.review.pictures.camera import Camera
from assembler.review.round import ReviewRound
from assembler.runtime.library import Library

INDEX = "index.html"
CONTACT_SHEET = "contact-sheet.pdf"
_HOLDS = (INDEX, CONTACT_SHEET, PICTURES)
"""All that the folder of a gallery holds, but single pictures."""

_SCHEMA = 1
_NAME_ONE = "name the manifest.json that `assembler build` wrote"
_BUILD_AGAIN = "build it again with `assembler build`"


class _OlderLibrary(msgspec.Struct):
    path: str


class _OlderManifest(msgspec.Struct):
    schema: int
    name: str
    as_of: Annotated[datetime, msgspec.Meta(tz=True)]
    library: _OlderLibrary


@dataclass(frozen=True)
class Gallery:
    """What a review shows: `contents` and the embedded `images` are what `page` takes; `delivered` are the bytes of the
    project's images by address, and `looks` the cards of the plan by key, each with its status.

    It is `whole` unless there are more variants than a build may write: then only the cards of the plan are shown.
    """

    contents: Mapping[str, Any]
    images: Mapping[str, object]
    delivered: Mapping[str, bytes]
    looks: Mapping[str, LookStatus]
    whole: bool

    @classmethod
    def of(
        cls,
        review: ReviewRound,
        *,
        tool: str,
        older: tuple[Library, datetime] | None = None,
        campaign: str | None = None,
    ) -> Gallery:
        """Return the gallery of a review, or of one campaign in it; with an older library and the moment of its build,
        what changed since."""
        whole = not review.project.has_too_many(review.moment)
        listed = list_variants(review.library, review.moment, review.plan, others=whole)
        contents = Contents(
            review=review,
            variants=[variant for variant in listed if campaign in (None, variant.card.place[0])],
            tool=tool,
            changes=LibraryChanges(*older, review.library, campaign) if older else None,
        )
        data: Mapping[str, Any] = contents.to_dict()
        images = review.project.images
        delivered = {images.base_url + name: data for name, data in images.delivered().items()}
        looks = {
            variant.card.key: review.approval_status.look_status(variant.card)
            for variant in contents.variants
            if variant.why != "other"
        }
        return cls(data, embedded_images(delivered, data["texts"]), delivered, looks, whole)

    def write(
        self, output: Path, *, pictures: bool = False, pdf: bool = False, progress: Progress | None = None
    ) -> Path:
        """Write the folder in one step, and return the path of its page.

        With `pictures`, pictures of the plan's cards are taken, too; with `pdf` they are printed as a contact sheet.
        Raises `FileExistsError` where `output` holds something else than a gallery, and as `take_pictures` does.
        """
        output = output.absolute()
        with replacing(output, "a gallery", _is_gallery) as folder:
            contents = {**self.contents}
            if pdf:
                with Camera(self.delivered) as camera:
                    (folder.path / CONTACT_SHEET).write_bytes(camera.print_pdf(contact_sheet(contents, self.looks)))
                contents["sheet"] = True
            if pictures:
                contents["pictures"] = take_pictures(contents, self.delivered, folder.path, progress)
            (folder.path / INDEX).write_bytes(page(contents, self.images, session=None))
        return output / INDEX


def _is_gallery(folder: Path) -> bool:
    return is_page(folder / INDEX) and holds_only(folder, _HOLDS, PICTURE)


def older_library(manifest: Path, name: str) -> tuple[Library, datetime]:
    """Return the library that a manifest of the project of this name belongs to, and the moment that it was built for.

    Raises `LibraryError` where the file is no manifest, or another project's, or its library cannot be opened.
    """
    try:
        written = msgspec.json.decode(manifest.read_bytes(), type=_OlderManifest)
    except OSError as error:
        raise LibraryError(str(manifest), f"{error.strerror or 'cannot be read'}; {_NAME_ONE}") from None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise LibraryError(str(manifest), f"not the manifest.json of a build; {_NAME_ONE}") from None
    if written.schema != _SCHEMA:
        raise LibraryError(
            str(manifest), f"its schema is {written.schema}; what can be read is {_SCHEMA}: {_BUILD_AGAIN}"
        )
    if written.name != name:
        raise LibraryError(str(manifest), f"of another project: {written.name[:80]!r}, not {name!r}; {_NAME_ONE}")
    return Library.open(_library_path(manifest, written.library.path)), written.as_of


def _library_path(manifest: Path, path: str) -> Path:
    """The library file that a manifest names, which is a regular one below the manifest's folder."""
    folder, written = manifest.parent, PurePath(path)
    if not (folder / path).is_file():
        raise LibraryError(str(manifest), f"its library, {path[:80]!r}, is not there, or no file: {_BUILD_AGAIN}")
    within = (folder / path).resolve().is_relative_to(folder.resolve())
    if written.is_absolute() or ".." in written.parts or not within:
        raise LibraryError(str(manifest), f"its library, {path[:80]!r}, is not below its folder: {_BUILD_AGAIN}")
    return folder / path
