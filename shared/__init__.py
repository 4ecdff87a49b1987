"""What console, API and worker share: the ground, and above it a room for each noun of the product.

A module belongs here only if it names such a noun. Nothing in here knows a web framework.
"""

from functools import cache

# The name of our connections on a PostgreSQL server, before the version.
APPLICATION = "volunteer-certificates"


@cache
def product_version() -> str:
    """The version that was installed: 0.2.0."""
    # Children that read one file do without.
    from importlib.metadata import version

    return version(APPLICATION)
