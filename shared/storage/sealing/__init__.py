"""What the database keeps so that a copy of it opens nothing: tokens, passwords, rehearsal mails.

Who may open them is asked in `events`.
"""
