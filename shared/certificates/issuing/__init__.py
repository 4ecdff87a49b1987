"""One person's certificate: opening its link, making and storing it, drawing it again, and showing
it.

All issuing follows `pipeline`: people are selected, their certificates are made before anything is
locked, compared with what they were made from, and stored.
"""
