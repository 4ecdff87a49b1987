"""The file of a backup: a ZIP with the rows of each table, a manifest, and perhaps sealed keys.

`tables/NAME.jsonl` are described in `rows`. `manifest.json` says what each of them must be, down to
its SHA-256. `keys.json` is described in `sealed_keys`.
"""

import hashlib
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Annotated, Any, ClassVar, cast
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from shared.backup.rows import Column
from shared.backup.tables import stored_tables
from shared.errors import ProductError
from shared.language import N_

FORMAT = "volunteer-certificates backup"
FORMAT_VERSION = 1
MANIFEST, KEYS = "manifest.json", "keys.json"
# The fastest of zlib's, and nearly as small.
_LEVEL = 1
# Of a manifest, and of sealed keys: what is longer is none of ours.
_LONGEST_PART = 2**20
# A row with the largest template in it, and room to spare.
LONGEST_LINE = 256 * 2**20
# Rows of lists shrink to a tenth, rarely to a hundredth; a bomb of this format to a thousandth.
_MOST_TIMES_LARGER = 300
_READ_AT_ONCE = 2**20
# All that reading a ZIP raises, by zipfile's documentation and source, and by what `json` does with
# what is no text, or too deep.
UNREADABLE = (
    *(BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError, ValueError),
    *(KeyError, TypeError, AttributeError, RecursionError),
)

DAMAGED = N_("{file} is damaged: {reason}. Nothing was done; take another copy.")
NO_BACKUP = N_("{file} is no backup of this program, or was cut short. Nothing was done.")


# A version, a revision, a time or a hash.
_PLAIN = r"^[\w.:+ -]{1,100}$"
_Plain = Annotated[str, Field(pattern=_PLAIN)]


@dataclass(frozen=True)
class Table:
    """What the file of a table must be. `last_id` is the last id that it ever gave, if it does."""

    columns: list[Column]
    rows: int
    bytes: int
    sha256: str
    last_id: int | None = None


@dataclass(frozen=True)
class Manifest:
    # What this version does not know, it would leave out.
    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")

    product: _Plain
    schema: _Plain
    engine: _Plain
    made_at: _Plain
    # Keyed hashes of the keys that what is sealed may be sealed with, newest first.
    keys: list[_Plain]
    has_keys: bool
    tables: dict[str, Table] = field(default_factory=dict)
    format: str = FORMAT
    format_version: int = FORMAT_VERSION

    @property
    def total(self) -> int:
        return sum(table.rows for table in self.tables.values())

    def written(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()


def write_part(archive: ZipFile, name: str, content: bytes) -> None:
    archive.writestr(_entry(name), content)


@contextmanager
def writing_table(archive: ZipFile, name: str) -> Iterator[IO[bytes]]:
    with archive.open(_entry(f"tables/{name}.jsonl"), "w", force_zip64=True) as part:
        yield part


def _entry(name: str) -> ZipInfo:
    # The time of each part is the manifest's.
    entry = ZipInfo(name)
    entry.compress_type, entry._compresslevel = ZIP_DEFLATED, _LEVEL  # type: ignore[attr-defined]
    entry.external_attr = 0o600 << 16
    return entry


class BackupFile:
    """A backup that is read. Nothing in it names a place to write to."""

    def __init__(self, path: Path, archive: ZipFile) -> None:
        self._name, self._archive = str(path), archive
        entries = archive.infolist()
        self._entries = {entry.filename: entry for entry in entries}
        if len(self._entries) != len(entries) or MANIFEST not in self._entries:
            raise ProductError(NO_BACKUP, file=self._name)
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > _MOST_TIMES_LARGER * path.stat().st_size + _LONGEST_PART:
            raise self.damaged(N_("it would become far too large"))
        self.written_manifest = self._part(MANIFEST)
        self.manifest = self._described(json.loads(self.written_manifest))
        wanted = {MANIFEST, *(f"tables/{name}.jsonl" for name in self.manifest.tables)}
        if self.manifest.has_keys:
            wanted.add(KEYS)
        if wanted != self._entries.keys():
            raise self.damaged(N_("its parts are not those that it names"))

    def damaged(self, what: str) -> ProductError:
        return ProductError(DAMAGED, file=self._name, reason=what)

    def _described(self, said: Mapping[str, Any]) -> Manifest:
        if said["format"] != FORMAT:
            raise ProductError(NO_BACKUP, file=self._name)
        if said["format_version"] != FORMAT_VERSION:
            product = str(said["product"])
            raise ProductError(
                N_(
                    "{file} was made by version {product}, whose backups this version does not "
                    "read. Restore it with that version or a newer one."
                ),
                file=self._name,
                product=product if re.fullmatch(_PLAIN, product) else "",
            )
        try:
            manifest = TypeAdapter(Manifest).validate_python(said)
        except ValidationError as fault:
            raise self.damaged(N_("its manifest cannot be read")) from fault
        if not manifest.tables.keys() <= set(stored_tables(manifest.schema)):
            raise self.damaged(N_("its parts are not those that it names"))
        return manifest

    def sealed_keys(self) -> bytes:
        """Raises ProductError."""
        try:
            return self._part(KEYS)
        except UNREADABLE as fault:
            raise self.damaged(KEYS) from fault

    def _part(self, name: str) -> bytes:
        with self._archive.open(self._entries[name]) as part:
            content = part.read(_LONGEST_PART + 1)
        if len(content) > _LONGEST_PART:
            raise self.damaged(N_("its manifest cannot be read"))
        return content

    def lines(self, name: str) -> Iterator[bytes]:
        """The rows of a table. Raises ProductError at the end if they are not what was written."""
        table = self.manifest.tables[name]
        entry, digest, rows = self._entries[f"tables/{name}.jsonl"], hashlib.sha256(), 0
        if entry.file_size != table.bytes:
            raise self.damaged(name)
        try:
            with self._archive.open(entry) as part:
                read = io.BufferedReader(cast(io.RawIOBase, part), _READ_AT_ONCE)
                while line := read.readline(LONGEST_LINE):
                    if not line.endswith(b"\n"):
                        raise self.damaged(name)
                    digest.update(line)
                    rows += 1
                    yield line
        except UNREADABLE as fault:
            raise self.damaged(name) from fault
        if (digest.hexdigest(), rows) != (table.sha256, table.rows):
            raise self.damaged(name)


@contextmanager
def opened(path: Path) -> Iterator[BackupFile]:
    """The backup at `path`. Raises ProductError when it is none, and OSError when there is no such
    file."""
    with path.open("rb") as file, ExitStack() as stack:
        try:
            archive = stack.enter_context(ZipFile(file))
            backup = BackupFile(path, archive)
        except UNREADABLE as fault:
            raise ProductError(NO_BACKUP, file=str(path)) from fault
        yield backup
