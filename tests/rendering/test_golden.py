"""Every script looks as it looked when a person last checked it."""

import numpy
import pytest
from PIL import Image, ImageChops

from tests.support.golden_sheets import FOLDER, SHEETS, cell, sheet

# Grey levels, on average over a name's cell. Another FreeType may smooth edges a little otherwise
# (0.3); a letter that is missing, wrong or elsewhere changes a cell by more than 2.
TOLERANCE = 1.0


@pytest.mark.parametrize("title", SHEETS)
def test_names_of_every_script_look_as_they_were_approved(title):
    with Image.open(FOLDER / f"{title}.png") as golden:
        difference = ImageChops.difference(golden.convert("RGB"), sheet(SHEETS[title]))
    changes = {
        script: float(numpy.asarray(difference.crop(cell(index))).mean())
        for index, (script, _, _) in enumerate(SHEETS[title])
    }
    assert {script: change for script, change in changes.items() if change > TOLERANCE} == {}
