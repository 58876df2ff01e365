# What errors say that are told otherwise from some version on. Each line is a program of its own.
import re

LINES = r'''
1 % 0
1.0 % 0
1j // 1
'a'['b']
S().y = 1
S().a
del P().x
None.x = 1
(5).x = 1
int.x = 1
object().x = 1
del (5).x
def g(): y_undefined = y_undefined + 1\ng()
def g(): print(q1); q1 = 1\ng()
def g():\n def h(): return v\n h(); v = 1\ng()
def g(): del w1\ng()
I()
I(1, 2, 3)
I(1, z=1)
I().m()
P.m2()
P().m2(1)
P().m3()
int(None)
int([])
int('z', 36, 3)
float(None)
float([])
str(1, 2)
enumerate()
max([])
min(())
isinstance(1, 5)
isinstance(1, [int])
issubclass(int, 5)
setattr(5, 'x', 1)
delattr(5, 'x')
print(foo=1)
__import__(5)
'%d' % 'a'
format(1, 'z')
f'{1:z}'
'a'.replace('a')
'abc'.find()
[1][0:1] = 5
with 5: pass
with P(): pass
iter(5, 6)
class A(5): pass
class A(object, P): pass
super(5)
super(int, 'a')
Abs()
P().p = 1
del P().p
P().__class__ = int
NT(1)
NT(1, 2, 3)
NT(1, c=3)
DC()
DC(1, 2, 3)
BadNew()
import functools; functools.reduce(f, [])
import struct; struct.pack('B', 256)
import re; re.compile('(')
import re; re.compile('[')
import re; re.compile('*')
int | str
int | None
None | int
isinstance(1, int | str)
import gc; gc.set_threshold()
int(P())
float(P())
P.__mro__ = 5
int.__bases__ = ()
P().cm(1)
P.sm(1)
int.bit_count
(5).bit_count('a')
ExceptionGroup
aiter(5)
anext(5)
raise ImportError('x', foo='n')
ValueError().add_note('x')
ValueError().add_note(5)
'''


def f(a, b=1): return a
def g0(): pass
def k0(*, b): pass
def po(a, /): pass
def d0(a, b, c=1): pass
class P:
    def m2(self): pass
    def m3(self, a, b): pass
    @property
    def p(self): return 1
    @classmethod
    def cm(cls): pass
    @staticmethod
    def sm(): pass
class S:
    __slots__ = ('a',)
class I:
    def __init__(self, a, b=1): pass
    def m(self, x): pass
import collections, dataclasses, enum, abc
NT = collections.namedtuple('NT', 'a b')
@dataclasses.dataclass
class DC:
    a: int
    b: int = 1
@dataclasses.dataclass(frozen=True)
class FD:
    a: int
class En(enum.Enum):
    A = 1
class Abs(abc.ABC):
    @abc.abstractmethod
    def m(self): pass
    @abc.abstractmethod
    def n(self): pass
class BadRepr:
    def __repr__(self): return 5
class BadBool:
    def __bool__(self): return 5
class BadLen:
    def __len__(self): return -1
class BadHash:
    def __hash__(self): return 'a'
class BadInt:
    def __int__(self): return 'a'
class BadIter:
    def __iter__(self): return 5
class BadNew:
    def __new__(cls, a): return 5
class BadInit:
    def __init__(self): return 5
def G():
    yield 1


for line in LINES.strip().split('\n'):
    names = dict(globals())
    try:
        exec(compile(line.replace('\\n', '\n'), '<line>', 'exec'), names)
        print(line, '->', 'fine')
    except BaseException as error:
        print(line, '->', type(error).__name__, re.sub('0x[0-9a-f]+', '0x', str(error)))  # expect: 1 % 0 -> ZeroDivisionError integer modulo by zero
# expect: 1.0 % 0 -> ZeroDivisionError float modulo by zero
# expect: 1j // 1 -> TypeError unsupported operand type(s) for //: 'complex' and 'int'
# expect: 'a'['b'] -> TypeError string indices must be integers, not 'str'
# expect: S().y = 1 -> AttributeError 'S' object has no attribute 'y' and no __dict__ for setting new attributes
# expect: S().a -> AttributeError 'S' object has no attribute 'a'
# expect: del P().x -> AttributeError 'P' object has no attribute 'x'
# expect: None.x = 1 -> AttributeError 'NoneType' object has no attribute 'x' and no __dict__ for setting new attributes
# expect: (5).x = 1 -> AttributeError 'int' object has no attribute 'x' and no __dict__ for setting new attributes
# expect: int.x = 1 -> TypeError cannot set 'x' attribute of immutable type 'int'
# expect: object().x = 1 -> AttributeError 'object' object has no attribute 'x' and no __dict__ for setting new attributes
# expect: del (5).x -> AttributeError 'int' object has no attribute 'x' and no __dict__ for setting new attributes
# expect: def g(): y_undefined = y_undefined + 1\ng() -> UnboundLocalError cannot access local variable 'y_undefined' where it is not associated with a value
# expect: def g(): print(q1); q1 = 1\ng() -> UnboundLocalError cannot access local variable 'q1' where it is not associated with a value
# expect: def g():\n def h(): return v\n h(); v = 1\ng() -> NameError cannot access free variable 'v' where it is not associated with a value in enclosing scope
# expect: def g(): del w1\ng() -> UnboundLocalError cannot access local variable 'w1' where it is not associated with a value
# expect: I() -> TypeError I.__init__() missing 1 required positional argument: 'a'
# expect: I(1, 2, 3) -> TypeError I.__init__() takes from 2 to 3 positional arguments but 4 were given
# expect: I(1, z=1) -> TypeError I.__init__() got an unexpected keyword argument 'z'
# expect: I().m() -> TypeError I.__init__() missing 1 required positional argument: 'a'
# expect: P.m2() -> TypeError P.m2() missing 1 required positional argument: 'self'
# expect: P().m2(1) -> TypeError P.m2() takes 1 positional argument but 2 were given
# expect: P().m3() -> TypeError P.m3() missing 2 required positional arguments: 'a' and 'b'
# expect: int(None) -> TypeError int() argument must be a string, a bytes-like object or a real number, not 'NoneType'
# expect: int([]) -> TypeError int() argument must be a string, a bytes-like object or a real number, not 'list'
# expect: int('z', 36, 3) -> TypeError int expected at most 2 arguments, got 3
# expect: float(None) -> TypeError float() argument must be a string or a real number, not 'NoneType'
# expect: float([]) -> TypeError float() argument must be a string or a real number, not 'list'
# expect: str(1, 2) -> TypeError str() argument 'encoding' must be str, not int
# expect: enumerate() -> TypeError enumerate() missing required argument 'iterable'
# expect: max([]) -> ValueError max() iterable argument is empty
# expect: min(()) -> ValueError min() iterable argument is empty
# expect: isinstance(1, 5) -> TypeError isinstance() arg 2 must be a type, a tuple of types, or a union
# expect: isinstance(1, [int]) -> TypeError isinstance() arg 2 must be a type, a tuple of types, or a union
# expect: issubclass(int, 5) -> TypeError issubclass() arg 2 must be a class, a tuple of classes, or a union
# expect: setattr(5, 'x', 1) -> AttributeError 'int' object has no attribute 'x' and no __dict__ for setting new attributes
# expect: delattr(5, 'x') -> AttributeError 'int' object has no attribute 'x' and no __dict__ for setting new attributes
# expect: print(foo=1) -> TypeError print() got an unexpected keyword argument 'foo'
# expect: __import__(5) -> TypeError module name must be a string
# expect: '%d' % 'a' -> TypeError %d format: a real number is required, not str
# expect: format(1, 'z') -> ValueError Negative zero coercion (z) not allowed in integer format specifier
# expect: f'{1:z}' -> ValueError Negative zero coercion (z) not allowed in integer format specifier
# expect: 'a'.replace('a') -> TypeError replace() takes at least 2 positional arguments (1 given)
# expect: 'abc'.find() -> TypeError find expected at least 1 argument, got 0
# expect: [1][0:1] = 5 -> TypeError must assign iterable to extended slice
# expect: with 5: pass -> TypeError 'int' object does not support the context manager protocol
# expect: with P(): pass -> TypeError 'P' object does not support the context manager protocol
# expect: iter(5, 6) -> TypeError iter(v, w): v must be callable
# expect: class A(5): pass -> TypeError int expected at most 2 arguments, got 3
# expect: class A(object, P): pass -> TypeError Cannot create a consistent method resolution order (MRO) for bases object, P
# expect: super(5) -> TypeError super() argument 1 must be a type, not int
# expect: super(int, 'a') -> TypeError super(type, obj): obj (instance of str) is not an instance or subtype of type (int).
# expect: Abs() -> TypeError Can't instantiate abstract class Abs without an implementation for abstract methods 'm', 'n'
# expect: P().p = 1 -> AttributeError property 'p' of 'P' object has no setter
# expect: del P().p -> AttributeError property 'p' of 'P' object has no deleter
# expect: P().__class__ = int -> TypeError __class__ assignment only supported for mutable types or ModuleType subclasses
# expect: NT(1) -> TypeError NT.__new__() missing 1 required positional argument: 'b'
# expect: NT(1, 2, 3) -> TypeError NT.__new__() takes 3 positional arguments but 4 were given
# expect: NT(1, c=3) -> TypeError NT.__new__() got an unexpected keyword argument 'c'
# expect: DC() -> TypeError DC.__init__() missing 1 required positional argument: 'a'
# expect: DC(1, 2, 3) -> TypeError DC.__init__() takes from 2 to 3 positional arguments but 4 were given
# expect: BadNew() -> TypeError BadNew.__new__() missing 1 required positional argument: 'a'
# expect: import functools; functools.reduce(f, []) -> TypeError reduce() of empty iterable with no initial value
# expect: import struct; struct.pack('B', 256) -> error 'B' format requires 0 <= number <= 255
# expect: import re; re.compile('(') -> PatternError missing ), unterminated subpattern at position 0
# expect: import re; re.compile('[') -> PatternError unterminated character set at position 0
# expect: import re; re.compile('*') -> PatternError nothing to repeat at position 0
# expect: int | str -> fine
# expect: int | None -> fine
# expect: None | int -> fine
# expect: isinstance(1, int | str) -> fine
# expect: import gc; gc.set_threshold() -> TypeError gc.set_threshold requires 1 to 3 arguments
# expect: int(P()) -> TypeError int() argument must be a string, a bytes-like object or a real number, not 'P'
# expect: float(P()) -> TypeError float() argument must be a string or a real number, not 'P'
# expect: P.__mro__ = 5 -> AttributeError attribute '__mro__' of 'type' objects is not writable
# expect: int.__bases__ = () -> TypeError cannot set '__bases__' attribute of immutable type 'int'
# expect: P().cm(1) -> TypeError P.cm() takes 1 positional argument but 2 were given
# expect: P.sm(1) -> TypeError P.sm() takes 0 positional arguments but 1 was given
# expect: int.bit_count -> fine
# expect: (5).bit_count('a') -> TypeError int.bit_count() takes no arguments (1 given)
# expect: ExceptionGroup -> fine
# expect: aiter(5) -> TypeError 'int' object is not an async iterable
# expect: anext(5) -> TypeError 'int' object is not an async iterator
# expect: raise ImportError('x', foo='n') -> TypeError ImportError() got an unexpected keyword argument 'foo'
# expect: ValueError().add_note('x') -> fine
# expect: ValueError().add_note(5) -> TypeError note must be a str, not 'int'
