"""Acts on many people that go on by themselves: asked for once, and carried out in turns by
whichever process claims them."""
