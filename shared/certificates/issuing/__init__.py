"""One person's certificate: who opens their link, how it is made and stored, drawn again, shown.

Whatever issues one goes the same way, which `pipeline` is: people are selected, their certificates
are made before anything is locked, compared with what they were made from, and stored.
"""
