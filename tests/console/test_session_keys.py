"""A tab's state is in typed places, each named after its screen."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.app import HERE
from console.session_key import SessionKey

MODULES = sorted(HERE.rglob("*.py"))
# Links that people keep lead to them.
IN_THE_ADDRESS = ["filter", "group", "page", "search"]


def home(module: Path) -> str:
    """The screen, or the part of the console, that a module is of."""
    parts = module.relative_to(HERE).with_suffix("").parts
    return parts[1] if parts[0] in ("screens", "widgets") else parts[0]


def calls(module: Path) -> Iterator[ast.Call]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def declared(module: Path, kind: str) -> list[str]:
    """The names in `SessionKey[int]("screen.what")`."""
    return [
        call.args[0].value
        for call in calls(module)
        if isinstance(call.func, ast.Subscript)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == kind
        and isinstance(call.args[0], ast.Constant)
    ]


def widget_keys(module: Path) -> Iterator[ast.expr]:
    """The keys of widgets and containers."""
    for call in calls(module):
        if isinstance(call.func, ast.Attribute):
            yield from (keyword.value for keyword in call.keywords if keyword.arg == "key")


def is_of_a_place(key: ast.expr) -> bool:
    """Whether it is the name of such a place, perhaps with more behind it."""
    if isinstance(key, ast.JoinedStr):
        key = key.values[0]
    if isinstance(key, ast.FormattedValue):
        key = key.value
    return isinstance(key, ast.Attribute) and key.attr == "name"


def beginning(key: ast.expr) -> str:
    if isinstance(key, ast.JoinedStr):
        key = key.values[0]
    return key.value if isinstance(key, ast.Constant) else ""


def test_every_place_is_named_once_and_after_what_it_is_of():
    names = [(home(module), name) for module in MODULES for name in declared(module, "SessionKey")]
    assert ("certificate", "certificate.field") in names
    assert [name for place, name in names if not name.startswith(f"{place}.")] == []
    assert len({name for _, name in names}) == len(names)


def test_what_stands_in_the_address_keeps_its_name():
    assert sorted(n for m in MODULES for n in declared(m, "AddressKey")) == IN_THE_ADDRESS


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(HERE)))
def test_a_widget_is_named_by_such_a_place_or_after_its_screen(module: Path):
    strange = [
        ast.unparse(key)
        for key in widget_keys(module)
        if not is_of_a_place(key) and not beginning(key).startswith(f"{home(module)}.")
    ]
    assert strange == []


def test_nobody_else_reads_or_writes_the_memory_of_a_tab():
    reached = [
        module.name
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "session_state"
    ]
    assert set(reached) == {"session_key.py"}


def test_each_part_of_a_place_is_a_place_of_its_own():
    page = SessionKey[int]("send.page")
    assert page.of(7).name == "send.page.7"
    assert page.of(7, "late").name == "send.page.7.late"
