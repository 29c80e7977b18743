"""Opening data files."""

from io import BytesIO
from zipfile import ZipFile


def unzipped(data: bytes) -> list[str]:
    """The texts in it: the page, and the values."""
    with ZipFile(BytesIO(data)) as file:
        return [file.read(name).decode() for name in file.namelist()]
