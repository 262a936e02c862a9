"""Files that are either the old ones or the new ones, whole, and never something in between."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.model import KgError


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there. Raises KgError where that cannot be."""
    try:
        handle, fresh = tempfile.mkstemp(prefix=f".{path.name[:40]}-", dir=path.parent)
    except OSError as error:
        raise KgError(f"{path}: cannot be written ({error.strerror})") from error
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        move_file(Path(fresh), path)
    except OSError as error:
        raise KgError(f"{path}: cannot be written ({error.strerror})") from error
    finally:
        Path(fresh).unlink(missing_ok=True)


def move_file(fresh: Path, path: Path) -> None:
    """Put a finished file in the place of another, readable for all whom the umask lets read."""
    fresh.chmod(0o666 & ~_umask())
    fresh.replace(path)


def point_to(link: Path, directory: Path) -> None:
    """Make a symbolic link lead to a finished directory beside or below it, in one step.

    Whoever follows the link finds the old directory or the new one; a plain directory of that name is moved out of
    the way first.
    """
    directory.chmod(0o777 & ~_umask())
    fresh = link.with_name(f".{link.name}-{directory.name}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(directory.relative_to(link.parent))
    if link.is_dir() and not link.is_symlink():
        link.rename(directory.with_name(f"{directory.name}-before"))
    fresh.replace(link)


@contextmanager
def only_writer(directory: Path) -> Iterator[None]:
    """Keep every other writer out of a directory, for as long as the process lives at most. Raises KgError.

    The lock is the kernel's, on the directory itself: a process that is killed leaves nothing behind that blocks.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
        handle = os.open(directory, os.O_RDONLY)
    except OSError as error:
        raise KgError(f"{directory}: cannot be written ({error.strerror})") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise KgError(f"another kg is writing to {directory}/: try again when it is done") from None
        yield
    finally:
        os.close(handle)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
