"""Parts that several screens show. What one screen alone shows stands in its folder."""
