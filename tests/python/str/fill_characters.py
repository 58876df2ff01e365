"""What `center` and its siblings say of a fill character that is none, and `zip` of too many keywords."""
for fill in (None, 1, "ab", b"x"):
    try:
        "abc".center(10, fill)
    except TypeError as error:
        print(error)  # expect: The fill character must be a unicode character, not NoneType
# expect: The fill character must be a unicode character, not int
# expect: The fill character must be exactly one character long
# expect: The fill character must be a unicode character, not bytes
