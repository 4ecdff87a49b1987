"""The kinds of message, a folder each: what one may say, when it is wanted, and its bytes.

Everybody else asks the registry. When a message leaves belongs to the queue, and what it encloses
comes from the worker.
"""
