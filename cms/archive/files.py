"""Reads and writes archives as folders and as ZIP files."""

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from cms.archive.problems import ArchiveError, Code, Problem
from cms.media.archives import BROKEN, ArchiveTooLarge, opened

MANIFEST = "archive.yaml"
FORMAT = 1
MOST_FILES = 100_000
LARGEST_FILE = 200 * 1024 * 1024
MOST_UNPACKED = 10 * 1024 * 1024 * 1024
_DIRECTORY_BYTES = 200  # of the directory of a ZIP file, for each file
_ALWAYS = (1980, 1, 1, 0, 0, 0)  # the same content gives the same bytes
_UNFINISHED = ".unfinished"

type Read = Callable[[], bytes]
type Files = Mapping[str, Read]


@contextmanager
def reading(path: Path) -> Iterator[Files]:
    """Yield the files of an archive by name, each with what reads it. Raises `ArchiveError`."""
    if path.is_dir():
        yield _of_folder(path)
        return
    with ExitStack() as stack:
        # Only opening is within: what goes wrong with the files later is not the fault of the archive.
        archive = stack.enter_context(_opened(path, stack))
        yield _of_zip(archive)


def _opened(path: Path, stack: ExitStack) -> ZipFile:
    size = MOST_FILES * _DIRECTORY_BYTES
    try:
        file = stack.enter_context(path.open("rb"))
        return opened(file, MOST_UNPACKED, most_entries=MOST_FILES, largest_directory=size)
    except FileNotFoundError:
        raise _refused(Code.NOT_READABLE, f"There is no {path}.") from None
    except ArchiveTooLarge:
        words = (
            f"The archive has more than {MOST_FILES:,} files or unpacks to more than {MOST_UNPACKED:,} bytes."
        )
        raise _refused(Code.TOO_LARGE, f"{words} Export single branches.") from None
    except BROKEN:
        words = (
            f"{path} is no ZIP file, or is damaged. Name a folder or a file that export_content has written."
        )
        raise _refused(Code.NOT_READABLE, words) from None


def _of_folder(root: Path) -> Files:
    found: dict[str, Read] = {}
    for folder, inner, names in os.walk(root, onerror=_cannot_be_listed):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted([*inner, *names]):
            path = Path(folder, name)
            place = path.relative_to(root).as_posix()
            if path.is_symlink() or not (path.is_dir() or path.is_file()):
                raise _refused(
                    Code.UNSAFE_NAME, "This is a link or no plain file. Put the file itself here.", place
                )
            if path.is_file() and not name.startswith("."):
                found[place] = partial(_read, place, path.stat().st_size, path.read_bytes)
        if len(found) > MOST_FILES:
            raise _refused(
                Code.TOO_LARGE, f"The folder has more than {MOST_FILES:,} files. Export single branches."
            )
    return found


def _cannot_be_listed(error: OSError) -> None:
    words = f"The folder cannot be read: {error.strerror or error}. Give yourself the right to read it."
    raise _refused(Code.NOT_READABLE, words, str(error.filename))


def _of_zip(archive: ZipFile) -> Files:
    found: dict[str, Read] = {}
    for part in archive.infolist():
        name = part.filename
        parts = PurePosixPath(name).parts
        if stat.S_ISLNK(part.external_attr >> 16):
            raise _refused(Code.UNSAFE_NAME, "This is a link. Put the file itself into the archive.", name)
        if name.startswith("/") or ".." in parts or "\\" in name or ":" in name or "\0" in name:
            raise _refused(
                Code.UNSAFE_NAME, "The name leads out of the archive. Pack the folder again.", name[:100]
            )
        if not part.is_dir() and not any(one.startswith((".", "__MACOSX")) for one in parts):
            found[name] = partial(_read, name, part.file_size, partial(archive.read, part))
    return found


def _read(name: str, size: int, read: Read) -> bytes:
    if size > LARGEST_FILE:
        words = f"The file has more than {LARGEST_FILE // 1024 // 1024} MB. Make it smaller."
        raise _refused(Code.TOO_LARGE, words, name)
    try:
        return read()
    except BROKEN:
        raise _refused(
            Code.NOT_READABLE, "The file cannot be read. Pack or copy the archive again.", name
        ) from None


def write(path: Path, files: Files) -> None:
    """Write an archive into a new ZIP file if ``path`` ends so, else into a folder. Raises `ArchiveError`.

    A folder that holds an archive gets the new one in its place, so that what keeps versions shows what has changed.
    """
    try:
        if path.suffix.lower() == ".zip":
            _write_zip(path, files)
        else:
            _write_folder(path, files)
    except OSError as error:
        raise _refused(Code.NOT_READABLE, f"{path} cannot be written: {error.strerror or error}.") from error


def _write_zip(path: Path, files: Files) -> None:
    if path.exists():
        raise _refused(Code.NOT_READABLE, f"{path} is there already. Name another file.")
    part = path.with_name(path.name + _UNFINISHED)
    try:
        part.touch(mode=0o600)
        with ZipFile(part, "w") as archive:
            for name in sorted(files):
                info = ZipInfo(name, _ALWAYS)
                info.compress_type = ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                archive.writestr(info, files[name]())
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)


def _write_folder(path: Path, files: Files) -> None:
    before = _of_folder(path) if path.is_dir() else {}
    if before and MANIFEST not in before:
        raise _refused(
            Code.NOT_READABLE, f"{path} has other files. Name an empty folder, or one with an archive."
        )
    for name in sorted(files):
        place = path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        content = files[name]()
        if not place.is_file() or place.read_bytes() != content:
            place.write_bytes(content)
    for name in before.keys() - files.keys():
        if not name.startswith("README"):
            (path / name).unlink()


def _refused(code: Code, words: str, file: str = "") -> ArchiveError:
    return ArchiveError(Problem(code, words, file))
