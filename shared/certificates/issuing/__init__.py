"""One person's certificate: opening its link, making and storing it, drawing it again, and showing
it.

Whatever issues one goes the same way, as `making` and `current` say: people are selected, their
certificates are made before anything is locked, compared with what they were made from, and stored.
"""
