# A sequence says in its own words that no item can be deleted, and only where the key is an index.


class Plain:
    pass


for container in (1, "a", (1,), {1}, range(3), b"a", None, print, Plain(), frozenset()):
    for key in (0, "k", slice(1)):
        try:
            del container[key]
        except TypeError as error:
            print(error)
        try:
            container[key] = 1
        except TypeError as error:
            print(error)  # expect: 'int' object does not support item deletion
# expect: 'int' object does not support item assignment
# expect: 'int' object does not support item deletion
# expect: 'int' object does not support item assignment
# expect: 'int' object does not support item deletion
# expect: 'int' object does not support item assignment
# expect: 'str' object doesn't support item deletion
# expect: 'str' object does not support item assignment
# expect: 'str' object does not support item deletion
# expect: 'str' object does not support item assignment
# expect: 'str' object does not support item deletion
# expect: 'str' object does not support item assignment
# expect: 'tuple' object doesn't support item deletion
# expect: 'tuple' object does not support item assignment
# expect: 'tuple' object does not support item deletion
# expect: 'tuple' object does not support item assignment
# expect: 'tuple' object does not support item deletion
# expect: 'tuple' object does not support item assignment
# expect: 'set' object doesn't support item deletion
# expect: 'set' object does not support item assignment
# expect: 'set' object does not support item deletion
# expect: 'set' object does not support item assignment
# expect: 'set' object does not support item deletion
# expect: 'set' object does not support item assignment
# expect: 'range' object doesn't support item deletion
# expect: 'range' object does not support item assignment
# expect: 'range' object does not support item deletion
# expect: 'range' object does not support item assignment
# expect: 'range' object does not support item deletion
# expect: 'range' object does not support item assignment
# expect: 'bytes' object doesn't support item deletion
# expect: 'bytes' object does not support item assignment
# expect: 'bytes' object does not support item deletion
# expect: 'bytes' object does not support item assignment
# expect: 'bytes' object does not support item deletion
# expect: 'bytes' object does not support item assignment
# expect: 'NoneType' object does not support item deletion
# expect: 'NoneType' object does not support item assignment
# expect: 'NoneType' object does not support item deletion
# expect: 'NoneType' object does not support item assignment
# expect: 'NoneType' object does not support item deletion
# expect: 'NoneType' object does not support item assignment
# expect: 'builtin_function_or_method' object does not support item deletion
# expect: 'builtin_function_or_method' object does not support item assignment
# expect: 'builtin_function_or_method' object does not support item deletion
# expect: 'builtin_function_or_method' object does not support item assignment
# expect: 'builtin_function_or_method' object does not support item deletion
# expect: 'builtin_function_or_method' object does not support item assignment
# expect: 'Plain' object doesn't support item deletion
# expect: 'Plain' object does not support item assignment
# expect: 'Plain' object does not support item deletion
# expect: 'Plain' object does not support item assignment
# expect: 'Plain' object does not support item deletion
# expect: 'Plain' object does not support item assignment
# expect: 'frozenset' object doesn't support item deletion
# expect: 'frozenset' object does not support item assignment
# expect: 'frozenset' object does not support item deletion
# expect: 'frozenset' object does not support item assignment
# expect: 'frozenset' object does not support item deletion
# expect: 'frozenset' object does not support item assignment
