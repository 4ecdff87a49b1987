"""Tokens cannot be guessed, and a dump of the database opens nothing."""

import stat
from base64 import urlsafe_b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import SettingRefused
from shared.storage.sealing.tokens import Seal, load_seal, new_public_id, new_token, token_hash
from tests.support.processes import in_processes


def sealed_with(data_dir) -> str:
    """What this process makes of one token with the key that it finds or makes."""
    return load_seal(None, data_dir / "secret.key").seal_token("a-token")


def test_a_token_has_256_random_bits_and_stands_in_a_link_as_it_is():
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert all(len(urlsafe_b64decode(token + "=")) == 32 for token in tokens)


def test_a_public_id_has_128_random_bits():
    assert all(len(urlsafe_b64decode(new_public_id() + "==")) == 16 for _ in range(100))


def test_the_hash_of_a_token_is_always_the_same_and_not_the_token():
    token = new_token()
    assert token_hash(token) == token_hash(token)
    assert token not in token_hash(token)
    assert token_hash(token) != token_hash(token[:-1])


@given(st.text(alphabet=st.characters(exclude_categories=[]), max_size=150))
def test_whatever_is_presented_as_a_token_is_looked_up_without_a_crash(presented):
    seal = Seal(["key"])
    assert len(token_hash(presented)) == 64
    assert seal.sealed_forms(presented)[0].isascii()


@given(st.text(max_size=80))
def test_what_is_sealed_is_opened_and_not_to_be_seen(secret):
    seal = Seal(["key"])
    assert seal.open_secret(seal.seal_secret(secret)) == secret
    assert seal.open_token(seal.seal_token(secret)) == secret
    if len(secret) > 3:
        assert secret not in seal.seal_secret(secret)
        assert secret not in seal.seal_token(secret)


def test_a_sealed_token_is_the_same_each_time_so_that_an_index_finds_it():
    assert Seal(["key"]).seal_token("token") == Seal(["key"]).seal_token("token")
    assert Seal(["key"]).seal_token("token") != Seal(["other"]).seal_token("token")


def test_two_sealed_passwords_cannot_be_seen_to_be_equal():
    assert Seal(["key"]).seal_secret("password") != Seal(["key"]).seal_secret("password")


def test_after_a_rotation_old_tokens_and_passwords_still_open_and_new_ones_use_the_new_key():
    old, rotated, new = Seal(["old"]), Seal(["new", "old"]), Seal(["new"])
    assert rotated.open_secret(old.seal_secret("password")) == "password"
    assert rotated.open_token(old.seal_token("token")) == "token"
    assert old.seal_token("token") in rotated.sealed_forms("token")
    assert new.open_token(rotated.seal_token("token")) == "token"
    assert new.open_secret(rotated.seal_secret("password")) == "password"


HERE = ("thanks@example.org", "smtp.example.org", "465", "tls")


@pytest.mark.parametrize("place", range(len(HERE)))
def test_what_is_sealed_for_one_server_opens_for_no_other(place):
    seal = Seal(["key"])
    sealed = seal.seal_bound("password", HERE)
    assert seal.open_bound(sealed, HERE) == "password"
    elsewhere = [*HERE[:place], HERE[place] + "x", *HERE[place + 1 :]]
    for other in (elsewhere, HERE[:-1], [*HERE, ""], ["".join(HERE)]):
        with pytest.raises(SettingRefused, match="SECRET_KEYS"):
            seal.open_bound(sealed, other)


def test_what_was_sealed_for_no_server_or_is_damaged_does_not_open():
    seal = Seal(["key"])
    sealed = seal.seal_bound("password", HERE)
    for other in (seal.seal_secret("password"), "siv:", sealed[:20], sealed[:-4], "siv:é", "siv:A"):
        with pytest.raises(SettingRefused, match="SECRET_KEYS"):
            seal.open_bound(other, HERE)


def test_equal_passwords_for_one_server_are_not_seen_to_be_equal():
    seal = Seal(["key"])
    assert seal.seal_bound("password", HERE) != seal.seal_bound("password", HERE)


def test_with_a_new_key_a_bound_password_is_sealed_anew_once():
    old, both, new = Seal(["old"]), Seal(["new", "old"]), Seal(["new"])
    anew = both.reseal_bound(old.seal_bound("password", HERE), HERE)
    assert new.open_bound(anew, HERE) == "password"
    assert both.reseal_bound(anew, HERE) == anew


def test_a_fingerprint_needs_the_key_and_tells_parts_apart():
    assert Seal(["key"]).fingerprints("a", "b") == Seal(["key"]).fingerprints("a", "b")
    different = [("key", ("a", "b")), ("key", ("ab",)), ("key", ("a", "b", "")), ("k", ("a", "b"))]
    assert len({Seal([key]).fingerprints(*parts)[0] for key, parts in different}) == 4
    assert Seal(["new", "old"]).fingerprints("a") == [
        *Seal(["new"]).fingerprints("a"),
        *Seal(["old"]).fingerprints("a"),
    ]


def test_without_its_key_a_secret_stays_shut_and_the_setting_is_named():
    with pytest.raises(SettingRefused, match="SECRET_KEYS"):
        Seal(["other"]).open_secret(Seal(["key"]).seal_secret("password"))
    with pytest.raises(SettingRefused, match="SECRET_KEYS"):
        Seal(["other"]).open_token(Seal(["key"]).seal_token("token"))


def test_a_changed_secret_does_not_open():
    seal = Seal(["key"])
    sealed = seal.seal_token("token")
    changed = ("B" if sealed[0] == "A" else "A") + sealed[1:]
    with pytest.raises(SettingRefused):
        seal.open_token(changed)


def test_the_key_file_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    key_file = tmp_path / "new folder" / "secret.key"
    sealed = load_seal(None, key_file).seal_token("token")
    content = key_file.read_text()
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert load_seal(None, key_file).open_token(sealed) == "token"
    assert key_file.read_text() == content
    assert [file.name for file in key_file.parent.iterdir()] == ["secret.key"]


def test_processes_that_start_at_once_share_one_key(tmp_path):
    assert len(set(in_processes(sealed_with, [(tmp_path,)] * 3))) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["secret.key"]


def test_keys_from_the_settings_come_before_the_file(tmp_path):
    seal = load_seal(" new , old ,", tmp_path / "secret.key")
    assert seal.seal_token("token") == Seal(["new", "old"]).seal_token("token")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("keys", ["", " , ,"])
def test_settings_without_any_key_in_them_are_refused(keys, tmp_path):
    with pytest.raises(SettingRefused, match="SECRET_KEYS"):
        load_seal(keys, tmp_path / "secret.key")


def test_a_key_file_that_was_emptied_is_refused_and_not_replaced(tmp_path):
    (tmp_path / "secret.key").write_text("\n")
    with pytest.raises(SettingRefused, match="old key"):
        load_seal(None, tmp_path / "secret.key")
    assert (tmp_path / "secret.key").read_text() == "\n"
