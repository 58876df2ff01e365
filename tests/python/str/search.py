# tests/python/str/search.py: finding, counting, replacing, in ASCII and wider texts.
def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


text = "abracadabra"
print(text.find("abra"), text.rfind("abra"), text.find("abra", 1), text.find("x"), text.find(""), text.rfind(""))  # expect: 0 7 7 -1 0 11
print(text.find("abra", -4), text.find("a", 3, 5), text.find("", 11), text.find("", 12), text.index("c"), text.rindex("a"))  # expect: 7 3 11 -1 4 10
print(text.count("a"), text.count("abra"), text.count(""), text.count("a", 2, -1), "aaaa".count("aa"), "".count(""))  # expect: 5 2 12 3 2 1
print("가나다가나".find("가나"), "가나다가나".rfind("가나"), "가나다가나".count("가"), "가a나a".find("a"), "abc".find("가"))  # expect: 0 3 2 1 -1
print("😀가a😀".find("😀", 1), "😀가a😀".count("😀"), "😀가".find("가"), "é가".find("é"), "éa".rfind("a"))  # expect: 3 2 1 0 1
print("abc" in text, "abr" in text, "" in text, "가" in text, "나다" in "가나다")  # expect: False True True False True
print(text.startswith("abra"), text.startswith("bra", 1), text.startswith(("x", "ab")), text.startswith(()), text.startswith("", 12))  # expect: True True True False False
print(text.endswith("abra"), text.endswith("abr", 0, -1), text.endswith(("x", "ra")), text.endswith("", 5, 4), text.endswith("", 11))  # expect: True True True False True
print(text.replace("a", "A"), text.replace("abra", ""), text.replace("a", "--", 2), text.replace("", "-", 3), text.replace("x", "y") is text)  # expect: AbrAcAdAbrA cad --br--cadabra -a-b-racadabra True
print("가나가".replace("가", "b"), "가나가".replace("나", "é"), "aé".replace("é", "e"), "abc".replace("b", "가😀"), "".replace("", "x"))  # expect: b나b 가é가 ae a가😀c x
print("aaa".replace("aa", "b"), "aaa".replace("a", "aa"), "aaa".replace("a", "b", 0), "aaa".replace("a", "b", count=1), "".replace("a", "b"))  # expect: ba aaaaaa aaa baa 
print(text.partition("c"), text.rpartition("a"), text.partition("x"), text.rpartition("x"))  # expect: ('abra', 'c', 'adabra') ('abracadabr', 'a', '') ('abracadabra', '', '') ('', '', 'abracadabra')
print(text.removeprefix("abra"), text.removesuffix("abra"), text.removeprefix("x") is text, "".removeprefix("a") == "")  # expect: cadabra abracad True True
print(error(lambda: text.index("x")), error(lambda: text.find(1)), error(lambda: text.find("a", "b")))  # expect: ValueError: substring not found TypeError: find() argument 1 must be str, not int TypeError: slice indices must be integers or None or have an __index__ method
print(error(lambda: 1 in text), error(lambda: text.startswith(1)), error(lambda: text.endswith((1,))))  # expect: TypeError: 'in <string>' requires string as left operand, not int TypeError: startswith first arg must be str or a tuple of str, not int TypeError: tuple for endswith must only contain str, not int
print(error(lambda: text.partition("")), error(lambda: text.partition(1)), error(lambda: text.replace(1, 2)), error(lambda: text.replace("a", None)))  # expect: ValueError: empty separator TypeError: must be str, not int TypeError: replace() argument 1 must be str, not int TypeError: replace() argument 2 must be str, not None
print(("ab" * 5000 + "c").find("ab" * 2000 + "c"), ("a" * 20000).find("a" * 5000 + "b"), ("가" * 20000).rfind("나" + "가" * 5000))  # expect: 6000 -1 -1
