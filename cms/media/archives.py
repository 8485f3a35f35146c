"""Documents that are ZIP archives, measured before anything of them is read or unpacked."""

import lzma
import zipfile
import zlib
from collections.abc import Iterable
from itertools import pairwise
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

# The largest documents of offices have some hundred parts; each takes at least 46 bytes of the directory.
MOST_ENTRIES = 5_000
LARGEST_DIRECTORY = 1024 * 1024
MOST_UNPACKED = 1024 * 1024 * 1024
LOCAL_HEADER = 30
# What the library and its decompressors raise at a damaged archive.
BROKEN = (BadZipFile, EOFError, KeyError, OSError, RuntimeError, ValueError, lzma.LZMAError, zlib.error)


class ArchiveTooLarge(Exception):
    """It has more parts, or would unpack to more, than any document."""


def opened(
    file: Any,
    most_unpacked: int = MOST_UNPACKED,
    *,
    most_entries: int = MOST_ENTRIES,
    largest_directory: int = LARGEST_DIRECTORY,
) -> ZipFile:
    """Return the archive in ``file`` for reading. Raises `BROKEN`, and `ArchiveTooLarge`.

    The library reads the record at the end, that of ZIP64 too, and finds its directory by it; so the directory is
    measured by the same reading before it is loaded. Source: PKWARE APPNOTE 4.3.12 to 4.3.16.
    """
    end = zipfile._EndRecData(file)  # type: ignore[attr-defined]
    file.seek(0)
    if not end:
        raise BadZipFile
    entries, size, start = end[zipfile._ECD_ENTRIES_TOTAL], end[zipfile._ECD_SIZE], end[zipfile._ECD_LOCATION]  # type: ignore[attr-defined]
    if size > start:
        raise BadZipFile
    if entries > most_entries or size > largest_directory:
        raise ArchiveTooLarge
    archive = ZipFile(file)
    try:
        _check(archive.infolist(), entries, most_entries, most_unpacked)
    except (BadZipFile, ArchiveTooLarge):
        archive.close()
        raise
    return archive


def _check(parts: Iterable[ZipInfo], entries: int, most_entries: int, most_unpacked: int) -> None:
    """Refuse a directory that lies about its number of parts, parts that share bytes, and what unpacks to too much."""
    ordered = sorted(parts, key=lambda part: part.header_offset)
    if len(ordered) > most_entries or sum(part.file_size for part in ordered) > most_unpacked:
        raise ArchiveTooLarge
    if len(ordered) != entries or len({part.filename for part in ordered}) != entries:
        raise BadZipFile
    for one, after in pairwise(ordered):
        if (
            one.header_offset + LOCAL_HEADER + len(one.orig_filename) + one.compress_size
            > after.header_offset
        ):
            raise BadZipFile
