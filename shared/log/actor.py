"""Who changes something: the person behind a key, as the log of changes names them."""

from dataclasses import dataclass

from shared.storage.models import Role


@dataclass(frozen=True)
class Actor:
    """A person at work.

    `key_id` is None for the holder of the owner's token or of an event's first token; `name` is
    then empty. `network` is where they connect from, as `visitors.network_of` writes it; empty on
    the command line.
    """

    key_id: int | None
    role: Role
    name: str = ""
    network: str = ""


# Anyone who can reach the database runs the installation.
AT_THE_MACHINE = Actor(None, Role.OWNER)
