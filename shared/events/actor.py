"""Who changes something: the person behind a key, as the log of changes names them."""

from dataclasses import dataclass

from shared.storage.models import Role


@dataclass(frozen=True)
class Actor:
    """A person at work.

    `key_id` is None for who holds the owner's token or an event's first one; `name` is empty then.
    `network` is where they come from, as `visitors.network_of` writes it; empty on the command
    line.
    """

    key_id: int | None
    role: Role
    name: str = ""
    network: str = ""


# Whoever reaches the database runs the installation.
AT_THE_MACHINE = Actor(None, Role.OWNER)
