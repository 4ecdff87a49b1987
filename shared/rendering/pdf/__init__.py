"""Certificates as PDF: text stays text, the template stays the bytes that were uploaded.

How text is set belongs to `text`.
"""
