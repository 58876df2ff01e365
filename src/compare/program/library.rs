//! Bytes, copies, pickles, functions of the library, sizes in series, and what `tracemalloc` makes of them.

use super::templates;
use super::writer::Writer;

const TEMPLATES: [&str; 34] = [
    "b = bytearray(b'abc' * $few)\nfor i in range($count): b.append(i)\nprint(len(b), sys.getsizeof(b))\ndel b[:2]\nb += b'xyz'\nb.insert(0, 1)\nprint(len(b), sys.getsizeof(b), b[:4], b.find(b'z'))",
    "b = bytearray(b'hello')\nm = memoryview(b)\nm[0:2] = b'HE'\nprint(bytes(m), m.nbytes, sys.getrefcount(b), sys.getsizeof(m), m[1:3].tolist(), m.obj is b)\ntry:\n    b.append(1)\nexcept BufferError as e:\n    print(e)\nm.release()\nb.append(1)\nprint(sys.getsizeof(b))",
    "b = b'abc' * $few\nprint(b[1:2], sys.getsizeof(b), b.hex(), b.split(b'b')[:2], b.translate(None, b'a'), b[:0] is b'', list(b[:3]))",
    "m = memoryview(bytes(range(8)))\nprint(m.cast('H').tolist(), m[::2].tolist(), m == bytes(range(8)), m.readonly, hash(m) == hash(m.obj), m.cast('B', [2, 4]).shape)\nm[0] = 1",
    "x = copy.deepcopy([$object, $object])\nprint(x[0] is x[1], x[0] is $object, sys.getrefcount(x[0]))\ndel x",
    "x = [$object]\nx.append(x)\ny = copy.deepcopy(x)\nz = copy.copy(x)\nprint(y[1] is y, z[1] is x, sys.getrefcount(x), sys.getrefcount(y))\ndel x, y, z",
    "class $name:\n    def __copy__(self): return 'copied'\n    def __deepcopy__(self, memo): return len(memo)\nprint(copy.copy($name()), copy.deepcopy([$name()]))",
    "x = pickle.loads(pickle.dumps([$value, 'text', (1, 2)]))\nprint(type(x[0]).__name__, x[1:], sys.getrefcount(x), sys.getrefcount(x[1]))",
    "d = pickle.dumps({'a': [1, 2], 'b': (None, True, 1.5)}, $few)\nprint(len(d), pickle.loads(d), sys.getsizeof(d))",
    "p = functools.partial($callable)\nprint(sys.getrefcount(p), sys.getsizeof(p), p.func is $callable, p.args, p.keywords)\np()",
    "print(functools.reduce(lambda a, b: a + [b], range($few), []), functools.reduce(lambda a, b: (sys.getrefcount(a), sys.getrefcount(b)), [$object, $object]))",
    "@functools.lru_cache(maxsize=$few)\ndef $name(x=0, *, k=None): return [x, k]\nprint($name(1) is $name(1), $name(1, k=2), $name.cache_info(), sys.getrefcount($name(3)))\n$name.cache_clear()\nprint($name.cache_info())",
    "@functools.singledispatch\ndef $name(x): return 'any'\n@$name.register\ndef _(x: int): return 'int'\n@$name.register(list)\ndef _(x): return 'list', sys.getrefcount(x)\nprint($name(1), $name([]), $name('a'), $name($object))",
    "@functools.total_ordering\nclass $name:\n    def __init__(self, n): self.n = n\n    def __eq__(self, other): return self.n == other.n\n    def __lt__(self, other): return self.n < other.n\nprint($name(1) <= $name(2), $name(3) > $name(2), sorted([$name(2), $name(1)])[0].n, max($name(i) for i in range(3)).n)",
    "@functools.wraps(len)\ndef $name(*args): return len(*args)\nprint($name.__name__, $name.__wrapped__ is len, $name([1]))",
    "print(list(itertools.chain([1], $list))[:3], list(itertools.zip_longest('ab', [1], fillvalue=0)), list(itertools.accumulate([1, 2, 3])), [len(list(g)) for _, g in itertools.groupby('aabbb')])",
    "c = itertools.cycle([$object, 1])\nprint(next(c) is $object, next(c), next(c) is $object, sys.getrefcount($object), sys.getsizeof(c))\ndel c",
    "print(list(itertools.product('ab', repeat=2))[1], list(itertools.combinations(range(4), 2))[-1], next(itertools.permutations([1, 2, 3])), list(itertools.starmap(pow, [(2, 3)])), list(itertools.takewhile(lambda x: x < 2, range(9))), list(itertools.compress('abc', [1, 0, 1])))",
    "a, b = itertools.tee(iter($list))\nprint(len(list(a)), len(list(b)), sys.getsizeof(a))\ndel a, b",
    "z = zip($list, range(9))\nprint(len(list(z)), sys.getrefcount($list), sys.getsizeof(z))\ndel z",
    "s = sorted([3, 1, 2], key=lambda x: -x)\nt = sorted($list, key=id)\nprint(s, len(t), sys.getsizeof(s), sys.getsizeof(t), sys.getrefcount(t))",
    "x = [[3], [1], [2]]\nx.sort(key=lambda e: e[0], reverse=True)\nprint(x, min(x), max(x, key=len), sys.getsizeof(x), sorted(x) == x[::-1])",
    "print([sys.getsizeof(list(range(i))) for i in range(0, $count, 3)], [sys.getsizeof([0] * i) for i in range(3)])",
    "print([sys.getsizeof(dict.fromkeys(range(i))) for i in range(0, $count, 4)], [sys.getsizeof(set(range(i))) for i in range(0, $count, 4)])",
    "print([sys.getsizeof('a' * i) for i in range(3)], [sys.getsizeof('é' * i) for i in range(3)], [sys.getsizeof('기' * i) for i in range(3)], [sys.getsizeof('😀' * i) for i in range(3)], [sys.getsizeof(2 ** (30 * i)) for i in range(4)])",
    "d = collections.deque(maxlen=$few)\nd.extend(range($count))\nd.appendleft($object)\nd.rotate(1)\nprint(len(d), sys.getsizeof(d), $object in d, sys.getrefcount($object))",
    "d = collections.defaultdict(lambda: [$object])\nprint(len(d['a']), d['a'] is d['a'], sys.getrefcount(d['a']), sys.getsizeof(d), list(d))",
    "o = collections.OrderedDict(a=$object, b=2)\no.move_to_end('a')\nprint(list(o), o.popitem()[1] is $object, sys.getsizeof(o), repr(o), sys.getrefcount(o))",
    "c = collections.Counter('abracadabra')\nprint(c.most_common(2), c['z'], (c - collections.Counter('aaa'))['a'], sys.getsizeof(c), sum(c.values()))\nm = collections.ChainMap({'a': 1}, c)\nprint(m['a'], len(m), m.maps[1] is c)",
    "x = $value\nprint(f'{x!r:.30} {x=!s:.9}', f'{len($list):>5}|{$count:^7,}|{3.14159:.{$few}f}|{$few:#06x}')",
    "tracemalloc.start()\nbefore = tracemalloc.get_traced_memory()[0]\nx = [[] for _ in range($count)]\nmiddle = tracemalloc.get_traced_memory()[0]\ndel x\nafter, peak = tracemalloc.get_traced_memory()\ntracemalloc.stop()\nprint(middle - before, after - before, peak - before)",
    "def $name():\n    return [str(i) for i in range($count)]\ntracemalloc.start()\nx = $name()\nsnapshot = tracemalloc.get_traced_memory()\nx = None\nprint(snapshot[0] > 0, sum(t.size for t in tracemalloc.take_snapshot().traces) >= 0)\ntracemalloc.stop()",
    "class $name: pass\ntracemalloc.start()\nx = [$name() for _ in range($count)]\nsize = tracemalloc.get_traced_memory()[0]\nfor i in x: i.a = i\nmore = tracemalloc.get_traced_memory()[0]\ntracemalloc.stop()\nprint(size, more - size)\ndel x, i\nprint(gc.collect())",
    "class $name: pass\ni = $name()\nf = weakref.finalize(i, print, 'finalized', $few)\nprint(f.alive, sys.getrefcount(i))\ndel i\nprint(f.alive, f())",
];

/// Writes one.
pub fn library(writer: &mut Writer) {
    templates::write(writer, &TEMPLATES);
}
