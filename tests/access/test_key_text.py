"""A key is recognized as one, and a slip in copying it is noticed, before any look-up."""

from shared.access.keys import is_whole_key, new_key


def test_a_key_that_was_not_copied_whole_is_known_by_its_checksum():
    keys = [new_key() for _ in range(50)]
    assert len(set(keys)) == 50
    for key in keys:
        assert key.startswith("certs_")
        assert len(key) == 55
        assert key[6:].isalnum()
        assert is_whole_key(key)
    slips = [key[:-1], key + "a", key[:20] + key[21:], key.swapcase(), key[:7], "certs_", ""]
    slips += [key[:place] + ("a" if key[place] != "a" else "b") + key[place + 1 :]
              for place in range(len(key))]  # fmt: skip
    assert not any(is_whole_key(slip) for slip in slips)
