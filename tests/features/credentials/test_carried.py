"""What a file carries is found wherever certificates have it, and whatever else it is, in time."""

import dataclasses
import io
import itertools
import zlib
from collections.abc import Callable, Iterator

import pikepdf
import pytest
from PIL import Image, ImageOps

from shared.budgets import VERIFIED_FILE
from shared.features.credentials import carried
from shared.features.credentials.carried import Carried, FileReader
from tests.support.carriers import (
    SMALL_PHOTOS,
    chunk,
    heic,
    jpeg_of_scans,
    packed_pdf,
    pdf_with,
    photo_of_code,
    png_with,
    small_photo,
)

ONE, OTHER = b'{"name": "\xe8\x8e\xab"}', b'{"name": "Bo"}'


@pytest.fixture(scope="module")
def reader() -> Iterator[FileReader]:
    with FileReader() as reader:
        # It is the processor's seconds that are promised, however busy the machine is.
        reader._limits = dataclasses.replace(reader._limits, seconds=150)
        yield reader


@pytest.mark.parametrize(
    "content",
    [
        ONE,
        pdf_with(ONE),
        pdf_with(ONE, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        # Opens without a password, as many programs lock changes.
        *(
            pdf_with(ONE, encryption=pikepdf.Encryption(owner="secret", user="", R=version, **more))
            for version, more in ((6, {}), (4, {}), (3, {"aes": False, "metadata": False}))
        ),
        packed_pdf(zlib.compress(ONE), "FlateDecode"),
        packed_pdf(zlib.compress(ONE), "FlateDecode", Predictor=1),
        packed_pdf(ONE),
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


ZEROS = bytes(400_000_000)


def _of_many_chunks() -> bytes:
    return png_with(*[b"\0\0\0\0zzZz" + zlib.crc32(b"zzZz").to_bytes(4)] * 25_000)


def _predicted() -> bytes:
    """Rows of one octet, each with the PNG predictor "none" before it."""
    rows = zlib.compress(b"".join(b"\0" + bytes([one]) for one in ONE))
    return packed_pdf(rows, "FlateDecode", Predictor=12, Columns=1)


OTHERWISE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "nothing in a PDF": (carried.NOTHING, pdf_with),
    "nothing in a picture": (carried.NO_CODE, png_with),
    "a photo without a code": (carried.NO_CODE, lambda: png_with(picture=Image.new("L", (9, 900)))),
    "a photo as phones keep them": (carried.HEIC, lambda: heic(Image.new("RGB", (64, 64), "red"))),
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
    "a bomb in a bomb": (
        carried.PACKED_PDF,
        lambda: packed_pdf(zlib.compress(zlib.compress(ZEROS, 9), 9), "FlateDecode", "FlateDecode"),
    ),
    "a bomb of runs": (carried.PACKED_PDF, lambda: packed_pdf(b"\x81\0" * 9999, "RunLengthDecode")),
    "a predictor": (carried.PACKED_PDF, _predicted),
    "a JPEG of 5 000 scans": (carried.TOO_MUCH, lambda: jpeg_of_scans(5000, (300, 200))),
    "a PNG of 25 000 chunks": (carried.TOO_MUCH, _of_many_chunks),
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


ADDRESS = "https://thanks.example.org/verify/Zk3nJw0qT5d7Vb1xUe9aHg"


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_of_six_small_photos_a_little_out_of_focus_at_least_five_are_read(
    reader: FileReader, kind: str
) -> None:
    found = [reader.carried_by(small_photo(ADDRESS, *one, kind)).codes for one in SMALL_PHOTOS]
    assert found.count((ADDRESS,)) >= 5


def test_the_largest_picture_is_still_read_within_the_limits(reader: FileReader) -> None:
    """40 megapixels as PNG, in colour, of which nothing can be left out while it is decoded."""
    photo = Image.open(io.BytesIO(photo_of_code(ADDRESS)))
    written = io.BytesIO()
    ImageOps.fit(photo, (7500, 5300)).save(written, "PNG", compress_level=1)
    assert reader.carried_by(written.getvalue()).codes == (ADDRESS,)
