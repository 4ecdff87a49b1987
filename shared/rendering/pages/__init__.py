"""Pages that organizers upload: an SVG or the first page of a PDF, as an image and to be printed.

They are read in a process of its own (`page_reader`).
"""
