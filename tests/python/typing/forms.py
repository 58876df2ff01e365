# What typing's forms look like.
import typing
from typing import *

T = TypeVar("T")
S = TypeVar("S", int, str)
B = TypeVar("B", bound=int, covariant=True)
P = ParamSpec("P")
Ts = TypeVarTuple("Ts")
print(Optional[int], Union[int, str, None], Union[int], int | None, Union[int, Union[str, int]], Union[int, str] == Union[str, int])  # expect: typing.Optional[int] typing.Union[int, str, NoneType] <class 'int'> int | None typing.Union[int, str] True
print(List[int], Dict[str, List[int]], Callable[[int], str], Callable[..., Any], Tuple[int, ...], Type[int], Literal[1, "a"])  # expect: typing.List[int] typing.Dict[str, typing.List[int]] typing.Callable[[int], str] typing.Callable[..., typing.Any] typing.Tuple[int, ...] typing.Type[int] typing.Literal[1, 'a']
print(T, S, B, P, Ts, S.__constraints__, B.__bound__, B.__covariant__, T.__module__, T.__default__, T.has_default())  # expect: ~T ~S +B ~P Ts (<class 'int'>, <class 'str'>) <class 'int'> True __main__ typing.NoDefault False
print(Annotated[int, "meta"], ClassVar[int], Final, Any, NoReturn, Self, Generic[T], Concatenate[int, P], Unpack[Ts], P.args, P.kwargs)  # expect: typing.Annotated[int, 'meta'] typing.ClassVar[int] typing.Final typing.Any typing.NoReturn typing.Self typing.Generic[~T] typing.Concatenate[int, ~P] typing.Unpack[Ts] P.args P.kwargs


class Box(Generic[T]):
    def __init__(self, value: T):
        self.value = value


print(Box[int], Box[int](3).value, Box.__parameters__, Box[T][str], Box[int].__origin__, Box[int].__args__, Box.__orig_bases__)  # expect: __main__.Box[int] 3 (~T,) __main__.Box[str] <class '__main__.Box'> (<class 'int'>,) (typing.Generic[~T],)
print(get_type_hints(Box.__init__), get_origin(List[int]), get_args(Dict[str, int]), get_origin(int | str), get_origin(Union[int, str]))  # expect: {'value': ~T} <class 'list'> (<class 'str'>, <class 'int'>) <class 'types.UnionType'> typing.Union


class Employee(NamedTuple):
    name: str
    id: int = 3


print(Employee("a"), Employee._fields, Employee.__annotations__, Employee._field_defaults, Employee.__mro__)  # expect: Employee(name='a', id=3) ('name', 'id') {'name': <class 'str'>, 'id': <class 'int'>} {'id': 3} (<class '__main__.Employee'>, <class 'tuple'>, <class 'object'>)


class Movie(TypedDict, total=False):
    title: Required[str]
    year: int


print(Movie(title="x"), Movie.__annotations__, Movie.__required_keys__, Movie.__optional_keys__, type(Movie(title="x")))  # expect: {'title': 'x'} {'title': typing.Required[str], 'year': <class 'int'>} frozenset({'title'}) frozenset({'year'}) <class 'dict'>


@runtime_checkable
class HasLen(Protocol):
    def __len__(self) -> int: ...


print(isinstance([], HasLen), isinstance(3, HasLen), issubclass(list, HasLen))  # expect: True False True
UserId = NewType("UserId", int)
print(UserId(5), UserId, UserId.__supertype__, cast(str, 3))  # expect: 5 __main__.UserId <class 'int'> 3


def generic[U: int, *Us, **Q](x: U) -> U:
    return x


print(generic.__type_params__, generic.__type_params__[0].__bound__, generic.__annotations__)  # expect: (U, Us, Q) <class 'int'> {'x': U, 'return': U}
type Alias[V] = list[V] | None
print(Alias, Alias.__value__, Alias.__type_params__, Alias[int])  # expect: Alias list[V] | None (V,) Alias[int]


class New[W = int]:
    pass


print(New[str], New.__parameters__, New.__type_params__[0].__default__, New.__orig_bases__)  # expect: __main__.New[str] (W,) <class 'int'> (typing.Generic[W],)


def later(x: "Missing", y: "int | None" = None) -> "Box[int]": ...


print(later.__annotations__)  # expect: {'x': 'Missing', 'y': 'int | None', 'return': 'Box[int]'}
try:
    get_type_hints(later)
except NameError as error:
    print(error)
# expect: name 'Missing' is not defined
for bad in [lambda: Union[()], lambda: Optional[1, 2], lambda: TypeVar("X", int), lambda: isinstance(3, List[int]), lambda: Any(),
            lambda: List[int, str], lambda: Generic[int], lambda: type("X", (TypeVar,), {}), lambda: Literal, lambda: Box[int, str],
            lambda: Movie.__total__, lambda: isinstance(1, Union[int, str]), lambda: Employee()]:
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
# expect: TypeError Cannot take a Union of no types.
# expect: TypeError typing.Optional requires a single type. Got (1, 2).
# expect: TypeError A single constraint is not allowed
# expect: TypeError Subscripted generics cannot be used with class and instance checks
# expect: TypeError Any cannot be instantiated
# expect: TypeError Too many arguments for typing.List; actual 2, expected 1
# expect: TypeError Parameters to Generic[...] must all be type variables or parameter specification variables.
# expect: TypeError type 'typing.TypeVar' is not an acceptable base type
# expect: typing.Literal
# expect: TypeError Too many arguments for <class '__main__.Box'>; actual 2, expected 1
# expect: False
# expect: True
# expect: TypeError Employee.__new__() missing 1 required positional argument: 'name'
print(typing.get_overloads(later), typing.ForwardRef("X"), repr(typing.ForwardRef("X") | int), final(later) is later)  # expect: [] ForwardRef('X') typing.Union[ForwardRef('X'), int] True
