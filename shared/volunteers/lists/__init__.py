"""Lists as people bring them: files and pasted text, their columns, and the values of cells."""
