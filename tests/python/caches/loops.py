# Operators and loops that run with the instructions around them.
import sys


def warm(function, *args):
    for _ in range(20):
        result = function(*args)
    return result


class Number:
    def __init__(self, n):
        self.n = n
    def __add__(self, other):
        return "add", other
    def __radd__(self, other):
        return "radd", other
    def __lt__(self, other):
        return "lt"
    def __gt__(self, other):
        return []
    def __getitem__(self, key):
        return "item", key
    def __bool__(self):
        print("bool")
        return True


def plus_one(a):
    return a + 1
def plus(a, b):
    return a + b
def less(a, b):
    return a < b
def branch(a, b):
    if a < b:
        return "less"
    return "not less"
def item(a, i):
    return a[i]


print(warm(plus_one, 1), plus_one(1.5), plus_one(True), plus_one(2**70), plus_one(Number(1)), plus_one(1j))  # expect: 2 2.5 2 1180591620717411303425 ('add', 1) (1+1j)
print(plus(1, Number(1)), plus("a", "b"), plus([1], [2]), plus((1,), (2,)), plus(1.5, 2), plus(2**30, 2**30))  # expect: ('radd', 1) ab [1, 2] (1, 2) 3.5 2147483648
print(less(1, 2), less(1.5, 1), less(Number(1), 2), less(1, Number(2)), less("a", "b"), less(2**80, 2**81))  # expect: True False lt [] True True
print(branch(1, 2), branch(2, 1), branch("a", "b"), branch(0.5, 0.25), branch(Number(1), 0), branch(0, Number(1)))  # expect: less not less less not less less not less
for bad in [lambda: plus_one("a"), lambda: less(1, "a"), lambda: item([1], 1), lambda: item((), 0), lambda: item([1], -2), lambda: item([1], "a"), lambda: plus(None, 1)]:
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)  # expect: TypeError can only concatenate str (not "int") to str
# expect: TypeError '<' not supported between instances of 'int' and 'str'
# expect: IndexError list index out of range
# expect: IndexError tuple index out of range
# expect: IndexError list index out of range
# expect: TypeError list indices must be integers or slices, not str
# expect: TypeError unsupported operand type(s) for +: 'NoneType' and 'int'
print(item([1, 2, 3], 0), item([1, 2, 3], -1), item((1, 2), True), item({"a": 1}, "a"), item(Number(1), 3), item("abc", 1))  # expect: 1 3 2 1 ('item', 3) b
def chain(a, b, c):
    return a < b < c, a + b * c - a // 2 % 5 << 1 | 3 ^ 4 & 6 >> 1
print(chain(1, 2, 3), chain(3, 2, 1), chain(1, 3, 2))  # expect: (True, 15) (False, 11) (False, 15)
def division(a, b):
    out = []
    for function in [lambda: a // b, lambda: a % b, lambda: a / b, lambda: a >> b, lambda: a << b, lambda: a ** b]:
        try:
            out.append(function())
        except Exception as error:
            out.append(type(error).__name__)
    return out
print(division(7, -2), division(-7, 2), division(5, 0), division(-1, 70), division(1.5, 0), division(1, 40))  # expect: [-4, -1, -3.5, 'ValueError', 'ValueError', 0.02040816326530612] [-4, 1, -3.5, -2, -28, 49] ['ZeroDivisionError', 'ZeroDivisionError', 'ZeroDivisionError', 5, 5, 1] [-1, 69, -0.014285714285714285, -1, -1180591620717411303424, 1] ['ZeroDivisionError', 'ZeroDivisionError', 'ZeroDivisionError', 'TypeError', 'TypeError', 1.0] [0, 1, 0.025, 0, 1099511627776, 1]
# Values around the sizes of ints.
def around(n):
    return n - 1, n, n + 1, -n - 1, n * n, n - n
for shift in (8, 29, 30, 31, 59, 60, 61, 90):
    print(around(1 << shift))  # expect: (255, 256, 257, -257, 65536, 0)
# expect: (536870911, 536870912, 536870913, -536870913, 288230376151711744, 0)
# expect: (1073741823, 1073741824, 1073741825, -1073741825, 1152921504606846976, 0)
# expect: (2147483647, 2147483648, 2147483649, -2147483649, 4611686018427387904, 0)
# expect: (576460752303423487, 576460752303423488, 576460752303423489, -576460752303423489, 332306998946228968225951765070086144, 0)
# expect: (1152921504606846975, 1152921504606846976, 1152921504606846977, -1152921504606846977, 1329227995784915872903807060280344576, 0)
# expect: (2305843009213693951, 2305843009213693952, 2305843009213693953, -2305843009213693953, 5316911983139663491615228241121378304, 0)
# expect: (1237940039285380274899124223, 1237940039285380274899124224, 1237940039285380274899124225, -1237940039285380274899124225, 1532495540865888858358347027150309183618739122183602176, 0)
# A loop variable that is read again while the next value is made; the old one dies when the new one is there.
class Loud:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print("del", self.n)
def loud():
    for o in map(Loud, range(3)):
        print("body", o.n)
loud()  # expect: body 0
# expect: del 0
# expect: body 1
# expect: del 1
# expect: body 2
# expect: del 2
def assign():
    value = Loud("old")
    value = [value][0]
    value = Loud("new").n + "er"
    return value
print(assign())  # expect: del new
# expect: del old
# expect: newer
# Lists and dicts that change under a loop.
def grow():
    items = [1, 2, 3]
    out = []
    for item in items:
        out.append(item)
        if len(items) < 6:
            items.append(item * 10)
    return out
print(warm(grow))  # expect: [1, 2, 3, 10, 20, 30]
def shrink():
    items = [1, 2, 3, 4]
    out = []
    for item in items:
        out.append(item)
        items.pop()
    return out
print(warm(shrink))  # expect: [1, 2]
def change():
    d = {1: 1, 2: 2}
    try:
        for key in d:
            d[key + 10] = 1
    except RuntimeError as error:
        return str(error)
print(warm(change))  # expect: dictionary changed size during iteration
it = iter([1, 2])
print([x for x in it], [x for x in it], list(it))  # expect: [1, 2] [] []
r = iter(range(3))
print(next(r), [x for x in r], [x for x in r])  # expect: 0 [1, 2] []
# Generators in for loops: closed, exhausted, running, raising.
def count(n):
    try:
        for i in range(n):
            yield i
    finally:
        print("closed")
def first():
    for x in count(5):
        if x == 2:
            break
    print("after break")
first()  # expect: closed
# expect: after break
def through():
    g = count(2)
    for x in g:
        pass
    for x in g:
        print("never")
    return x
print(through())  # expect: closed
# expect: 1
def closing():
    g = count(3)
    for x in g:
        g.close()
    return x
print(closing())  # expect: closed
# expect: 0
def own():
    def inner():
        try:
            for x in me:
                yield x
        except ValueError as error:
            yield str(error)
    me = inner()
    return list(me)
print(own())  # expect: ['generator already executing']
def stop():
    raise StopIteration("inside")
    yield
def raising():
    try:
        for x in stop():
            pass
    except RuntimeError as error:
        return str(error), repr(error.__cause__)
print(warm(raising))  # expect: ('generator raised StopIteration', "StopIteration('inside')")
def delegate():
    got = yield from [1, 2]
    got = yield from count(1)
    yield got
print(list(delegate()))  # expect: closed
# expect: [1, 2, 0, None]
class Iterator:
    def __init__(self):
        self.n = 0
    def __iter__(self):
        return self
    def __next__(self):
        self.n += 1
        if self.n > 3:
            raise StopIteration
        return self.n
def iterate(o):
    return [x for x in o]
print(warm(iterate, [5]), iterate(Iterator()), iterate(range(2)), iterate("ab"), iterate({1: 2}), iterate(count(1)))  # expect: closed
# expect: [5] [1, 2, 3] [0, 1] ['a', 'b'] [1] [0]
# Truth in conditions.
def truth(o):
    return "yes" if o else "no"
print(warm(truth, 1), truth(0), truth([]), truth([0]), truth(""), truth(None), truth(Number(1)), truth(0.0))  # expect: bool
# expect: yes no no yes no no yes no
def negated(o):
    if not o:
        return "empty"
    return "full"
print(warm(negated, []), negated([1]), negated(None), negated(5))  # expect: empty full empty full
def same(a, b):
    if a is b:
        return "same"
    if a is not None and b not in (1, 2):
        return "other"
    return "in"
print(same(None, None), same(1, 3), same(3, 1), same(None, 3))  # expect: same other in in
