"""The six calls of the old program, and what grew beside them: JSON in, an envelope out."""
