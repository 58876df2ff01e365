# python: 3.14 3.15
# Annotations are evaluated when somebody asks (PEP 649, PEP 749). Expectations from the PEPs, the documentation of
# annotationlib and the sizes recorded from CPython 3.14.10 and 3.15.2.
import annotationlib
import inspect
import sys
from dataclasses import dataclass, field

width: int = 1


class Node:
    """A class whose annotations name what comes later."""

    next: Node
    value: Later = None

    def follow(self, other: Node, *rest: Later) -> Later: ...

    if width:
        chosen: int
    else:
        left_out: int


try:
    Node.__annotations__
except NameError as error:
    print(error)  # expect: name 'Later' is not defined

Later = float
print(Node.__annotations__)
# expect: {'next': <class '__main__.Node'>, 'value': <class 'float'>, 'chosen': <class 'int'>}
print(Node.__annotations__ is Node.__annotations__)  # expect: True
print(Node.follow.__annotations__)
# expect: {'other': <class '__main__.Node'>, 'rest': <class 'float'>, 'return': <class 'float'>}
print("__annotate_func__" in vars(Node), "__annotations__" in vars(Node))  # expect: True False


def area(width: int, height: undefined = 2) -> None: ...


print(area.__annotate__.__qualname__, inspect.signature(area.__annotate__))  # expect: area.__annotate__ (format, /)
print(annotationlib.get_annotations(area, format=annotationlib.Format.STRING))
# expect: {'width': 'int', 'height': 'undefined', 'return': 'None'}
print(annotationlib.get_annotations(area, format=annotationlib.Format.FORWARDREF)["height"].__forward_arg__)
# expect: undefined
try:
    area.__annotate__(3)
except NotImplementedError:
    print("refused")  # expect: refused
undefined = str
print(area.__annotate__(1))  # expect: {'width': <class 'int'>, 'height': <class 'str'>, 'return': None}
print(sys.getsizeof(area))  # expect: 168

area.__annotations__ = {"a": 1}
print(area.__annotations__, area.__annotate__)  # expect: {'a': 1} None
area.__annotate__ = lambda format: {"b": format}
print(area.__annotations__)  # expect: {'b': 1}
for change in ("del area.__annotate__", "area.__annotate__ = 5", "area.__annotate__ = len; area.__annotations__"):
    try:
        exec(change)
    except TypeError as error:
        print(error)
# expect: __annotate__ cannot be deleted
# expect: __annotate__ must be callable or None
# expect: object of type 'int' has no len()
area.__annotate__ = lambda format: 5
try:
    area.__annotations__
except TypeError as error:
    print(error)  # expect: __annotate__ returned non-dict of type 'int'

print(__annotate__(1))  # expect: {'width': <class 'int'>}
try:
    __annotations__
except NameError as error:
    print(error)  # expect: name '__annotations__' is not defined
print(sys.modules["__main__"].__annotations__)  # expect: {'width': <class 'int'>}


def first[T](items: list[T]) -> T: ...


print(first.__annotations__)  # expect: {'items': list[T], 'return': T}


def outer():
    size: nonexistent = int

    def inner(x: size): ...

    size = str
    return inner.__annotations__


print(outer())  # expect: {'x': <class 'str'>}


class Plain:
    pass


print(Plain.__annotations__, Plain.__annotate__, (lambda: 0).__annotations__)  # expect: {} None {}


@dataclass
class Point:
    x: int
    rest: list[Unknown] = field(default_factory=list)


print(Point(1), sorted(Point.__init__.__annotate__(1)) if "Unknown" in globals() else "not yet")
# expect: Point(x=1, rest=[]) not yet


# An annotation must not yield, bind or await.
for text in ("def f(x: (yield)): ...", "x: (y := 1) = 2"):
    try:
        compile(text, "text", "exec")
    except SyntaxError as error:
        print(error.msg)
# expect: yield expression cannot be used within an annotation
# expect: named expression cannot be used within an annotation


# A dataclass with slots is a class made anew, whose methods give annotations too.
@dataclass(slots=True)
class Slotted:
    x: int
    y: "str" = "a"


print(Slotted(1), Slotted.__annotations__, Slotted.__slots__)
# expect: Slotted(x=1, y='a') {'x': <class 'int'>, 'y': 'str'} ('x', 'y')
