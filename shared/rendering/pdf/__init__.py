"""Certificates as PDF: text stays text, the template stays the bytes that were uploaded.

Typesetting belongs to `text`.
"""
