"""The screens, a package each, whose function `show` draws it."""
