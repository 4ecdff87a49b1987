"""Code that reads an untrusted file can only take its own process down."""

import socket
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from shared import confined, reading_places, sandbox
from shared.confined import Broken, Limits, Reader, answers
from shared.errors import ReadersBusy
from tests.support import confined_escapes, confined_reading, confined_work
from tests.support.confined_work import file_is_read
from tests.support.mailing import wait_until

LIMITS = Limits(memory=500_000_000, cpu_seconds=1, seconds=30, answer=100_000)


def asked(request: str, content: bytes = b"", limits: Limits = LIMITS) -> list[object]:
    return list(answers(confined_work.__name__, request, content, limits))


def test_it_has_the_file_and_no_secrets(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ADMIN_TOKEN", "secret")
    (request, length, environment), done = asked("hello", bytes(3_000_000))
    assert (request, length, done) == ("hello", 3_000_000, "done")
    assert "ADMIN_TOKEN" not in environment


@pytest.mark.parametrize("request_", ["memory", "time", "crash", "babble"])
def test_what_takes_too_much_or_crashes_ends_alone(request_: str):
    with pytest.raises(Broken):
        asked(request_)


def test_nothing_can_be_written_to_a_file(tmp_path: Path):
    file = tmp_path / "file"
    with pytest.raises(Broken):
        asked("write", str(file).encode())
    # Where it may be opened, it takes not a byte.
    assert not file.exists() or file.read_bytes() == b""


@pytest.mark.parametrize("made_up", [[2, "QQ=="], [-1, "QQ=="], ["x", "QQ=="], [0, "Q"], [0], 7])
def test_parts_that_nobody_asked_for_are_no_answer(made_up: object):
    assert confined.joined([(1, "QQ=="), (0, "Qg==")], 2) == [b"B", b"A"]
    with pytest.raises(Broken):
        confined.joined([made_up], 2)  # type: ignore[list-item]


def test_what_hangs_is_ended_by_the_clock():
    with pytest.raises(Broken):
        asked("forever", limits=Limits(500_000_000, 1, 1, 100_000))


def test_a_file_that_nobody_reads_to_its_end_is_no_error_of_ours():
    with pytest.raises(Broken):
        list(answers("shared.no_such_module", "hello", bytes(3_000_000), LIMITS))


def test_one_process_reads_many_contents_and_another_goes_on_after_its_end():
    limits = Limits(memory=500_000_000, cpu_seconds=1, seconds=30, answer=100)
    with Reader(confined_reading.__name__, limits) as reader:
        for content in (b"", bytes(1_000_000)):
            assert reader.ask("hello", content) == ["hello", len(content)]
        for request in ("crash", "forever", "x" * 200):
            with pytest.raises(Broken):
                reader.ask(request, b"")
            assert reader.ask("hello", b"a") == ["hello", 1]


def test_a_process_that_never_starts_says_nothing_about_the_content():
    with Reader("shared.no_such_module", LIMITS) as reader, pytest.raises(OSError, match="start"):
        reader.ask("hello", b"")


def finds_no_place(event: int | None) -> bool:
    try:
        with file_is_read(event):
            return False
    except ReadersBusy:
        return True


def test_an_event_has_one_file_read_at_a_time_and_all_have_two(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading_places, "_PATIENCE_SECONDS", 0.1)
    with file_is_read(1):
        assert finds_no_place(1)
        with file_is_read(2):
            assert finds_no_place(3)
        assert not finds_no_place(3)
    assert not finds_no_place(1)


def test_what_belongs_to_no_event_has_a_place_of_its_own(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading_places, "_PATIENCE_SECONDS", 0.1)
    with file_is_read(None):
        assert finds_no_place(None)
        with file_is_read(1), file_is_read(2):
            pass
    with file_is_read(1), file_is_read(2), file_is_read(None):
        pass


def test_what_is_made_of_a_file_in_this_process_takes_the_place_of_a_file(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(reading_places, "_PATIENCE_SECONDS", 0.1)
    with ThreadPoolExecutor(1) as others:
        with reading_places.for_event(1), reading_places.shared_place(), file_is_read(1):
            assert others.submit(finds_no_place, 1).result()
            with file_is_read(None):
                assert not others.submit(finds_no_place, 2).result()
        assert not others.submit(finds_no_place, 1).result()


def test_who_waits_goes_on_when_a_file_is_read():
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(finds_no_place, [1, 1, 1])) == [False] * 3


def test_of_many_who_wait_with_one_event_most_are_told_so_at_once():
    """Each holds a thread, which others need."""
    with ThreadPoolExecutor(8) as pool, file_is_read(1):
        asked = [pool.submit(finds_no_place, 1) for _ in range(8)]
        wait_until(lambda: sum(one.done() for one in asked) == 5)
        assert not finds_no_place(2)
    assert sorted(one.result() for one in asked) == [False] * 3 + [True] * 5


@pytest.mark.parametrize("may_write", [False, True])
def test_no_way_leads_out_of_it(tmp_path: Path, may_write: bool):
    place = {name: str(tmp_path / name) for name in ("key", "database", "upload")}
    for file in place.values():
        Path(file).write_bytes(b"of others")
    with socket.create_server(("127.0.0.1", 0)) as server:
        asked = {**place, "port": server.getsockname()[1]}
        folder = str(tmp_path / "own") if may_write else ""
        Path(folder).mkdir(exist_ok=True)
        found = dict(answers(confined_escapes.__name__, asked, b"", LIMITS, folder=folder))
    assert len(found) == 23
    if lacking := sandbox.lacking():
        found = {name: end for name, end in found.items() if name.split(":")[0] not in lacking}
        warnings.warn(f"this kernel cannot refuse {lacking}", stacklevel=1)
    assert [name for name, end in found.items() if end != "PermissionError"] == []


# By the kernel's tables: unistd_64.h of x86, and asm-generic/unistd.h.
CHANGES_THE_MACHINE = {
    "x86_64": [92, 260, 132, 280, 188, 161, 170, 29, 68, 169],
    "aarch64": [54, 55, 88, 5, 51, 161, 194, 186, 142],
}
READS_AND_COUNTS = {"x86_64": [0, 1, 9, 202, 257], "aarch64": [63, 64, 222, 98, 56]}


def refuses(program: list[sandbox.Instruction], machine: int, number: int) -> bool:
    """Run the filter as the kernel would (struct seccomp_data: the number, the machine)."""
    loaded, at = 0, 0
    while True:
        code, then, otherwise, constant = program[at]
        if code == sandbox._RETURN:
            return constant != sandbox._ALLOW
        if code == sandbox._LOAD:
            loaded, at = {0: number, 4: machine}.get(constant, 0), at + 1
        else:
            fits = loaded == constant if code == sandbox._EQUAL else loaded >= constant
            at += 1 + (then if fits else otherwise)


@pytest.mark.parametrize("machine", CHANGES_THE_MACHINE)
def test_either_machine_refuses_by_its_own_numbers(machine: str):
    _, code, column = sandbox._SECCOMP[machine]
    program = sandbox._program(code, column, ())
    assert all(refuses(program, code, one) for one in CHANGES_THE_MACHINE[machine])
    assert not any(refuses(program, code, one) for one in READS_AND_COUNTS[machine])


def test_no_process_of_the_same_user_reads_what_a_command_or_a_service_holds():
    program = (
        "import ctypes; from shared.cli.process import prepare; prepare();"
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"  # PR_GET_DUMPABLE
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ran.stdout.strip() == "0"
