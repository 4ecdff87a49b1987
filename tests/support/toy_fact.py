"""A fact added by two lines below its model: `pytest -p tests.support.toy_fact` runs with it."""

import importlib.util
import sys
import tempfile
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

NAME = "shared.storage.models.volunteer"
COLUMN = "    address_forgotten_at: Mapped[datetime | None]\n"
LAST = ")  # fmt: skip\n"
TOY = """\
    Fact(
        Volunteer.toy_at, words={"toy": "A toy"}, crowds={"toy": ("who have a toy", "no mail")},
        hides={Hides.ASKED, Hides.NOTIFIED, Hides.ISSUED}, ended_by={*Ended}, ends_undo=True,
        filter=("toys", "Toys"), loss="their toy",
    ),
"""


class _WithToy(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != NAME:
            return None
        return importlib.util.spec_from_file_location(fullname, FILE)


_model = Path(__file__).parents[2] / (NAME.replace(".", "/") + ".py")
_source = _model.read_text(encoding="utf-8")
assert _source.count(COLUMN) == _source.count(LAST) == 1
FILE = Path(tempfile.mkdtemp()) / "volunteer.py"
FILE.write_text(
    _source.replace(COLUMN, COLUMN + COLUMN.replace("address_forgotten", "toy")).replace(
        LAST, TOY + LAST
    ),
    encoding="utf-8",
)
sys.meta_path.insert(0, _WithToy())
