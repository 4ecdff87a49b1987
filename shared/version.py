"""Which version of the product this is."""

from functools import cache
from importlib.metadata import version

# The name of our connections on a PostgreSQL server, before the version.
APPLICATION = "volunteer-certificates"


@cache
def product_version() -> str:
    """As it was installed: 0.2.0."""
    return version(APPLICATION)
