"""The six calls of the old program, and later additions: JSON in, an envelope out."""
