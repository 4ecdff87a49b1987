"""What the tests build on: real servers, crowds, factories. No promise is tested here."""

from shared import features

# As every entry point of the product does.
features.load()
