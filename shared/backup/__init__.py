"""The whole installation as one file that no engine owns, and an installation made of it."""
