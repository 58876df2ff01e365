# `X | Y` came with 3.10; what has a union in its type hints without it goes in 3.9 too.
import typing

print(hasattr(type, '__or__'), hasattr(list[int], '__or__'))  # expect: True True
for expression in ('int | str', 'int | None', 'None | int', 'list[int] | None', '1 | 2', '{1} | {2}'):
    try:
        print(expression, eval(expression))
    except TypeError as error:
        print(expression, error)  # expect: int | str int | str
# expect: int | None int | None
# expect: None | int None | int
# expect: list[int] | None list[int] | None
# expect: 1 | 2 3
# expect: {1} | {2} {1, 2}


def function(a: typing.Union[int, None]) -> typing.Optional[str]:
    pass


print(function.__annotations__)  # expect: {'a': typing.Optional[int], 'return': typing.Optional[str]}
try:
    exec('def other(a: int | None): pass')
    print('annotated')
except TypeError as error:
    print(error)  # expect: annotated
