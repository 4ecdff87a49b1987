"""What the console needs of Streamlit that Streamlit does not offer."""
