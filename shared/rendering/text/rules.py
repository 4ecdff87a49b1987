"""The versions of the rules by which texts are set. A design keeps those of the day on which it was
made, so that its certificate 301 is set as 1 to 300 were."""

NEWEST = 7
# From this version on, marks between Latin letters are as wide as they are, and punctuation of
# Chinese is as wide in PDFs as in pictures.
UNSQUEEZED = 3
# From this version on, each run says by how much its outline is grown, and blanks before it are as
# wide in PDFs as in pictures, where a face kerns them.
KERNED = 4
# From this version on, dates are written in the language of the text around them, one face has all
# digits, and lines of Chinese and Japanese end between words.
OF_LANGUAGE = 4
# From this version on, the dot between the parts of a Chinese name is half an em wide, and numbers
# with hyphens are read as they are written behind Arabic words.
HALF_DOT = WHOLE_NUMBERS = 5
# From this version on, a name with quotation marks that is quoted has inner ones.
INNER_QUOTES = 6
# From this version on, one hour is not “1 hours”.
SINGULAR = 7
