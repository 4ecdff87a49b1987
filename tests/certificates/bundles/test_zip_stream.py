"""A ZIP that is sent while it is made is one that every program unpacks."""

import datetime
import io
import tracemalloc
import zipfile
from collections.abc import Iterator

import pytest

from shared.certificates.bundles import zip_of

DAY = datetime.date(2026, 5, 1)


def pieces(files: dict[str, bytes]) -> Iterator[bytes]:
    return zip_of((name, content, DAY) for name, content in files.items())


FILES = {"1 王小明.jpg": b"\xff\xd8one", "2 Ana.jpg": b"", "folded/3.jpg": bytes(100_000)}


def test_it_unpacks_to_what_was_put_in_with_names_in_utf_8_and_their_days():
    archive = zipfile.ZipFile(io.BytesIO(b"".join(pieces(FILES))))
    assert archive.testzip() is None
    assert {name: archive.read(name) for name in archive.namelist()} == FILES
    assert {one.date_time for one in archive.infolist()} == {(2026, 5, 1, 0, 0, 0)}
    assert archive.infolist()[0].flag_bits & 0x800
    assert {one.compress_type for one in archive.infolist()} == {zipfile.ZIP_STORED}


def test_each_header_says_the_length_so_that_it_unpacks_while_it_arrives():
    for name, piece in zip(FILES, pieces(FILES), strict=False):
        content = FILES[name]
        assert piece.endswith(content)
        assert int.from_bytes(piece[6:8], "little") & 0x08 == 0
        assert int.from_bytes(piece[18:22], "little") == len(content)


def test_the_same_files_are_the_same_bytes():
    assert b"".join(pieces(FILES)) == b"".join(pieces(FILES))


def test_nothing_stays_in_memory_of_what_was_sent():
    content = bytes(10_000_000)
    tracemalloc.start()
    for piece in zip_of((f"{number}.jpg", content, DAY) for number in range(5)):
        del piece
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 3 * len(content)


def test_beyond_65_535_files_it_is_a_zip64():
    content = b"".join(pieces({f"{number}.txt": b"" for number in range(65_600)}))
    assert b"PK\x06\x06" in content[-200:]
    assert len(zipfile.ZipFile(io.BytesIO(content)).namelist()) == 65_600


def test_a_day_before_1980_is_the_first_that_zip_knows():
    content = b"".join(zip_of([("a.jpg", b"a", datetime.date(1912, 1, 1))]))
    (entry,) = zipfile.ZipFile(io.BytesIO(content)).infolist()
    assert entry.date_time[0] == 1980


@pytest.mark.parametrize("name", ["a.jpg", "王.jpg"])
def test_a_name_is_kept_as_it_is(name: str):
    archive = zipfile.ZipFile(io.BytesIO(b"".join(pieces({name: b"x"}))))
    assert archive.namelist() == [name]
