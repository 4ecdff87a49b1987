"""Pages that organizers upload: the first of a PDF as picture, and alone, as it is printed.

What reads them runs in a process of its own (`page_reader`).
"""
