# python: 3.14 3.15
# `X | Y` and `Union[X, Y]` are one type, `typing.Union` (gh-105499). Sizes and referents as recorded from CPython 3.14.10
# and 3.15.2, the rest from the documentation of typing.
import gc
import sys
import types
import typing
import weakref

union = int | str
print(type(union), types.UnionType is typing.Union)  # expect: <class 'typing.Union'> True
print(typing.Union[int, str] == union, typing.Union[int, None], typing.Optional[list[int]])
# expect: True int | None list[int] | None
print(typing.Union[int], typing.Union["Later", None])  # expect: <class 'int'> ForwardRef('Later') | None
print(union.__origin__, union.__args__)  # expect: <class 'typing.Union'> (<class 'int'>, <class 'str'>)
print(sys.getsizeof(union), [type(item).__name__ for item in gc.get_referents(union)])
# expect: 72 ['tuple', 'frozenset']
print(weakref.ref(union)() is union, hash(union) == hash(str | int), union == str | int)  # expect: True True True
print(isinstance("a", union), issubclass(float, union))  # expect: True False
print(typing.get_origin(union), typing.get_args(union))
# expect: <class 'typing.Union'> (<class 'int'>, <class 'str'>)
T = typing.TypeVar("T")
print((T | int)[str], (list[T] | None).__parameters__)  # expect: str | int (~T,)
for text in ("typing.Union[()]", "int | 3", "type('Sub', types.resolve_bases((union,)), {})"):
    try:
        eval(text)
    except TypeError as error:
        print(error)
# expect: Cannot take a Union of no types.
# expect: unsupported operand type(s) for |: 'type' and 'int'
# expect: Cannot subclass int | str
