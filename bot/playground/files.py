"""Files: what the bot or a person sent, and how it is found again."""

import hashlib
import mimetypes
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from bot.playground.errors import bad_request

PHOTO_LIMIT = 10 * 1024 * 1024
FILE_LIMIT = 50 * 1024 * 1024
_DOWNLOAD_LIMIT = 20 * 1024 * 1024
_SIDES_LIMIT = 10_000
_RATIO_LIMIT = 20


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a call: its name as the sender gave it, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that the world keeps; for a picture, `width` and `height` in pixels."""

    file_id: str
    unique_id: str
    name: str
    mime_type: str
    data: bytes
    width: int = 0
    height: int = 0

    @property
    def path(self) -> str:
        """Where `/file/bot<token>/` serves it."""
        folder = "photos" if self.width else "documents"
        return f"{folder}/{self.file_id}"

    def file_json(self) -> dict[str, Any]:
        """Return the Bot API's File; a path only up to 20 MB, as there."""
        found = self._base()
        if len(self.data) <= _DOWNLOAD_LIMIT:
            found["file_path"] = self.path
        return found

    def photo_json(self) -> list[dict[str, Any]]:
        """Return the Bot API's list of PhotoSize: the playground keeps one size."""
        return [{**self._base(), "width": self.width, "height": self.height}]

    def document_json(self) -> dict[str, Any]:
        """Return the Bot API's Document."""
        return {**self._base(), "file_name": self.name, "mime_type": self.mime_type}

    def _base(self) -> dict[str, Any]:
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.data)}


class FileStore:
    """All files of a world, by identifier."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}
        self._numbers = count(1)

    def __getitem__(self, file_id: str) -> StoredFile:
        """Return a file.

        Raises:
            KeyError: when there is none of that identifier.
        """
        return self._files[file_id]

    def by_path(self, path: str) -> StoredFile | None:
        """Return the file that a `file_path` names, if any."""
        found = self._files.get(path.rpartition("/")[2])
        return found if found is not None and found.path == path else None

    def take(self, field: str, reference: str, uploads: Mapping[str, Upload], *, photo: bool) -> StoredFile:
        """Return the file that a parameter means: an upload, or one sent before.

        Arguments:
            field: the parameter's name, under which a plain upload comes.
            reference: the parameter's text: `attach://<name>`, a file identifier, or empty.
            uploads: the files of the call.
            photo: true where a picture is wanted.

        Raises:
            BotApiError: when there is no file, or it is not what is wanted.
        """
        if not reference:
            if field not in uploads:
                raise bad_request(f"there is no {field} in the request")
            return self.add(uploads[field], photo=photo)
        if reference.startswith("attach://"):
            name = reference.removeprefix("attach://")
            if name not in uploads:
                raise bad_request(f"there is no {field} in the request")
            return self.add(uploads[name], photo=photo)
        if reference.startswith(("http://", "https://")):
            # Nothing in the playground reaches out to the network.
            raise bad_request("failed to get HTTP URL content")
        known = self._files.get(reference)
        if known is None:
            raise bad_request(
                "wrong remote file identifier specified: can't unserialize it. Wrong last symbol"
            )
        if bool(known.width) is not photo:
            was, wanted = ("Photo", "Document") if known.width else ("Document", "Photo")
            raise bad_request(f"can't use file of type {was} as {wanted}")
        return known

    def add(self, upload: Upload, *, photo: bool) -> StoredFile:
        """Store an upload.

        Raises:
            BotApiError: for an empty or too big file, or a picture that cannot be read.
        """
        if not upload.data:
            raise bad_request("file must be non-empty")
        if len(upload.data) > (PHOTO_LIMIT if photo else FILE_LIMIT):
            raise bad_request(
                f"file of size {len(upload.data)} bytes is too big for a {'photo' if photo else 'file'}"
            )
        width, height = _photo_size(upload.data) if photo else (0, 0)
        digest = hashlib.sha256(upload.data).hexdigest()
        file = StoredFile(
            file_id=f"{'AgAC' if photo else 'BQAC'}{digest[:24]}-{next(self._numbers)}",
            unique_id=digest[:16],
            name=upload.name,
            mime_type=mimetypes.guess_type(upload.name)[0] or "application/octet-stream",
            data=upload.data,
            width=width,
            height=height,
        )
        self._files[file.file_id] = file
        return file


def _photo_size(data: bytes) -> tuple[int, int]:
    size = _png_size(data) or _jpeg_size(data)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if not width or not height or width + height > _SIDES_LIMIT or max(size) > _RATIO_LIMIT * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return size


def _png_size(data: bytes) -> tuple[int, int] | None:
    header = struct.Struct(">8s4x4sII")
    if len(data) < header.size:
        return None
    signature, chunk, width, height = header.unpack_from(data)
    return (width, height) if signature == b"\x89PNG\r\n\x1a\n" and chunk == b"IHDR" else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    if not data.startswith(b"\xff\xd8"):
        return None
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004 - the byte that begins every JPEG marker
        marker = data[at + 1]
        # The frame headers SOF0 to SOF15, without the three codes between them that mean tables.
        if marker in range(0xC0, 0xD0) and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        at += 2 + int(struct.unpack_from(">H", data, at + 2)[0])
    return None
