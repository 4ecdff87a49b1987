"""A button whose label changes is another button after a refresh, and a press on it is lost,
unless it has a key."""

import ast
from collections.abc import Iterator
from pathlib import Path

import console

BUTTONS = {"button", "download_button", "form_submit_button"}


def test_no_button_whose_label_holds_a_count_lacks_a_key():
    places = list(keyless_buttons())
    assert places == []


def test_a_label_with_a_count_needs_a_key_and_a_constant_one_does_not():
    assert needs_a_key('st.button(tn("Retry one", "Retry {count}", count))')
    assert needs_a_key('st.button(t("Add {count}", count=3), icon="x")')
    assert needs_a_key("left.button(label)")
    assert not needs_a_key('st.button(t("Save"), type="primary")')
    assert not needs_a_key('st.button(t("Remove {field}", field=name))')
    assert not needs_a_key('st.button(tn("a", "{count}", count), key="retry")')
    assert not needs_a_key('act_button(label, "retry", act, needed)')


def needs_a_key(source: str) -> bool:
    return any(_lacks_key(node) for node in ast.walk(ast.parse(source)))


def keyless_buttons() -> Iterator[str]:
    folder = Path(console.__file__).parent
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if _lacks_key(node):
                yield f"{file.relative_to(folder)}:{node.lineno}"


def _lacks_key(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in BUTTONS
        and not _is_constant(node.args[0])
        and all(named.arg != "key" for named in node.keywords)
    )


def _is_constant(label: ast.expr) -> bool:
    """`t("…")` stays the same from one refresh to the next, unless a count is filled in."""
    return (
        isinstance(label, ast.Call)
        and isinstance(label.func, ast.Name)
        and label.func.id == "t"
        and isinstance(label.args[0], ast.Constant)
        and not {"count", "total", "number"} & {named.arg for named in label.keywords}
    )
