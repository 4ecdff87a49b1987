"""Many certificates at once, to take along: as a ZIP, or as one PDF for the printer.

Made piece by piece while it is sent, so that memory stays flat however long the list is.
"""
