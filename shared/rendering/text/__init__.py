"""Typesetting: faces, shaping, directions, line breaks, and fitting a text into its box.

The layout places the box.
"""
