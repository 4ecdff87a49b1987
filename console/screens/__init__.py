"""One module per screen; each has a function `show`."""
