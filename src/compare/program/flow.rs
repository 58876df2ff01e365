//! What runs when: generators and coroutines with every way to resume them, `with`, `match`, comprehensions, exceptions.

use super::templates;
use super::writer::Writer;

const TEMPLATES: [&str; 26] = [
    "def $name():\n    try:\n        got = yield $object\n        print('got', sys.getrefcount(got))\n        yield got\n    except ValueError as e:\n        print(repr(e), e.__traceback__.tb_lineno > 0)\n        yield 'after'\n    finally:\n        print('finally')\ng = $name()\nnext(g)\nprint(g.throw(ValueError($value)))\ng.close()\nprint(g.gi_frame is None)\ndel g",
    "def $name(x):\n    try:\n        yield sys.getrefcount(x)\n    except GeneratorExit:\n        print('exit', sys.getrefcount(x))\n        raise\ng = $name($object)\nprint(next(g), g.gi_code.co_name, g.gi_running)\ndel g",
    "def $name():\n    try:\n        yield 1\n    except GeneratorExit:\n        yield 2\ng = $name()\nnext(g)\ntry:\n    g.close()\nfinally:\n    g = None",
    "def inner(x):\n    got = yield x\n    return [got, x]\ndef $name():\n    result = yield from inner($object)\n    print(len(result), sys.getrefcount(result))\n    yield result\ng = $name()\nprint(next(g) is $object, g.gi_yieldfrom is not None)\nprint(g.send($value)[1] is $object, sys.getrefcount(g))\ng.close()",
    "def $name(n):\n    if n:\n        yield n\n        yield from $name(n - 1)\nprint(list($name($few)), sum($name(3)), sys.getsizeof($name(1)))",
    "def $name():\n    yield 1\n    raise StopIteration($value)\ntry:\n    list($name())\nexcept RuntimeError as e:\n    print(e, type(e.__cause__).__name__)",
    "async def inner(x):\n    return [x, sys.getrefcount(x)]\nasync def $name():\n    a = await inner($object)\n    b = await inner($value)\n    return a[1], len(b)\nc = $name()\ntry:\n    c.send(None)\nexcept StopIteration as stop:\n    print(stop.value)\nc = None",
    "class Awaited:\n    def __await__(self):\n        got = yield self\n        return got\nasync def $name():\n    try:\n        return await Awaited()\n    finally:\n        print('finally')\nc = $name()\nprint(type(c.send(None)).__name__, sys.getrefcount(c), c.cr_await is not None)\ntry:\n    c.send($object)\nexcept StopIteration as stop:\n    print(stop.value is $object)\ndel c",
    "async def $name():\n    for i in range(3):\n        yield [i]\nasync def use():\n    return [x async for x in $name()], [y[0] async for y in $name() if y[0]]\nc = use()\ntry:\n    c.send(None)\nexcept StopIteration as stop:\n    print(stop.value)\nc = None",
    "class Manager:\n    async def __aenter__(self): return self\n    async def __aexit__(self, kind, error, trace):\n        print(kind and kind.__name__, sys.getrefcount(self))\n        return True\nasync def $name():\n    async with Manager() as m:\n        print(sys.getrefcount(m))\n        [][1]\n    return 'done'\nc = $name()\ntry:\n    c.send(None)\nexcept StopIteration as stop:\n    print(stop.value)\nc = None",
    "class Manager:\n    def __init__(self, name): self.name = name\n    def __enter__(self):\n        print('enter', self.name)\n        return self\n    def __exit__(self, *error): print('exit', self.name, sys.getrefcount(error))\nwith Manager('a') as a, Manager('b') as b:\n    print(sys.getrefcount(a), sys.getrefcount(b))\ndel a, b",
    "@contextlib.contextmanager\ndef $name(x):\n    print('in', sys.getrefcount(x))\n    try:\n        yield x\n    except LookupError as e:\n        print('caught', repr(e))\n    finally:\n        print('out', sys.getrefcount(x))\nwith $name($object) as m:\n    {}['k']\nprint(sys.getrefcount($object))",
    "with contextlib.ExitStack() as stack:\n    stack.callback(print, 'called', len($list))\n    stack.enter_context(contextlib.suppress(ValueError))\n    raise ValueError($value)\nprint(sys.getrefcount(stack))",
    "x = [i for i in range($count) if i % 2]\ny = {i: [i] for i in x}\nz = {i for i in y}\nprint(sys.getsizeof(x), sys.getsizeof(y), sys.getsizeof(z), sys.getrefcount(x))",
    "def $name():\n    a = $few\n    r = [(lambda: a + i)() for i in range(3)]\n    s = [b := i for i in r]\n    return r, b, [[i * j for j in range(2)] for i in r], sorted(locals())\nprint($name())",
    "class $name:\n    a = [$object]\n    b = [len(x) for x in [a, a]]\n    c = sys.getrefcount(a)\nprint($name.b, $name.c, 'x' in vars($name))",
    "fs = [lambda x=i: (x, i) for i in range(3)]\nprint([f() for f in fs], sys.getrefcount(fs[0]), fs[0].__closure__ is fs[1].__closure__)",
    "def $name(*args, key=None, **more):\n    return [sys.getrefcount(x) for x in args], sys.getrefcount(key), sorted(more)\nprint($name($object, key=$object), $name(*[$object, $value], **{'key': $object, 'z': 1}))",
    "def $name(x):\n    try:\n        return sys.getrefcount(x)\n    finally:\n        x = None\n        print('finally')\nprint($name($object), $name($value))",
    "def $name():\n    try:\n        raise KeyError($value)\n    except KeyError as e:\n        kept = e\n    try:\n        e\n    except NameError as error:\n        print(error)\n    return kept.__traceback__.tb_frame.f_locals.keys() >= {'kept'}, sys.getrefcount(kept)\nprint($name())",
    "try:\n    try:\n        raise ValueError(1)\n    finally:\n        raise KeyError($value)\nexcept KeyError as e:\n    print(repr(e.__context__), e.__cause__, e.__suppress_context__, sys.getrefcount(e))",
    "try:\n    try:\n        [][1]\n    except IndexError as e:\n        e.args = ($object, 2)\n        raise\nexcept Exception as e:\n    print(len(e.args), e.args[0] is $object, e.__traceback__.tb_next)",
    "class $name(Exception):\n    def __init__(self, a, b=2):\n        super().__init__(a)\n        self.b = b\ntry:\n    raise $name($object)\nexcept $name as e:\n    print(len(e.args), e.b, sys.getsizeof(e), e.__traceback__ is not None)",
    "for $name in range($few):\n    if $name == 2: break\nelse:\n    print('no break')\nwhile True:\n    try: break\n    finally: print('left')",
    "def $name(n, x):\n    return sys.getrefcount(x) if n == 0 else $name(n - 1, x)\nprint([$name(i, $object) for i in range(4)])",
    "def $name(x):\n    def inner():\n        nonlocal x\n        old, x = x, [x]\n        return old\n    return inner\nf = $name($object)\nprint(f() is $object, f()[0] is $object, sys.getrefcount(f.__closure__[0]), sys.getrefcount(f))\ndel f",
];

/// Those of versions from 3.10 on.
const MATCHES: [&str; 5] = [
    "def $name(x):\n    match x:\n        case [a, b, *rest] if len(rest) < 3: return 'list', sys.getrefcount(a), rest\n        case [] | (): return 'empty'\n        case {'a': v, **others}: return 'dict', v, others\n        case str(s): return 'str', s\n        case int() | float() as n: return 'number', n\n        case _: return type(x).__name__\nprint($name($object), $name($value), $name([1, 2, 3]))",
    "class $name:\n    __match_args__ = ('a', 'b')\n    def __init__(self, a, b): self.a, self.b = a, b\nmatch $name($object, 2):\n    case $name(x, 3): print('three')\n    case $name(x, b=y): print(x is $object, y, sys.getrefcount(x))",
    "match $value, $object:\n    case (x, y) if x is y: print('same')\n    case (None, _): print('none')\n    case (x, (a, *_)): print('sequence', sys.getrefcount(x))\n    case _: print('other')",
    "match $dict:\n    case {'a': 1 | 2 as n}: print('small', n)\n    case {'a': a}: print('a', sys.getrefcount(a))\n    case {}: print('mapping')\n    case _: print('none')",
    "for x in ($object, 3, 'ab', None, [1], {'k': 0}):\n    match x:\n        case None: print('None')\n        case 3: print(3)\n        case 'ab': print('text')\n        case [_]: print('one')\n        case {'k': k}: print(k)\n        case _: print('?')",
];

/// Those of versions from 3.11 on.
const GROUPS: [&str; 3] = [
    "try:\n    raise ExceptionGroup('g', [ValueError($value), ExceptionGroup('h', [KeyError('k'), OSError(1)])])\nexcept* ValueError as e:\n    print(len(e.exceptions), sys.getrefcount(e))\nexcept* (KeyError, OSError) as e:\n    print(repr(e))",
    "try:\n    try:\n        raise ExceptionGroup('g', [ValueError(1), TypeError($object)])\n    except* ValueError:\n        print('value')\nexcept ExceptionGroup as e:\n    print(e.message, len(e.exceptions), e.exceptions[0].args[0] is $object, e.__context__)",
    "g = ExceptionGroup('g', [ValueError(1), TypeError(2)])\na, b = g.split(ValueError)\nprint(repr(a), repr(b), g.subgroup(KeyError), g.derive([OSError()]), sys.getsizeof(g))\ng.add_note('note')\nprint(g.__notes__, sys.getrefcount(g))\ndel g, a, b",
];

/// Writes one.
pub fn flow(writer: &mut Writer) {
    let templates = match writer.between(0, 9) {
        0 | 1 if writer.has(10) => &MATCHES[..],
        2 if writer.has(11) => &GROUPS[..],
        _ => &TEMPLATES[..],
    };
    templates::write(writer, templates);
}
