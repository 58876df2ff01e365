# tests/python/bool/bool.py: True and False are ints of their own type.
def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


print(True, False, repr(True), str(False), int(True), float(True), True + 1, True * 10)  # expect: True False True False 1 1.0 2 10
print(True & False, True | False, True ^ True, True & 3, 2 | True, True ^ 2, type(True & 1).__name__)  # expect: False True False 1 3 3 int
print(not True, bool(), bool([]), bool([0]), bool(0.0), bool(""), bool("a"), bool(None), bool(0j))  # expect: False False False True False False True False False
print(isinstance(True, int), issubclass(bool, int), bool.__mro__, True == 1, hash(True), True.real, True.numerator)  # expect: True True (<class 'bool'>, <class 'int'>, <class 'object'>) True 1 1 1
print(-True, +True, abs(True), True << 3, True // 1, True ** 2, True / 2, f"{True}", f"{True:d}", f"{True:>6}")  # expect: -1 1 1 8 1 1 0.5 True 1      1
print(error(lambda: bool(1, 2)))  # expect: TypeError: bool expected at most 1 argument, got 2
print(error(lambda: bool(x=1)))  # expect: TypeError: bool() takes no keyword arguments
print(error(lambda: type("B", (bool,), {})))  # expect: TypeError: type 'bool' is not an acceptable base type


class Truth:
    def __init__(self, value):
        self.value = value

    def __bool__(self):
        return self.value


class Sized:
    def __len__(self):
        return 0


print(bool(Truth(True)), bool(Truth(False)), bool(Sized()), bool(object()))  # expect: True False False True
print(error(lambda: bool(Truth(1))))  # expect: TypeError: __bool__ should return bool, returned int
