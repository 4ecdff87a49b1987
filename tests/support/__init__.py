"""What the tests build on: real servers, crowds, factories. No promise is tested here."""
