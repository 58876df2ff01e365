# What copy makes of objects of built-in types: itself, another one, or an error where only the type could save it.
import copy
import sys
import types


def told(make, value):
    try:
        return make(value) is value
    except TypeError as error:
        return str(error)


class Slotted:
    __slots__ = ("a", "__weakref__")


values = [
    print, [].append, list.append, object.__init__, "a".__len__, types.FunctionType.__globals__, type.__dict__["__dict__"],
    types.FunctionType.__code__, lambda: 0, (lambda: 0).__code__, property(), staticmethod(len), classmethod(len), sys,
    (i for i in []), iter([]), iter(()), iter({}), map(int, []), zip(), enumerate([]), reversed([1]), filter(None, []),
    object(), Slotted(), type, ..., NotImplemented, range(3), slice(1, 2), memoryview(b"a"), {}.keys(), sys._getframe(),
]
for value in values:
    print(type(value).__name__, told(copy.copy, value), told(copy.deepcopy, value))  # expect: builtin_function_or_method True True
# expect: builtin_function_or_method True True
# expect: method_descriptor True True
# expect: wrapper_descriptor True True
# expect: method-wrapper False False
# expect: member_descriptor True True
# expect: getset_descriptor cannot pickle 'getset_descriptor' object cannot pickle 'getset_descriptor' object
# expect: getset_descriptor cannot pickle 'getset_descriptor' object cannot pickle 'getset_descriptor' object
# expect: function True True
# expect: code True True
# expect: property True True
# expect: staticmethod cannot pickle 'staticmethod' object cannot pickle 'staticmethod' object
# expect: classmethod cannot pickle 'classmethod' object cannot pickle 'classmethod' object
# expect: module cannot pickle 'module' object cannot pickle 'module' object
# expect: generator cannot pickle 'generator' object cannot pickle 'generator' object
# expect: list_iterator False False
# expect: tuple_iterator False False
# expect: dict_keyiterator False False
# expect: map False False
# expect: zip False False
# expect: enumerate False False
# expect: list_reverseiterator False False
# expect: filter False False
# expect: object False False
# expect: Slotted False False
# expect: type True True
# expect: ellipsis True True
# expect: NotImplementedType True True
# expect: range True True
# expect: slice True False
# expect: memoryview cannot pickle memoryview objects cannot pickle memoryview objects
# expect: dict_keys cannot pickle 'dict_keys' object cannot pickle 'dict_keys' object
# expect: frame cannot pickle 'frame' object cannot pickle 'frame' object
print(list.append.__reduce__(), object.__init__.__reduce__(), "a".__len__.__reduce__())  # expect: (<built-in function getattr>, (<class 'list'>, 'append')) (<built-in function getattr>, (<class 'object'>, '__init__')) (<built-in function getattr>, ('a', '__len__'))
