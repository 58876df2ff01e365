# Which Unicode it is.
import unicodedata

print(unicodedata.unidata_version)  # expect: 15.1.0
