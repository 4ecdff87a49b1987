"""Text becomes ink: faces, shaping, directions, line breaks, and how a text fits its box.

Where the box stands belongs to the layout.
"""
