"""Pages that organizers upload: the first of a PDF, or an SVG, as an image and as a page to print.

They are read in a process of its own (`page_reader`).
"""
