"""Images: templates as they are uploaded, and certificates of which only what changed is encoded.

What is drawn on them belongs to `text`.
"""
