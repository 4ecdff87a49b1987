"""Style and scripts: kept for a year, compressed once; and pages that are never compressed."""

import gzip
import re
from pathlib import Path

import httpx
import pytest

from tests.support.api_server import Invited, ana, api, default_event, server_url
from tests.support.one_database import database_url

__all__ = ["ana", "api", "database_url", "default_event", "server_url"]

FILES = Path("api/pages/static")


def addresses(page: str) -> list[str]:
    return re.findall(r'(?:href|src)="\./(static/[^"]+)"', page)


def plain(api: httpx.Client, address: str, **headers: str) -> httpx.Response:
    return api.get(address, headers={"Accept-Encoding": "identity", **headers})


def test_a_page_names_its_files_by_their_hash_and_they_are_kept_for_a_year(
    api: httpx.Client, ana: Invited
) -> None:
    named = addresses(api.get("/certificate", params={"token": ana.token}).text)
    assert {Path(one).name for one in named} == {
        *("seal.svg", "touch-icon.png", "page.css", "certificate.js")
    }
    for address in named:
        answer = plain(api, f"/{address}")
        assert answer.content == (FILES / Path(address).name).read_bytes()
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    # What the script imports lies beside it.
    folder = named[0].rpartition("/")[0]
    assert plain(api, f"/{folder}/reach.js").headers["cache-control"].endswith("immutable")


@pytest.mark.parametrize("address", ["static/page.css", "static/0123456789abcdef/page.css"])
def test_a_page_from_before_the_program_changed_still_has_its_style(
    api: httpx.Client, address: str
) -> None:
    answer = plain(api, f"/{address}")
    assert answer.content == (FILES / "page.css").read_bytes()
    assert answer.headers["cache-control"] == "no-cache"
    known = plain(api, f"/{address}", **{"If-None-Match": answer.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "gzip"),
        ("br;q=1.0, gzip;q=0.8", "gzip"),
        ("GZIP", "gzip"),
        ("gzip;q=0", None),
        ("gzip;q=0.000, identity", None),
        ("identity", None),
        ("x-gzip-like", None),
    ],
)
def test_files_are_compressed_for_whoever_takes_that(
    api: httpx.Client, accepted: str, encoding: str | None
) -> None:
    with api.stream("GET", "/static/page.css", headers={"Accept-Encoding": accepted}) as answer:
        content = b"".join(answer.iter_raw())
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["vary"].startswith("Accept-Encoding")
    whole = (FILES / "page.css").read_bytes()
    assert (gzip.decompress(content) if encoding else content) == whole
    assert len(content) < len(whole) / 3 or not encoding


def test_both_forms_of_a_file_have_tags_of_their_own(api: httpx.Client) -> None:
    tags = {
        api.get("/static/page.css", headers={"Accept-Encoding": one}).headers["etag"]
        for one in ("gzip", "identity")
    }
    assert len(tags) == 2


def test_a_page_with_a_personal_link_or_typed_text_is_never_compressed(
    api: httpx.Client, ana: Invited
) -> None:
    """Its length would tell what is in it (BREACH)."""
    token = {"token": ana.token}
    zipped = {"Accept-Encoding": "gzip", "Accept": "text/html"}
    answers = [
        *(api.get(path, params=token, headers=zipped) for path in ("/certificate", "/my-data")),
        api.get("/api/getUserInfo", params=token, headers=zipped),
        api.post("/certificate", data={**token, "name": "W" * 79}, headers=zipped),
        api.get("/certificate", params={"token": "wrong"}, headers=zipped),
        api.get("/", headers=zipped),
    ]
    assert {answer.headers.get("content-encoding") for answer in answers} == {None}
