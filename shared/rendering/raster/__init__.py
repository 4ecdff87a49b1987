"""Images: uploaded templates, and certificates of which only changed parts are encoded.

What is drawn on them belongs to `text`.
"""
