"""Passphrases are guessed quickly here: the tests of commands seal at full cost."""

from collections.abc import Iterator

import pytest

from shared.features.backup import backup_file


@pytest.fixture(autouse=True, scope="package")
def cheap_passphrases() -> Iterator[None]:
    """A fifth of a second for each that is sealed or opened, half of what these tests took."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backup_file, "_COST", 2**8)
        yield
