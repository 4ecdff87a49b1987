"""Text becomes ink: faces, shaping, directions, line breaks, and fitting a text into its box.

The position of the box is the layout's business.
"""
