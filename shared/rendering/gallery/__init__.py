"""Designs of our own: a sheet that Typst draws, and the layout that suits it.

A design is a source of its name and a line in the catalogue; what it may be told is a `Choice`.
What an organizer uploads belongs to `raster`.
"""
