"""Acts on people: each a short declaration, and one runner that carries them all out.

An act says whom it concerns, how it holds its event and what it stores; `run` does it in turns.
"""
