# Types whose instances only the interpreter makes.
def generate():
    yield


for value in (generate(), {}.keys(), {}.items(), iter({}), iter([]), len, [].append, generate.__get__(1).__get__):
    try:
        type(value)()
    except TypeError as error:
        print(error)
import copy

for value in (generate(), {}.keys()):
    try:
        copy.copy(value)
    except TypeError as error:
        print(error)


class Pair(tuple):
    pass


import sys

print(sys.getsizeof(Pair().__dict__), sys.getsizeof(Pair((1, 2)).__dict__))
text = b"some bytes"
print(sys.getrefcount(text), sys.getrefcount("some text"), sys.getrefcount(1.25))
# expect: cannot create 'generator' instances
# expect: cannot create 'dict_keys' instances
# expect: cannot create 'dict_items' instances
# expect: cannot create 'dict_keyiterator' instances
# expect: cannot create 'list_iterator' instances
# expect: cannot create 'builtin_function_or_method' instances
# expect: cannot create 'builtin_function_or_method' instances
# expect: cannot create 'method-wrapper' instances
# expect: cannot pickle 'generator' object
# expect: cannot pickle 'dict_keys' object
# expect: 304 304
# expect: 5 3 3
