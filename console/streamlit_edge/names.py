"""Types of Streamlit's that its functions return and that it names nowhere in public."""

from streamlit.delta_generator import DeltaGenerator as DeltaGenerator
from streamlit.navigation.page import Page as Page
from streamlit.runtime.uploaded_file_manager import UploadedFile as UploadedFile
