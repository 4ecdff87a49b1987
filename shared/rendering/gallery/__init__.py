"""Our own designs: a sheet drawn by Typst, and the layout that suits it.

A design is a source with its name and a line in the catalogue; its parameters are a `DesignChoice`.
Organizers' uploads belong to `raster`.
"""
