"""`certs render`: a bad line does not stop the others, and no file is incomplete."""

import errno
import os
import resource
import subprocess
import sys

import pytest

from shared.errors import SettingRefused
from tests.support.batches import place, reported, run, write_list

__all__ = ["place"]


def test_dates_as_spreadsheets_write_them_are_dates(place):
    written = ["2026-11-24", "2026/11/24", "2026.11.24", "2026年11月24日", "46350"]
    written += ["2026/11/24 0:00:00", "2026-11-24T00:00:00"]
    names = write_list(place, [["name", "date"], *(["Ana", text] for text in written)])
    run(place, names, language="zh")
    dates = [
        field["lines"] for line in reported(place) for field in line["fields"]
        if field["id"] == "date"
    ]  # fmt: skip
    assert dates == [["2026年11月24日"]] * len(written)


def test_the_column_language_decides_how_a_persons_date_is_written(place):
    rows = [["Ana", "English"], ["Bo", "中文"], ["Eva", "Spanish"], ["Lu", ""]]
    names = write_list(
        place, [["name", "Language", "date"], *([*row, "2026-11-24"] for row in rows)]
    )
    run(place, names, language="zh")
    dates = [
        field["lines"][0] for line in reported(place) for field in line["fields"]
        if field["id"] == "date"
    ]  # fmt: skip
    assert dates == ["November 24, 2026", *["2026年11月24日"] * 3]


def test_what_is_no_date_refuses_its_own_line_only(place):
    rows = [["name", "date"], ["Ana", "24.11.2026"], ["Bo", "2026-02-30"], ["Eva", "2026/11/24"]]
    summary = run(place, write_list(place, rows))
    assert [(one.line, one.problem) for one in summary.refused] == [
        (2, "“24.11.2026” is not a date like 2026-11-24."),
        (3, "“2026-02-30” is not a date like 2026-11-24."),
    ]
    assert summary.outcomes[2].files == ("4-Eva.png",)


def test_a_line_that_says_the_same_as_an_earlier_one_is_noticed(place):
    rows = [["name", "number"], ["Ana", "1"], ["Bo", "2"], ["Ana", "1"], ["Ana", "3"]]
    summary = run(place, write_list(place, rows))
    assert [(one.line, one.same_as) for one in summary.repeated] == [(4, 2)]
    assert [line["same_as"] for line in reported(place)] == [None, None, 2, None]
    assert len(list((place / "out").glob("*.png"))) == 4


def test_of_a_secret_column_only_a_mask_stands_on_certificates_and_in_the_report(place):
    cards = ["110101199003072316", "11010119900307231X"]
    rows = [["name", "Role"], *(["Ana", card] for card in cards), ["Bo", ""]]
    summary = run(place, write_list(place, rows), secrets=("Role",))
    masks = [
        field["lines"] for line in reported(place) for field in line["fields"]
        if field["id"] == "role"
    ]  # fmt: skip
    assert masks == [["110************316"], ["110************31X"]]
    assert not summary.repeated
    assert not any(card in (place / "report.jsonl").read_text() for card in cards)


def test_two_whose_secrets_have_one_mask_are_two_people(place):
    rows = [["name", "Role"], ["Ana", "110101199003072316"], ["Ana", "110202199003072316"]]
    assert not run(place, write_list(place, rows), secrets=("Role",)).repeated


@pytest.mark.parametrize("title", ["card", "name"])
def test_a_secret_that_is_no_further_column_is_refused_before_anything_is_made(place, title):
    names = write_list(place, [["name", "Role"], ["Ana", "Cook"]])
    with pytest.raises(SettingRefused, match="--secret"):
        run(place, names, secrets=(title,))
    assert not (place / "out").exists()


def test_resuming_makes_what_is_missing_and_keeps_what_is_there(place):
    names = write_list(place, [["Ana"], ["Bo"]])
    first = run(place, names)
    ana, bo = (place / "out" / one.files[0] for one in first.outcomes)
    content = bo.read_bytes()
    bo.unlink()
    ana.write_bytes(b"kept")
    again = run(place, names, resume=True)
    assert (ana.read_bytes(), bo.read_bytes()) == (b"kept", content)
    assert again.outcomes == first.outcomes
    assert run(place, names).is_fine()
    assert ana.read_bytes() != b"kept"


def test_the_report_belongs_to_this_run(place):
    (place / "report.jsonl").write_text('{"line": 99}\n' * 50)
    run(place, write_list(place, [["Ana"]]))
    assert [line["line"] for line in reported(place)] == [1]


def rendered(place, names, *options, limit=None):
    """`certs render` as a process whose files may have `limit` bytes at most."""
    command = [
        sys.executable, "-m", "shared", "render", "--template", place / "template.png",
        "--layout", place / "layout.json", "--names", names, "--out", place / "out",
        "--format", "png", *options,
    ]  # fmt: skip

    def restrict():
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(command, capture_output=True, text=True, preexec_fn=restrict)


def test_a_file_that_finds_no_room_is_not_left_in_part_and_a_sentence_says_so(place):
    done = rendered(place, write_list(place, [["Ana"]]), limit=2_000)
    assert done.returncode == 1
    assert os.strerror(errno.EFBIG) in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert list((place / "out").iterdir()) == []


def test_the_last_line_counts_who_was_refused(place):
    names = write_list(place, [["name", "date"], ["Ana", ""], ["Bo", "soon"], ["Ana", ""]])
    lines = rendered(place, names).stdout.splitlines()
    # Above them stands what was found in the template.
    assert lines[-3:-1] == [
        "line 3: “soon” is not a date like 2026-11-24.",
        "line 4: the same as line 2",
    ]
    assert lines[-1].endswith("1 refused, 0 to look at")
