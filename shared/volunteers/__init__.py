"""The people on an event's list: adding them, their progress, exporting them.

Their mail belongs to `mail`, their certificates to `certificates`.
"""
