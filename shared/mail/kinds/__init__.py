"""The kinds of message, one folder each: what it may say, when it is still wanted, and its bytes.

Other rooms ask the registry. When a message leaves is up to the queue, and its attachments come
from the worker.
"""
