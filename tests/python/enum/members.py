# Enumerations.
import enum
from enum import Enum, Flag, IntEnum, IntFlag, StrEnum, auto, unique


class Color(Enum):
    RED = 1
    GREEN = auto()
    CRIMSON = 1

    def describe(self):
        return f"{self.name} is {self.value}"


print(list(Color), Color.RED, repr(Color.GREEN), Color(1) is Color.CRIMSON, Color["RED"], Color.RED.describe(), Color.__members__)  # expect: [<Color.RED: 1>, <Color.GREEN: 2>] Color.RED <Color.GREEN: 2> True Color.RED RED is 1 {'RED': <Color.RED: 1>, 'GREEN': <Color.GREEN: 2>, 'CRIMSON': <Color.RED: 1>}
print(Color.RED in Color, 1 in Color, len(Color), isinstance(Color.RED, Color), type(Color), Color.RED == 1, hash(Color.RED) == hash("RED"))  # expect: True True 2 True <class 'enum.EnumType'> False True


class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W


print(Perm.R | Perm.X, repr(Perm(7)), Perm.RW, ~Perm.R, Perm.R in Perm.RW, list(Perm.RW), bool(Perm(0)), repr(Perm(0)))  # expect: Perm.R|X <Perm.R|W|X: 7> Perm.RW Perm.W|X True [<Perm.R: 1>, <Perm.W: 2>] False <Perm: 0>


class Num(IntEnum):
    A = 1
    B = 2


print(Num.A + 1, Num.B > Num.A, repr(Num.A), str(Num.A), f"{Num.A}", sorted(Num), Num.A == 1)  # expect: 2 True <Num.A: 1> 1 1 [<Num.A: 1>, <Num.B: 2>] True


class Word(StrEnum):
    HELLO = auto()


print(Word.HELLO, repr(Word.HELLO), Word.HELLO.upper(), IntFlag("F", "A B C")(5))  # expect: hello <Word.HELLO: 'hello'> HELLO 5
for bad in [lambda: Color(9), lambda: Color["X"], lambda: setattr(Color, "RED", 2), lambda: type("X", (Color,), {}), lambda: Color.RED < Color.GREEN,
            lambda: Perm("x"), lambda: unique(Color), lambda: Color.RED.x, lambda: Perm(99)]:
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)  # expect: ValueError 9 is not a valid Color
# expect: KeyError 'X'
# expect: AttributeError cannot reassign member 'RED'
# expect: AttributeError 'dict' object has no attribute '_member_names'
# expect: TypeError '<' not supported between instances of 'Color' and 'Color'
# expect: ValueError 'x' is not a valid Perm
# expect: ValueError duplicate values found in <enum 'Color'>: CRIMSON -> RED
# expect: AttributeError 'Color' object has no attribute 'x'
# expect: ValueError <flag 'Perm'> invalid value 99
# expect:     given 0b0 1100011
# expect:   allowed 0b0 0000111
Animal = Enum("Animal", ["CAT", "DOG"], start=5)
print(list(Animal), Animal.__module__, Animal.CAT._name_)  # expect: [<Animal.CAT: 5>, <Animal.DOG: 6>] __main__ CAT


class Planet(Enum):
    EARTH = (5.97, 6.37)

    def __init__(self, mass, radius):
        self.mass = mass

    @classmethod
    def _missing_(cls, value):
        return cls.EARTH if value == "home" else None


print(Planet.EARTH.mass, Planet("home"), Planet.EARTH)  # expect: 5.97 Planet.EARTH Planet.EARTH


class WithNonMember(Enum):
    A = 1
    f = enum.nonmember(5)
    g = enum.member(6)

    @enum.property
    def p(self):
        return 1


print(WithNonMember.f, WithNonMember.g, WithNonMember.A.p, dir(WithNonMember.A)[-4:])  # expect: 5 WithNonMember.g 1 ['f', 'name', 'p', 'value']
import copy, sys
print(copy.deepcopy(Color.RED) is Color.RED, sys.getsizeof(Color.RED), Color.RED.__dict__)  # expect: True 48 {'_value_': 1, '_name_': 'RED', '__objclass__': <enum 'Color'>, '_sort_order_': 0}
