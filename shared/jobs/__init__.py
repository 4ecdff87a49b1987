"""Jobs: acts on many people that run on their own, in turns, in the process that claims them."""
