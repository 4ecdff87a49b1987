"""Pages that organizers upload: the first of a PDF, or an SVG, as picture, and
alone, as it is printed.

What reads them runs in a process of its own (`page_reader`).
"""
