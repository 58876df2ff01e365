# tests/python/str/case.py: upper, lower, title and their like, with the characters that become several.
print("hello World".upper(), "HELLO World".lower(), "hello wORLD".title(), "hello wORLD".capitalize(), "Hello".swapcase(), "HELLO".casefold())  # expect: HELLO WORLD hello world Hello World Hello world hELLO hello
print("straße".upper(), "straße".title(), "ß".title(), "ﬁn".upper(), "ﬁn".title(), "ŉ".upper(), "ΐ".upper(), "ǰ".title())  # expect: STRASSE Straße Ss FIN Fin ʼN Ϊ́ J̌
print("ΑΣ".lower(), "ΑΣ Β".lower(), "Σ".lower(), "ΑΣΒ".lower(), "Α.Σ".lower(), "ΑΣ.".lower(), "ΣΑ".capitalize(), "aΣ".swapcase())  # expect: ας ας β σ ασβ α.ς ας. Σα Aς
print("ǆ".title(), "Ǆ".title(), "ǅ".swapcase(), "ა".title(), "ა".upper(), "ᾳ".title(), "ᾳ".upper(), "ᾲ".title(), "ᾀ".title())  # expect: ǅ ǅ ǅ ა Ა ᾼ ΑΙ Ὰͅ ᾈ
print("ß".casefold(), "ﬀ".casefold(), "İ".lower().encode(), "İ".casefold().encode(), "ς".casefold(), "Ꭰ".casefold(), "ꭰ".casefold(), "ſ".casefold())  # expect: ss ff b'i\xcc\x87' b'i\xcc\x87' σ Ꭰ Ꭰ s
print("it's bill's".title(), "they're 3x".title(), "ab cd".title(), "ABC".title(), "a1b".title())  # expect: It'S Bill'S They'Re 3X Ab Cd Abc A1B
print("가나".upper(), "ÀÉ".lower(), "àé".upper(), "ÿ".upper(), "µ".upper(), "𐐨".upper())  # expect: 가나 àé ÀÉ Ÿ Μ 𐐀
print("abc".islower(), "Abc".islower(), "ABC".isupper(), "A1".isupper(), "1".isupper(), "".islower(), "ǅ".istitle(), "Abc Def".istitle(), "ABc".istitle())  # expect: True False True True False False True True False
print("ª".islower(), "ⅷ".islower(), "Ⅷ".isupper(), "ⓐ".islower(), "ʰ".islower(), "ªb".isalpha())  # expect: True True True True True True
x = "abc"
print(x.upper() is x, x.lower() is x, "a".upper() is "A".upper(), x.lower() == x)  # expect: False False False True
