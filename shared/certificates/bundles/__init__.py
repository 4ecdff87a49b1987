"""Many certificates in one download: as a ZIP, or as one PDF for printing.

They are made piece by piece while being sent, so memory stays flat however long the list is.
"""
