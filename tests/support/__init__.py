"""What the tests build on: real servers, crowds, factories. No promise is tested here."""

from shared import features
from shared.storage import hooks

# As every entry point of the product does, and whoever opens an installation.
features.load()
hooks.sealed()
