"""ZIP archives of the same bytes on every machine.

What `zipfile` writes depends on the zlib that Python was built with (zlib, zlib-ng and others compress differently),
so members are compressed by libdeflate, whose version the lock file pins, and carry neither time nor owner.
Reads and writes bytes; knows nothing of what is in them. Layout: PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12, 4.3.16.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Iterator

import deflate

LEVEL = 6  # beyond it a twentieth smaller for twice the time
DAY = 0x21  # 1980-01-01, the first day that the format can express
VERSION, UTF8, DEFLATED = 20, 0x800, 8


def pack(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Named members, in order, as one archive.

    Raises:
        ValueError: the archive would need ZIP64 (a member or the whole is over 4 GiB, or over 65,535 members).
    """
    out = io.BytesIO()
    directory: list[bytes] = []
    for name, data in parts:
        packed = deflate.deflate_compress(data, LEVEL)
        path = name.encode("utf-8")
        if max(len(data), len(packed), out.tell()) > 0xFFFFFFFF or len(directory) >= 0xFFFF:
            raise ValueError(f"{name}: the archive is too large for the ZIP format without extensions")
        about = struct.pack(
            "<HHHHHLLLHH", VERSION, UTF8, DEFLATED, 0, DAY, deflate.crc32(data), len(packed), len(data), len(path), 0
        )
        place = out.tell()
        out.write(b"PK\3\4" + about + path + packed)
        directory.append(
            b"PK\1\2" + struct.pack("<H", VERSION) + about + struct.pack("<HHHLL", 0, 0, 0, 0, place) + path
        )
    start = out.tell()
    for entry in directory:
        out.write(entry)
    size = out.tell() - start
    out.write(b"PK\5\6" + struct.pack("<HHHHLLH", 0, 0, len(directory), len(directory), size, start, 0))
    return out.getvalue()


def members(archive: bytes) -> Iterator[tuple[str, bytes]]:
    """Names and contents of an archive's members, in order."""
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        for info in source.infolist():
            yield info.filename, source.read(info)
