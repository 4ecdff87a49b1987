"""An event whose people have their certificates."""

from collections.abc import Sequence

from api.calls.volunteer import store_name
from shared.events.installation import Installation
from tests.support.factories import add, design, invite


def issue(
    installation: Installation, event_id: int, names: Sequence[str], picture: bytes | None = None
) -> None:
    """A certificate for each of these names: the first person is v0@example.org."""
    design(installation.database, event_id, picture)
    add(installation.database, event_id, "\n".join(f"v{n}@example.org" for n in range(len(names))))
    tokens = invite(installation, event_id)
    for n, name in enumerate(names):
        store_name(installation, tokens[f"v{n}@example.org"], name)
