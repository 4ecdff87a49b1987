"""The file of a backup: a ZIP with the rows of each table, a manifest, and perhaps sealed keys.

`tables/NAME.jsonl` are described in `tables`. `manifest.json` says what each of them must be, down
to its SHA-256. `keys.json` has the keys of the installation, sealed with a passphrase.
"""

import hashlib
import io
import json
import os
import re
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Annotated, Any, ClassVar, cast
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from shared.errors import ProductError
from shared.features.backup.tables import STORED, StoredColumn
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
class StoredTable:
    """The description of a table's file. `last_id` is the last id that the table ever gave, if it
    gives any."""

    columns: list[StoredColumn]
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
    tables: dict[str, StoredTable] = field(default_factory=dict)
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
        if not manifest.tables.keys() <= set(STORED):
            raise self.damaged(N_("its parts are not those that it names"))
        return manifest

    def sealed_keys(self) -> bytes:
        """Return the keys as they are sealed. Raises ProductError if they cannot be read."""
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
        """Yield the rows of a table. Raises ProductError at the end if they are not what was
        written."""
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
    """Open the backup at `path`. Raises ProductError when it is none, and OSError when there is no
    such file."""
    with path.open("rb") as file, ExitStack() as stack:
        try:
            archive = stack.enter_context(ZipFile(file))
            backup = BackupFile(path, archive)
        except UNREADABLE as fault:
            raise ProductError(NO_BACKUP, file=str(path)) from fault
        yield backup


# OWASP, “Password Storage”: 64 MB and a fifth of a second for each guess. Fixed for this format,
# since a file could ask for any amount of memory.
_COST, _BLOCK, _LANES = 2**16, 8, 2
_SALT_OCTETS, _NONCE_OCTETS = 16, 12


def seal_keys(keys: list[str], passphrase: str, manifest: bytes) -> bytes:
    """Return the keys sealed; they open only together with this very manifest, which is proven with
    them."""
    salt, nonce = os.urandom(_SALT_OCTETS), os.urandom(_NONCE_OCTETS)
    content = json.dumps(keys).encode()
    sealed = _cipher(passphrase, salt).encrypt(nonce, content, manifest)
    return json.dumps({"salt": _written(salt), "sealed": _written(nonce + sealed)}).encode()


def open_keys(sealed: bytes, passphrase: str, manifest: bytes) -> list[str]:
    """Return the keys. Raises ProductError for another passphrase, and for a manifest that was
    changed."""
    try:
        parts = json.loads(sealed)
        salt, content = b64decode(parts["salt"]), b64decode(parts["sealed"])
        cipher = _cipher(passphrase, salt)
        opened = cipher.decrypt(content[:_NONCE_OCTETS], content[_NONCE_OCTETS:], manifest)
        keys: list[str] = json.loads(opened)
    except (InvalidTag, ValueError, KeyError, TypeError):
        raise ProductError(
            N_(
                "The passphrase does not open the keys in this backup: it is another one's, or the "
                "file was changed. Nothing was done."
            )
        ) from None
    return keys


def read_passphrase(file: Path) -> str:
    """Return the text of the file, without the end of the line. Raises ProductError, and
    OSError."""
    try:
        passphrase = file.read_text(encoding="utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        passphrase = ""
    if not passphrase:
        raise ProductError(N_("{file} has no passphrase in it: one line of text."), file=str(file))
    return passphrase


def _cipher(passphrase: str, salt: bytes) -> ChaCha20Poly1305:
    derived = Scrypt(salt=salt, length=32, n=_COST, r=_BLOCK, p=_LANES)
    return ChaCha20Poly1305(derived.derive(passphrase.encode()))


def _written(content: bytes) -> str:
    return b64encode(content).decode()
