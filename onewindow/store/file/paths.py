"""Where a store's file may lie: safe creation, modes, and the refusal of network mounts and foreign files."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from onewindow.records.structs import frozen_struct
from onewindow.store.problems import Damaged, StoreProblem

APPLICATION_ID = 0x4F57_4E44
"""“OWND”, written into the header of every file of ours."""

MODE = 0o660
"""Of every file that a team shares."""
_PRIVATE = 0o600
_NETWORK_TYPES = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "beegfs"}
    | {"gfs2", "ocfs2", "virtiofs", "vboxsf", "vmhgfs", "davfs", "fuse"}
)
_LOCAL_FUSE = frozenset(
    {"fuse.ext4", "fuse.ntfs", "fuse.ntfs-3g", "fuse.exfat", "fuse.fuse-overlayfs", "fuseblk"}
)
_PIECE = 1 << 20
_SQLITE_MAGIC = b"SQLite format 3\x00"
_OUR_TABLE = b"CREATE TABLE change_set"
_LOOKED_THROUGH = 4 * 1024 * 1024
_HEADER_BYTES = 108
"""SQLite's file header and the beginning of the first page behind it (sqlite.org/fileformat2.html)."""


@frozen_struct
class Header:
    """What a SQLite file says of itself: whose it is, its schema version, and whether it has no tables."""

    owner: int
    version: int
    is_empty: bool


def create_file(path: Path, mode: int = MODE) -> None:
    """Make an empty file, if there is none; raises StoreProblem if the directory does not allow it.

    SQLite gives -wal and -shm the mode of the main file, so the mode must be right before the first open.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode)
        try:
            if hasattr(os, "fchmod"):
                os.fchmod(descriptor, mode)
        finally:
            os.close(descriptor)
    except OSError as error:
        if isinstance(error, FileExistsError) and path.parent.is_dir():
            return
        raise StoreProblem(
            f"{path} cannot be made: {error.strerror}; choose another place with --db."
        ) from error


def mode_in(directory: Path) -> int:
    """The mode of a file with clients' data in a directory: for its owner, or for a group that shares it."""
    try:
        is_shared = directory.stat().st_mode & stat.S_IWGRP
    except OSError:
        is_shared = False
    return MODE if is_shared else _PRIVATE


def write_private(path: Path, content: bytes | BinaryIO, *, is_new: bool = False) -> None:
    """Write a file that has the mode of `mode_in` whatever the umask is, whole on the disk at the end.

    `content` may be an open file, all of which is taken. `is_new` refuses one that exists (FileExistsError);
    raises OSError if it cannot be written.
    """
    mode = mode_in(path.parent)
    flags = os.O_WRONLY | os.O_CREAT | (os.O_EXCL if is_new else os.O_TRUNC)
    with open(os.open(path, flags, mode), "wb") as file:  # noqa: PTH123  the mode is that of the handle
        # /dev/null and its like are everybody's: their mode is not ours, and they reach no disk.
        is_file = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
        if is_file and hasattr(os, "fchmod"):
            os.fchmod(file.fileno(), mode)
        if isinstance(content, bytes):
            file.write(content)
        else:
            content.seek(0)
            while piece := content.read(_PIECE):
                file.write(piece)
        file.flush()
        if is_file:
            os.fsync(file.fileno())


def resolved(path: Path) -> Path:
    """The path without links and `~`; raises StoreProblem for links that lead in a circle."""
    try:
        return path.expanduser().resolve()
    except (RuntimeError, OSError) as error:
        raise StoreProblem(
            f"{path} cannot be found: its links lead in a circle; name another with --db."
        ) from error


def file_system_type(path: Path, mountinfo: Path = Path("/proc/self/mountinfo")) -> str:
    """The type of the file system that holds the path, or '' where the system does not tell."""
    try:
        device = path.stat().st_dev
        wanted = f"{os.major(device)}:{os.minor(device)}"
        lines = mountinfo.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    for line in lines:
        mount, _, system = line.partition(" - ")
        if mount.split()[2:3] == [wanted]:
            return system.split(" ")[0]
    return ""


def is_network_type(name: str) -> bool:
    """Whether another computer may see such a file system: SQLite's locks do not reach it."""
    return name in _NETWORK_TYPES or (name.startswith("fuse.") and name not in _LOCAL_FUSE)


def validate_local_disk(path: Path) -> None:
    """Raise StoreProblem if the file lies on a network mount: acknowledged changes get lost there."""
    place = path
    while not place.exists() and place != place.parent:
        place = place.parent
    name = file_system_type(place)
    if is_network_type(name):
        raise StoreProblem(
            f"{path} lies on a network mount ({name}), where changes can get lost; "
            "put the file on the server's own disk and log in there."
        )


def read_header(path: Path) -> Header | None:
    """What an existing file says of itself, None if it is empty; SQLite does not touch the file for this.

    Raises StoreProblem if it is plainly not a SQLite file.
    """
    if not path.is_file():
        raise StoreProblem(f"{path} is not a file; name a database file with --db.")
    with path.open("rb") as file:
        head = file.read(_HEADER_BYTES)
    if not head:
        return None
    if not head.startswith(_SQLITE_MAGIC):
        validate_header(path)
        raise StoreProblem(f"{path} is not a One Window file; nothing was changed. Name another with --db.")
    return Header(
        owner=int.from_bytes(head[68:72], "big"),
        version=int.from_bytes(head[60:64], "big"),
        is_empty=head[103:105] == b"\x00\x00",
    )


def mode_of(path: Path) -> int:
    """Who may read and write a file."""
    return stat.S_IMODE(path.stat().st_mode)


def validate_header(path: Path) -> None:
    """Raise Damaged for a file without a head in which tables of ours can still be seen."""
    with path.open("rb") as file:
        if _OUR_TABLE in file.read(_LOOKED_THROUGH):
            raise Damaged(
                f"{path} is damaged at its beginning; nothing was changed. Restore a backup with "
                "`onewindow db restore`, or save what it still holds with `onewindow db salvage`."
            )


def place_of(path: Path) -> tuple[int, int] | None:
    """What tells a file from any other one that stands at its path some time: None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def validate_writable(path: Path) -> None:
    """Raise StoreProblem if this person may not read and write the file."""
    if not os.access(path, os.R_OK | os.W_OK):
        raise StoreProblem(
            f"{path} may not be read and written by you; ask its owner for: chmod g+rw {path}."
        )


def validate_content(path: Path, *, create: bool) -> None:
    """Raise StoreProblem for an empty file where a filled one is expected.

    SQLite would take it for a new database and throw away a log of changes that lies beside it.
    """
    log = path.with_name(path.name + "-wal")
    if not create or (log.exists() and log.stat().st_size):
        raise StoreProblem(
            f"{path} is empty; restore a backup with `onewindow db restore`, or remove it to begin anew."
        )


def sync(path: Path) -> None:
    """Wait until a file or directory is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:  # some systems cannot do it for a directory
        if path.is_file():
            raise
    finally:
        os.close(descriptor)


def sharing_advice(path: Path) -> list[str]:
    """Commands that make a shared directory safe for a team, empty if it is private or already right."""
    directory = path.parent.stat()
    file = path.stat()
    advice: list[str] = []
    if not directory.st_mode & stat.S_IWGRP:
        return advice
    if not directory.st_mode & stat.S_ISGID:
        advice.append(f"chmod g+s {path.parent}")
    if stat.S_IMODE(file.st_mode) != MODE:
        advice.append(f"chmod 660 {path}")
    if file.st_gid != directory.st_gid:
        advice.append(f"chgrp --reference={path.parent} {path}")
    return advice
