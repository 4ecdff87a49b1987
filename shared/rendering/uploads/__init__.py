"""Uploads of organizers: pictures, PDFs, SVGs, and photographs of signatures.

Each is read in a process of its own (`picture_reader`, `page_reader`).
"""
