"""The people on an event's list: how they come onto it, how far they are, how they are exported.

What they are mailed belongs to `mail`, what they are given to `certificates`.
"""
