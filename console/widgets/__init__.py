"""Parts that several screens show. What only one screen shows is in its folder."""
