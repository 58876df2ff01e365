# Dataclasses as authors write them.
import dataclasses
import inspect
import sys
from dataclasses import KW_ONLY, InitVar, asdict, astuple, dataclass, field, fields, make_dataclass, replace


@dataclass
class Point:
    x: int
    y: int = 0
    tags: list = field(default_factory=list, repr=False)


p = Point(1)
print(p, p == Point(1), p == Point(2), Point.__doc__, Point.__match_args__, p.__dict__)  # expect: Point(x=1, y=0) True False Point(x: int, y: int = 0, tags: list = <factory>) ('x', 'y', 'tags') {'x': 1, 'y': 0, 'tags': []}
print([f.name for f in fields(Point)], repr(fields(Point)[1]).split(',default_factory')[0])  # expect: ['x', 'y', 'tags'] Field(name='y',type=<class 'int'>,default=0
print(inspect.signature(Point), Point.__init__.__annotations__, Point.__eq__.__qualname__)  # expect: (x: int, y: int = 0, tags: list = <factory>) -> None {'x': <class 'int'>, 'y': <class 'int'>, 'tags': <class 'list'>, 'return': None} Point.__eq__
print(asdict(p), astuple(p), replace(p, y=5), dataclasses.is_dataclass(p), dataclasses.is_dataclass(int))  # expect: {'x': 1, 'y': 0, 'tags': []} (1, 0, []) Point(x=1, y=5) True False


@dataclass(frozen=True, order=True)
class Version:
    major: int
    minor: int = 0


print(Version(1, 2) < Version(1, 3), sorted([Version(2), Version(1)]), hash(Version(1)) == hash(Version(1, 0)), {Version(1): "a"})  # expect: True [Version(major=1, minor=0), Version(major=2, minor=0)] True {Version(major=1, minor=0): 'a'}
try:
    Version(1).major = 2
except dataclasses.FrozenInstanceError as error:
    print(type(error), error)
# expect: <class 'dataclasses.FrozenInstanceError'> cannot assign to field 'major'


@dataclass(slots=True)
class Slotted:
    a: int
    b: str = "b"


s = Slotted(1)
print(s, Slotted.__slots__, hasattr(s, "__dict__"), sys.getsizeof(s), sys.getsizeof(p))  # expect: Slotted(a=1, b='b') ('a', 'b') False 48 48
try:
    s.c = 1
except AttributeError as error:
    print(error)
# expect: 'Slotted' object has no attribute 'c' and no __dict__ for setting new attributes


@dataclass(kw_only=True)
class Base:
    name: str
    secret: InitVar[int] = 3
    computed: int = field(init=False)

    def __post_init__(self, secret):
        self.computed = secret * 2


@dataclass
class Child(Base):
    extra: str = "e"
    _: KW_ONLY
    last: int = 9


print(Base(name="n"), Child("x", name="n", secret=5), inspect.signature(Child))  # expect: Base(name='n', computed=6) Child(name='n', computed=10, extra='x', last=9) (extra: str = 'e', *, name: str, secret: dataclasses.InitVar[int] = 3, last: int = 9) -> None
C = make_dataclass("C", ["x", ("y", int), ("z", int, field(default=3))], bases=(Point,), namespace={"twice": lambda self: self.x * 2})
print(C(1, 2), C(4).twice(), C.__annotations__, C.__mro__[1])  # expect: C(x=1, y=2, z=3) 8 {'x': 'typing.Any', 'y': <class 'int'>, 'z': <class 'int'>} <class '__main__.Point'>
print(Point.__hash__, Version.__hash__ is not None, Slotted(1) == Slotted(1), dataclass(eq=False)(type("E", (), {"__annotations__": {"q": int}}))(1))  # expect: None True True E(q=1)


def attempt(source):
    try:
        exec(source, globals())
    except Exception as error:
        print(type(error).__name__, error)


attempt("@dataclass\nclass Bad:\n    x: int = 0\n    y: int\n")  # expect: TypeError non-default argument 'y' follows default argument 'x'
attempt("@dataclass\nclass Bad:\n    x: list = []\n")  # expect: ValueError mutable default <class 'list'> for field x is not allowed: use default_factory
attempt("Point()")  # expect: TypeError Point.__init__() missing 1 required positional argument: 'x'
attempt("Point(1, 2, 3, 4)")  # expect: TypeError Point.__init__() takes from 2 to 4 positional arguments but 5 were given
attempt("Point(1, z=2)")  # expect: TypeError Point.__init__() got an unexpected keyword argument 'z'
attempt("@dataclass(order=True, eq=False)\nclass Bad: pass\n")  # expect: ValueError eq must be true if order is true
attempt("@dataclass(slots=True)\nclass Bad:\n    __slots__ = ()\n    x: int\n")  # expect: TypeError Bad already specifies __slots__
attempt("replace(Child('x', name='n'), computed=1)")  # expect: TypeError field computed is declared with init=False, it cannot be specified with replace()
attempt("asdict(3)")  # expect: TypeError asdict() should be called on dataclass instances
attempt("@dataclass\nclass Mutable(Version): pass\n")  # expect: TypeError cannot inherit non-frozen dataclass from a frozen one
attempt("Version(1) < 3")  # expect: TypeError '<' not supported between instances of 'Version' and 'int'


@dataclass
class Node:
    value: int
    next: "Node | None" = None


n = Node(1, Node(2))
n.next.next = n
print(n)  # expect: Node(value=1, next=Node(value=2, next=...))
match p:
    case Point(x, y):
        print(x, y)
# expect: 1 0
