"""Fields of a certificate: a class for each kind, and its row here.

A class defines all about its kind: its content, how it is drawn on pictures and on pages, and what
an organizer may set, as data (`settings`) from which the console draws its controls.
"""

from shared.rendering.fields.field import register
from shared.rendering.fields.picture import PictureField
from shared.rendering.fields.qr import QrCode
from shared.rendering.fields.rosette import Rosette
from shared.rendering.fields.rule import Rule
from shared.rendering.fields.texts import Column, Date, Name, Number, Text

# In the order in which screens show them.
for _kind in (Name, Number, Date, Column, Text, QrCode, PictureField, Rosette, Rule):
    register(_kind)
