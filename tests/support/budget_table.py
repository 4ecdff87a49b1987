"""The routes of API and console, and the table of their budgets in docs/security.md.

`python -m tests.support.budget_table` writes the table. Streamlit allows one console in a process,
so tests read `found` from a process of its own.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from shared import budgets
from shared.budgets import Bound, Budget, Of, Who

ROOT = Path(__file__).parents[2]
SECURITY = ROOT / "docs" / "security.md"
BEGIN, END = "<!-- budgets: made by tests/support/budget_table.py -->\n", "<!-- end -->\n"
_SPANS = {60: "a minute", 3600: "an hour", 24 * 3600: "a day"}


class Found(NamedTuple):
    """The paths of each side's routes, those that have a budget, and the table."""

    routes: dict[str, list[str]]
    budgets: dict[str, list[str]]
    table: str


def found() -> Found:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.support.budget_table", "--print"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return Found(*json.loads(ran.stdout.splitlines()[-1]))


def _found(folder: str) -> Found:
    import streamlit
    from streamlit.web import bootstrap

    from api.app import BUDGETS as OF_API
    from api.app import create_app
    from console import asgi
    from shared.events.opening import open_installation
    from shared.settings import Settings

    settings = Settings(
        _env_file=None,
        data_dir=Path(folder),
        oidc_issuer="https://login.example.org",
        oidc_client_id="certs",
        oidc_client_secret="secret",
    )
    installation = open_installation(settings)
    bootstrap.load_config_options(asgi.streamlit_options(settings))
    console: streamlit.App = asgi.create_console(installation)
    routes = {
        "api": sorted({*_paths(create_app(installation).routes)}),
        "console": sorted({*_paths(console._build_starlette_app().routes)}),
    }
    told = {"api": sorted(OF_API), "console": sorted(asgi.BUDGETS)}
    return Found(routes, told, table({"API": OF_API, "console": asgi.BUDGETS}))


def _paths(routes: Iterable[Any]) -> Iterator[str]:
    for route in routes:
        router = getattr(route, "original_router", None)
        if router is None:
            yield route.path
        else:
            yield from _paths(router.routes)


def table(sides: Mapping[str, Mapping[str, Budget]]) -> str:
    """A line for each budget: who comes where, and of what they get how much."""
    lines = [f"| For | Routes | {' | '.join(Of)} |", f"| --- | --- |{' --- |' * len(Of)}"]
    for budget in vars(budgets).values():
        if isinstance(budget, Budget):
            where = "; ".join(
                f"{side}: {' '.join(paths)}"
                for side, routes in sides.items()
                if (paths := [f"`{path or '/…'}`" for path, its in routes.items() if its is budget])
            )
            cells = ("; ".join(_said(one) for one in budget.all if one.of is of) for of in Of)
            lines.append(f"| {budget.what} | {where} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _said(bound: Bound) -> str:
    who = "all together" if bound.who is Who.ALL else f"each {bound.who}"
    span = _SPANS.get(int(bound.seconds), f"in {bound.seconds:g} s") if bound.seconds else ""
    in_octets = bound.what.startswith("octets") and bound.most % 1_000_000 == 0
    most = f"{bound.most:,}".replace(",", "\N{NO-BREAK SPACE}")
    what = f"{most} {bound.what}"
    if in_octets:
        what = f"{bound.most // 1_000_000} MB {bound.what.removeprefix('octets ')}"
    return f"{who}: {' '.join(filter(None, (what, span)))}, then {bound.over}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        made = _found(folder)
    if "--print" in sys.argv:
        print(json.dumps(made))
    else:
        before, _, rest = SECURITY.read_text("utf-8").partition(BEGIN)
        SECURITY.write_text(before + BEGIN + made.table + END + rest.partition(END)[2], "utf-8")
