# `register` takes the class from the annotation of the first parameter.
import functools


@functools.singledispatch
def show(value):
    return f'something: {value}'


@show.register
def _(value: int):
    return f'int: {value}'


@show.register
def _(value: list) -> str:
    return f'list: {value}'


print(show(1), show([2]), show('a'))  # expect: int: 1 list: [2] something: a
try:
    @show.register
    def _(value):
        pass
except TypeError as error:
    print(type(error).__name__, str(error).split(':')[0])  # expect: TypeError Invalid first argument to `register()`
