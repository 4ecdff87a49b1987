"""The code that console, API and worker share: a room for each noun of the product.

A module belongs here only if it names such a noun. Nothing in here knows a web framework.
"""

from functools import cache

# The name of our connections on a PostgreSQL server, before the version.
APPLICATION = "volunteer-certificates"


@cache
def product_version() -> str:
    """Return the installed version, such as 0.2.0."""
    # Child processes that read one file need not load it.
    from importlib.metadata import version

    return version(APPLICATION)
