# What a wrapper takes over from the function that it wraps, and in which order it stands in the wrapper's dict.
import functools


def logged(function):
    @functools.wraps(function)
    def wrapper(*args):
        return function(*args)

    return wrapper


@logged
def double(x: int) -> int:
    "Twice x."
    return 2 * x


@functools.lru_cache
def cached(x: str):
    return x


print(double.__annotations__, double.__name__, double.__doc__, list(double.__dict__))  # expect: {'x': <class 'int'>, 'return': <class 'int'>} double Twice x. ['__wrapped__']
print(double.__wrapped__.__annotations__ is double.__annotations__)  # expect: True
print(cached.__annotations__, list(cached.__dict__))  # expect: {'x': <class 'str'>} ['cache_parameters', '__module__', '__name__', '__qualname__', '__doc__', '__annotations__', '__type_params__', '__wrapped__']
print(functools.WRAPPER_ASSIGNMENTS)  # expect: ('__module__', '__name__', '__qualname__', '__doc__', '__annotations__', '__type_params__')
