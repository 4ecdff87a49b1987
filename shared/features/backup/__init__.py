"""The whole installation as one file that no engine owns, and an installation made of it."""

from shared.features import Feature

FEATURE = Feature(
    hooks="writing.HOOKS",
    commands={"backup": "commands", "restore": "commands"},
    beat="remembered.begin",
)
