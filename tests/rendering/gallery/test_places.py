"""Every design has its fields where they were when a person last looked at it."""

import json

from tests.support.gallery_choices import CHOICES, name_of
from tests.support.gallery_places import FILE, places_on


def test_the_fields_of_every_design_are_where_they_were():
    known = json.loads(FILE.read_text(encoding="utf-8"))
    found = {name_of(choice): places_on(choice) for choice in CHOICES}
    assert known.keys() == found.keys()
    assert {name: places for name, places in found.items() if places != known[name]} == {}
