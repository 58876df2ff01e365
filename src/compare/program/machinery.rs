//! How classes are made and found: hooks, descriptors, metaclasses, `super`, properties, slots, weak references to classes.

use super::templates;
use super::writer::Writer;

const TEMPLATES: [&str; 22] = [
    "class Hook:\n    def __init_subclass__(cls, tag=None, **more):\n        super().__init_subclass__(**more)\n        cls.tag = tag\nclass $name(Hook, tag=$object): x = 1\nprint($name.tag is $object, Hook.__subclasses__(), sys.getrefcount($name))",
    "class Named:\n    def __set_name__(self, owner, name): print('named', owner.__name__, name, sys.getrefcount(self))\n    def __get__(self, instance, owner=None): return self if instance is None else sys.getrefcount(instance)\nclass $name:\n    a = Named()\n    b = Named()\nprint($name().a, $name.b is vars($name)['b'])",
    "class Stored:\n    def __get__(self, instance, owner): return instance.__dict__.get('kept', 'nothing')\n    def __set__(self, instance, value): instance.__dict__['kept'] = value\n    def __delete__(self, instance): del instance.__dict__['kept']\nclass $name: x = Stored()\ni = $name()\ni.x = $object\nprint(i.x is $object, sys.getrefcount(i.x), vars(i).keys())\ndel i.x\nprint(i.x)\ndel i.x",
    "class Meta(type):\n    def __new__(meta, name, bases, space, **more):\n        print('new', name, sorted(k for k in space if k[0] != '_'), more)\n        return super().__new__(meta, name, bases, space)\n    def __init__(cls, name, bases, space, **more): super().__init__(name, bases, space)\n    def __call__(cls, *args):\n        made = super().__call__(*args)\n        print('call', sys.getrefcount(made))\n        return made\nclass $name(metaclass=Meta, option=$few): a = 1\nprint(type($name).__name__, isinstance($name(), $name))",
    "class Meta(type):\n    def __prepare__(name, bases): return collections.OrderedDict(first=name)\n    __prepare__ = classmethod(lambda meta, name, bases: collections.OrderedDict(first=name))\nclass $name(metaclass=Meta): pass\nprint($name.first, list(vars($name))[:2], sys.getsizeof(vars($name)) > 0)",
    "class A:\n    def f(self): return ['A']\nclass B(A):\n    def f(self): return ['B'] + super().f()\nclass C(A):\n    def f(self): return ['C'] + super().f()\nclass $name(B, C):\n    def f(self): return ['D'] + super().f()\nprint($name().f(), [c.__name__ for c in $name.__mro__], A.__subclasses__(), sys.getrefcount(A))",
    "class $name:\n    def __init__(self): self.kept = []\n    @property\n    def p(self): return self.kept\n    @p.setter\n    def p(self, value): self.kept = value\n    @p.deleter\n    def p(self): del self.kept\ni = $name()\nprint(sys.getrefcount(i.p))\ni.p = $object\nprint(i.p is $object)\ndel i.p\ni.p",
    "class $name:\n    @classmethod\n    def c(cls): return sys.getrefcount(cls)\n    @staticmethod\n    def s(x): return sys.getrefcount(x)\n    @functools.cached_property\n    def lazy(self): return [$object]\ni = $name()\nprint(i.c() == $name.c(), i.s($object), i.lazy is i.lazy, list(vars(i)))",
    "class $name:\n    __slots__ = ('a', 'b', '__dict__', '__weakref__')\ni = $name()\ni.a = i.c = $object\nprint(sys.getsizeof(i), sys.getrefcount(i.a), vars(i).keys(), weakref.ref(i)() is i, $name.a.__get__(i) is $object)\ndel i.a\ni.a",
    "class Base: __slots__ = ('a',)\nclass $name(Base): __slots__ = ('b',)\ni = $name()\ni.b = $object\nprint(sys.getsizeof(i), hasattr(i, 'a'), gc.is_tracked(i), gc.get_referents(i)[:1] == [$object])\ni.c = 1",
    "class $name:\n    def __init__(self, **more):\n        for key, value in more.items(): setattr(self, key, value)\na, b = $name(x=1, y=$object), $name(y=2, z=3)\nprint(sys.getsizeof(vars(a)), sys.getsizeof(vars(b)), sys.getsizeof(vars($name())))\nfor i in range($count): setattr(a, f'k{i}', i)\nprint(len(vars(a)), sys.getsizeof(vars(a)), sys.getsizeof(vars(b)), sys.getsizeof(vars($name())))",
    "class $name:\n    def __getattribute__(self, key):\n        return object.__getattribute__(self, key) if key[0] == '_' else (key, sys.getrefcount(self))\n    def __setattr__(self, key, value):\n        print('set', key, sys.getrefcount(value))\n        object.__setattr__(self, key, value)\n    def __delattr__(self, key): print('del', key)\ni = $name()\ni.a = $object\nprint(i.a, vars(i)['a'] is $object)\ndel i.a",
    "class $name:\n    def __new__(cls, *args):\n        self = super().__new__(cls)\n        print('new', len(args), sys.getrefcount(self))\n        return self\n    def __init__(self, *args): print('init', sys.getrefcount(self), [sys.getrefcount(x) for x in args])\nprint(sys.getrefcount($name($object, 1)), sys.getrefcount($name(*[$object])))",
    "class $name:\n    def __eq__(self, other): return NotImplemented\n    def __lt__(self, other): return sys.getrefcount(self) > 0\n    def __add__(self, other): return sys.getrefcount(self), sys.getrefcount(other)\n    def __getitem__(self, key): return sys.getrefcount(key)\n    def __len__(self): return $few\n    def __contains__(self, x): return x is self\n    def __iter__(self): return iter([self])\n    def __call__(self, *args, **more): return sys.getrefcount(args), sys.getrefcount(more)\ni = $name()\nprint(i == i, i == 1, i < 1, i + $object, i[$object], len(i), bool(i), i in i, sys.getrefcount([*i][0]), i($object), i(k=1))",
    "$kept = weakref.ref($class)\nprint(weakref.getweakrefcount($class), $class.__subclasses__() == [], sys.getrefcount($class))",
    "class $name($class): pass\nprint([c.__name__ for c in $class.__subclasses__()], weakref.getweakrefcount($name), sys.getrefcount($name))\ndel $name\nprint(len($class.__subclasses__()), gc.collect(), len($class.__subclasses__()))",
    "$kept = type('$name', ($class,), {'x': $object, '__slots__': ()})\nprint(sys.getsizeof($class) >= 0, sys.getrefcount($class))",
    "i = $class()\nprint(type(i).__mro__[0] is $class, isinstance(i, $class), sys.getsizeof(i), sys.getrefcount(type(i)))\ni.__class__ = $class\ndel i",
    "$class.added = lambda self: sys.getrefcount(self)\nprint($class().added(), sys.getrefcount($class.added))\ndel $class.added",
    "@dataclasses.dataclass\nclass $name:\n    a: object\n    b: list = dataclasses.field(default_factory=list)\ni = $name($object)\nprint(i == $name($object), i.a is $object, sys.getrefcount(i.b), sys.getsizeof(i), dataclasses.replace(i, b=1).b)",
    "class $name(enum.Enum):\n    A = 1\n    B = 'two'\n    C = 1\nprint(list($name), $name.A is $name.C, $name('two'), $name['A'].value, sys.getsizeof($name.A), len($name))\n$name(3)",
    "class $name(collections.namedtuple('Pair', 'a b')):\n    __slots__ = ()\np = $name($object, 2)\nprint(p.a is $object, sys.getsizeof(p), p._replace(b=3).b, p._asdict().keys(), sys.getrefcount(p), gc.is_tracked(p))",
];

/// Writes one.
pub fn machinery(writer: &mut Writer) {
    templates::write(writer, &TEMPLATES);
}
