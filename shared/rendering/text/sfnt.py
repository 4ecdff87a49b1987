"""The tables of a TrueType or OpenType file (OpenType specification, "Organization of an OpenType
font"), as far as needed to replace tables in copies of a font."""

import struct

# Names of a font by their number (OpenType specification, "name").
FAMILY, _SUBFAMILY, FULL, _POSTSCRIPT, TYPOGRAPHIC = 1, 2, 4, 6, 16


def with_table(font: bytes, tag: bytes, table: bytes) -> bytes:
    """The font with its table `tag`, which it must have, replaced.

    The new table goes to the end. Its checksum stays zero, which none of our readers compares.
    """
    padded = font + b"\0" * (-len(font) % 4)
    entry = struct.pack(">4sIII", tag, 0, len(padded), len(table))
    at = _entries(font)[tag]
    return padded[:at] + entry + padded[at + 16 :] + table


def with_family(font: bytes, family: str) -> bytes:
    """The font under another name, by which a document can ask for it and get no other.

    Its `name` table (OpenType specification) is left with family, style, and PostScript name.
    """
    names = {FAMILY: family, _SUBFAMILY: "Regular", FULL: family, _POSTSCRIPT: family[:63]}
    storage, records = b"", b""
    for number, words in names.items():
        encoded = words.encode("utf-16-be")
        records += struct.pack(">6H", 3, 1, 0x409, number, len(encoded), len(storage))
        storage += encoded
    header = struct.pack(">3H", 0, len(names), 6 + len(records))
    return with_table(font, b"name", header + records + storage)


def tables(font: bytes) -> set[bytes]:
    """The tags of the tables that the directory lists."""
    return set(_entries(font))


def is_whole(font: bytes) -> bool:
    """Whether every table ends before the file does; struct.error if the directory does not."""
    spans = (struct.unpack_from(">II", font, at + 8) for at in _entries(font).values())
    return all(offset + length <= len(font) for offset, length in spans)


def table_of(font: bytes, tag: bytes) -> bytes:
    """The content of a table that the font must have."""
    offset, length = struct.unpack_from(">II", font, _entries(font)[tag] + 8)
    return font[offset : offset + length]


def _entries(font: bytes) -> dict[bytes, int]:
    """Where the directory describes each table."""
    count = struct.unpack_from(">H", font, 4)[0]
    return {font[at : at + 4]: at for at in range(12, 12 + 16 * count, 16)}
