# A namespace with a key that is no text, an operator's own name in messages, and what __getnewargs_ex__ may give.
import copy
import warnings

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    Odd = type("Odd", (), {1: 2, "x": 3})
    print(Odd.x, [str(warning.message) for warning in caught])  # expect: 3 ['non-string key in the __dict__ of class Odd']

nothing = None
try:
    nothing **= 2
except TypeError as error:
    print(error)  # expect: unsupported operand type(s) for **=: 'NoneType' and 'int'

for given in ("text", (), ((), "text"), ("text", {}), ((), {}, 3)):
    class Given:
        def __getnewargs_ex__(self):
            return given

    try:
        copy.copy(Given())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)  # expect: TypeError __getnewargs_ex__ should return a tuple, not 'str'
# expect: ValueError __getnewargs_ex__ should return a tuple of length 2, not 0
# expect: TypeError second item of the tuple returned by __getnewargs_ex__ must be a dict, not 'str'
# expect: TypeError first item of the tuple returned by __getnewargs_ex__ must be a tuple, not 'str'
# expect: ValueError __getnewargs_ex__ should return a tuple of length 2, not 3
