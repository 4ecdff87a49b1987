"""How what is known of people ends, and what they can ask: erasing somebody, what is held of them.

That nobody writes to them again is asked where people are added (`events.erased_addresses`).
"""
