# Which results are the string that was given, or a shared one.
a = "hello"
print(str(5) is str(5), f"{1}" is f"{1}", f"{1:d}" is f"{1:d}")  # expect: False False True
print(a.format() is a, "{}".format(a) is a, "%s" % a is a, "{{".format() is "{")  # expect: True True True True
print(a.title() is a, a.zfill(1) is a, a.lower() is a, a.strip() is a)  # expect: False True False True
print("x y".split()[0] is "x", a[0] is "h", chr(104) is a[0])  # expect: True True True
