"""Breaks lines of the product at random, and names those that no test near them misses:
`make mutants COUNT=10`.

cosmic-ray breaks them, one at a time, in a copy. The tests near a module are the file with its
name, those that import it, and, where there are none, all of its room's folder. What survives
them is a line that a test should guard, or that may go.
"""

import os
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import parso
from cosmic_ray.ast import ast_nodes
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_item import MutationSpec, TestOutcome

from tests.support.without import copied, imported

_ROOMS = ("api", "console", "shared")
_SECONDS = 900
# One of each kind: of `<`, that it is `<=`, not that it is any of eight others.
_OPERATORS = [
    f"core/{name}"
    for name in (
        *("NumberReplacer", "AddNot", "ReplaceUnaryOperator_Delete_Not", "ZeroIterationForLoop"),
        *("ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceAndWithOr", "ReplaceOrWithAnd"),
        *(
            f"ReplaceComparisonOperator_{pair}"
            for pair in ("Eq_NotEq", "NotEq_Eq", "Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt")
        ),
        *(f"ReplaceComparisonOperator_{pair}" for pair in ("Is_IsNot", "IsNot_Is")),
        *(f"ReplaceBinaryOperator_{pair}" for pair in ("Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul")),
    )
]


def mutations(folder: Path) -> Iterator[MutationSpec]:
    """At random lines of the product, without end; each line equally often."""
    modules = [
        module
        for room in _ROOMS
        for module in sorted((folder / room).rglob("*.py"))
        if "migrations" not in module.parts
    ]
    sizes = [module.stat().st_size for module in modules]
    while True:
        (module,) = random.choices(modules, sizes)
        text = module.read_text("utf-8")
        line = random.randint(1, text.count("\n") + 1)
        tree = parso.parse(text)
        if here := [
            MutationSpec(module, name, number, begin, end)
            for name in _OPERATORS
            for number, (begin, end) in enumerate(
                position
                for node in ast_nodes(tree)
                for position in get_operator(name)().mutation_positions(node)
            )
            # `zip(strict=True)` guards what no input reaches.
            if begin[0] == line and "strict=" not in text.splitlines()[line - 1]
        ]:
            yield random.choice(here)


def tests_near(module: Path, folder: Path) -> list[str]:
    """The files of tests, or the folder, that should notice what breaks in this module."""
    path = module.relative_to(folder).with_suffix("")
    rooms = path.parts[1:] if path.parts[0] == "shared" else path.parts
    tests = folder / "tests"
    name = ".".join(path.parts).removesuffix(".__init__")
    found = {
        file
        for file in tests.rglob("test_*.py")
        if name in imported(file) or file == tests.joinpath(*rooms[:-1], f"test_{rooms[-1]}.py")
    }
    while not found and (rooms := rooms[:-1]):
        found = {one for one in [tests.joinpath(*rooms)] if one.is_dir()}
    return [str(one.relative_to(folder)) for one in sorted(found)] or ["tests"]


def main(count: str = "10") -> int:
    """Break so many lines, one after the other; 1 if one of them survives."""
    survivors = 0
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    with tempfile.TemporaryDirectory(prefix="mutants-") as made:
        folder = Path(made)
        copied(folder)
        os.chdir(folder)
        for _, mutation in zip(range(int(count)), mutations(folder), strict=False):
            near = tests_near(mutation.module_path, folder)
            run = f"{sys.executable} -m pytest -x -q -p no:cacheprovider --one-database"
            result = mutate_and_test([mutation], f"{run} {' '.join(near)}", _SECONDS)
            survived = result.test_outcome is TestOutcome.SURVIVED
            survivors += survived
            told = result.test_outcome.value if result.test_outcome else "broken"
            place = mutation.module_path.relative_to(folder)
            print(f"{told:10} {place}:{mutation.start_pos[0]}  {mutation.operator_name}")
            if result.test_outcome is not TestOutcome.KILLED:
                print(result.diff or result.output, f"tests: {', '.join(near)}", sep="\n")
            sys.stdout.flush()
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
