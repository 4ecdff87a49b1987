"""The kinds of message: what each may say, and the bytes that a mail server gets.

When one leaves belongs to the queue.
"""
