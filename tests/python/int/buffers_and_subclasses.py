# Numbers from buffers, and from methods that give a subclass of int.
import array
import operator
import warnings

for source in (array.array("B", b"100"), memoryview(b" 200 "), bytearray(b"3_0")):
    print(int(source), float(source))  # expect: 100 100.0
# expect: 200 200.0
# expect: 30 30.0
try:
    int(array.array("B", b"none"))
except ValueError as error:
    print(error)  # expect: invalid literal for int() with base 10: b'none'


class Whole(int):
    pass


class Given:
    def __int__(self):
        return Whole(5)

    def __index__(self):
        return Whole(6)


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    for convert in (int, operator.index, hex, float, range):
        print(convert.__name__, convert(Given()))
    print([str(warning.message)[:45] for warning in caught])  # expect: int 5
# expect: index 6
# expect: hex 0x6
# expect: float 6.0
# expect: range range(0, 6)
# expect: ['__int__ returned non-int (type Whole).  The a', '__index__ returned non-int (type Whole).  The', '__index__ returned non-int (type Whole).  The', '__index__ returned non-int (type Whole).  The', '__index__ returned non-int (type Whole).  The']

print(0.0 ** float("-inf"), (-0.0) ** float("-inf"))  # expect: inf inf
print([type(value).__flags__ & 2 for value in (1, [], len, Whole())])  # expect: [2, 2, 2, 0]

for source in (memoryview(b"100"), array.array("B", b"100"), bytearray(b"100"), 100):
    try:
        print(int(source, 2))
    except TypeError as error:
        print(error)  # expect: int() can't convert non-string with explicit base
# expect: int() can't convert non-string with explicit base
# expect: 4
# expect: int() can't convert non-string with explicit base
