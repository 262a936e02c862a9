"""Files that are either the old ones or the new ones, whole, and never something in between."""

from __future__ import annotations

import os
import shutil
import tempfile
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


def move_directory(fresh: Path, directory: Path) -> None:
    """Put a finished directory in the place of another; where that fails, the old one is back."""
    fresh.chmod(0o777 & ~_umask())
    old = Path(tempfile.mkdtemp(prefix=f".{directory.name}-old-", dir=directory.parent))
    try:
        if directory.exists():
            directory.rename(old / directory.name)
        try:
            fresh.rename(directory)
        except OSError:
            if (old / directory.name).exists():
                (old / directory.name).rename(directory)
            raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
