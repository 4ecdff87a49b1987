"""What the tests stand on: real servers, crowds, factories. No promise is tested here."""
