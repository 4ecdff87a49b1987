"""What a file carries is found wherever certificates have it, and whatever else it is, in time."""

import io
import itertools
import zlib
from collections.abc import Callable, Iterator

import pikepdf
import pytest

from shared.budgets import VERIFIED_FILE
from shared.certificates.credentials import carried
from shared.certificates.credentials.carried import Carried, FileReader
from tests.support.carriers import chunk, pdf_with, photo_of_code, png_with

ONE, OTHER = b'{"name": "\xe8\x8e\xab"}', b'{"name": "Bo"}'


@pytest.fixture(scope="module")
def reader() -> Iterator[FileReader]:
    with FileReader() as reader:
        yield reader


@pytest.mark.parametrize(
    "content",
    [
        ONE,
        pdf_with(ONE),
        pdf_with(ONE, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        # Opens without a password, as many programs lock changes.
        pdf_with(ONE, encryption=pikepdf.Encryption(owner="secret", user="")),
        png_with(chunk(ONE)),
    ],
)
def test_the_one_credential_of_a_file_is_found(reader: FileReader, content: bytes) -> None:
    assert reader.carried_by(content) == Carried(ONE)


def _huge_png() -> bytes:
    """Of 900 million pixels, as it says itself."""
    data = b"IHDR" + (30_000).to_bytes(4) * 2 + b"\x08\0\0\0\0"
    ends = (data, b"IDAT", b"IEND")
    parts = ((len(one) - 4).to_bytes(4) + one + zlib.crc32(one).to_bytes(4) for one in ends)
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _of_many_objects() -> bytes:
    some = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>")
    each = enumerate((*some, *[b"<</A(a)>>"] * 100_000), 1)
    objects = [b"%PDF-1.7\n", *(b"%d 0 obj%sendobj\n" % one for one in each)]
    places = list(itertools.accumulate(map(len, objects)))
    table = b"".join(b"%010d 00000 n \n" % place for place in places[:-1])
    ends = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects), places[-1])
    beginning = b"xref\n0 %d\n0000000000 65535 f \n" % len(objects)
    return b"".join((*objects, beginning, table, ends))


def _packed_twice() -> bytes:
    """An attachment of some hundred octets that becomes 30 MB."""
    stuffed = zlib.compress(zlib.compress(bytes(30_000_000), 1), 1)
    with pikepdf.new() as document:
        document.add_blank_page()
        attached = pikepdf.AttachedFileSpec(document, b"{}", filename=carried.ATTACHMENT)
        document.attachments["0"] = attached
        twice = pikepdf.Array([pikepdf.Name.FlateDecode] * 2)
        attached.obj.EF.F.write(stuffed, filter=twice)
        written = io.BytesIO()
        document.save(written, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return written.getvalue()


OTHERWISE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "nothing in a PDF": (carried.NOTHING, pdf_with),
    "nothing in a picture": (carried.NOTHING, png_with),
    "another attachment": (carried.NOTHING, lambda: pdf_with(ONE, name="list.json")),
    "two in a PDF": (carried.SEVERAL, lambda: pdf_with(ONE, OTHER)),
    "the same twice": (carried.SEVERAL, lambda: png_with(chunk(ONE), chunk(ONE))),
    "a packed chunk": (carried.PACKED, lambda: png_with(chunk(ONE, b"\1"))),
    "a packed bomb": (carried.PACKED, lambda: png_with(chunk(bytes(5_000_000), b"\1"))),
    "a damaged chunk": (carried.DAMAGED, lambda: png_with(chunk(ONE)).replace(ONE, OTHER[:16])),
    "a locked PDF": (
        carried.LOCKED,
        lambda: pdf_with(ONE, encryption=pikepdf.Encryption(owner="a", user="b")),
    ),
    "a cut PDF": (carried.DAMAGED, lambda: pdf_with(ONE)[:200]),
    "a bomb in a PDF": (carried.TOO_MUCH, lambda: pdf_with(bytes(20_000_000))),
    "a bomb in a bomb": (carried.TOO_MUCH, _packed_twice),
    "100 000 objects": (carried.NOTHING, _of_many_objects),
    "a large credential": (carried.TOO_MUCH, lambda: b"{" + b" " * 100_000),
    "a picture of 900 megapixels": (carried.TOO_MUCH, _huge_png),
    "a large file": (carried.TOO_MUCH, lambda: bytes(VERIFIED_FILE.most + 1)),
    "no such file": (carried.UNKNOWN, lambda: b"PK\3\4"),
    "an empty file": (carried.UNKNOWN, lambda: b""),
    "no UTF-8": (carried.DAMAGED, lambda: b'{"\xff'),
    "half a picture": (carried.DAMAGED, lambda: png_with()[:50]),
}


@pytest.mark.parametrize("what", OTHERWISE)
def test_of_any_other_file_it_is_said_why_there_is_none(reader: FileReader, what: str) -> None:
    why, content = OTHERWISE[what]
    assert reader.carried_by(content()) == Carried(why=why)
    # Whatever became of the process.
    assert reader.carried_by(ONE) == Carried(ONE)


def test_a_picture_without_a_credential_leads_where_its_code_says(reader: FileReader) -> None:
    address = "https://thanks.example.org/verify/Zm9vYmFyYmF6cXV4"
    found = reader.carried_by(photo_of_code(address))
    assert found == Carried(why=carried.NOTHING, codes=(address,))
