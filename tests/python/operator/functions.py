# tests/python/operator/functions.py: operators as functions, getters and callers.
import operator
from operator import attrgetter, itemgetter, methodcaller


def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


class A:
    def __init__(self):
        self.b = [1, 2]
        self.n = lambda *args, **kwargs: (args, kwargs)

    def __repr__(self):
        return "A()"


class B:
    a = A()


a, b = A(), B()
print(operator.add(1, 2), operator.sub(1, 2), operator.mul(3, 4), operator.truediv(1, 2), operator.floordiv(7, 2), operator.mod(7, 3), operator.pow(2, 5))  # expect: 3 -1 12 0.5 3 1 32
print(operator.and_(6, 3), operator.or_(6, 3), operator.xor(6, 3), operator.lshift(1, 4), operator.rshift(16, 2), operator.inv(5), operator.neg(5), operator.pos(-5), operator.abs(-5))  # expect: 2 7 5 16 4 -6 -5 -5 5
print(operator.lt(1, 2), operator.le(2, 2), operator.eq(1, 1.0), operator.ne(1, 2), operator.gt(1, 2), operator.ge(1, 2), operator.is_(a, a), operator.is_not(a, a), operator.not_([]), operator.truth([1]))  # expect: True True True True False False True False True True
print(operator.concat([1], [2]), operator.contains([1, 2], 2), operator.countOf([1, 1, 2], 1), operator.indexOf("abc", "c"), operator.getitem([5, 6], 1), operator.length_hint(iter([1, 2])), operator.length_hint(5, -3), operator.call(max, 3, 5), operator.index(True))  # expect: [1, 2] True 2 2 6 2 -3 5 1
items = [1, 2, 3]
operator.setitem(items, 0, 9)
operator.delitem(items, 1)
print(items, operator.iadd(items, [4]) is items, items, operator.iconcat(items, (5,)), operator.imul(3, 4), operator.ior({1}, {2}))  # expect: [9, 3, 4, 5] True [9, 3, 4, 5] [9, 3, 4, 5] 12 {1, 2}
print(itemgetter(1)([1, 2]), itemgetter(0, -1)("abc"), itemgetter("k")({"k": 5}), itemgetter(slice(1, 3))([1, 2, 3, 4]), itemgetter(-1)((1, 2)))  # expect: 2 ('a', 'c') 5 [2, 3] 2
print(attrgetter("b")(a), attrgetter("a.b")(b), attrgetter("a.b", "a")(b), methodcaller("n")(a), methodcaller("n", 1, k=2)(a), methodcaller("upper")("x"), methodcaller("split", ",", maxsplit=1)("a,b,c"))  # expect: [1, 2] [1, 2] ([1, 2], A()) ((), {}) ((1,), {'k': 2}) X ['a', 'b,c']
print(itemgetter(1), itemgetter(1, "a"), attrgetter("a.b"), attrgetter("a", "b.c"), methodcaller("n", 1, k=2), methodcaller("n"))  # expect: operator.itemgetter(1) operator.itemgetter(1, 'a') operator.attrgetter('a.b') operator.attrgetter('a', 'b.c') operator.methodcaller('n', 1, k=2) operator.methodcaller('n')
print(itemgetter(1).__reduce__(), attrgetter("a.b", "c").__reduce__(), methodcaller("n", 1).__reduce__())  # expect: (<class 'operator.itemgetter'>, (1,)) (<class 'operator.attrgetter'>, ('a.b', 'c')) (<class 'operator.methodcaller'>, ('n', 1))
print(itemgetter.__name__, itemgetter.__module__, itemgetter(1).__sizeof__(), attrgetter("a").__sizeof__(), methodcaller("a").__sizeof__())  # expect: itemgetter operator 48 40 64
print(sorted([(1, "b"), (2, "a")], key=itemgetter(1)), max([A(), A()], key=attrgetter("b")))  # expect: [(2, 'a'), (1, 'b')] A()
print(error(lambda: itemgetter()))  # expect: TypeError: itemgetter expected 1 argument, got 0
print(error(lambda: itemgetter(1)()))  # expect: TypeError: itemgetter expected 1 argument, got 0
print(error(lambda: itemgetter(1)(1, 2)))  # expect: TypeError: itemgetter expected 1 argument, got 2
print(error(lambda: itemgetter(x=1)))  # expect: TypeError: itemgetter() takes no keyword arguments
print(error(lambda: itemgetter(5)((1, 2))))  # expect: IndexError: tuple index out of range
print(error(lambda: itemgetter(1)(5)))  # expect: TypeError: 'int' object is not subscriptable
print(error(lambda: attrgetter()))  # expect: TypeError: attrgetter expected 1 argument, got 0
print(error(lambda: attrgetter(1)))  # expect: TypeError: attribute name must be a string
print(error(lambda: attrgetter("b.x")(a)))  # expect: AttributeError: 'list' object has no attribute 'x'
print(error(lambda: attrgetter("b")()))  # expect: TypeError: attrgetter expected 1 argument, got 0
print(error(lambda: methodcaller()))  # expect: TypeError: methodcaller needs at least one argument, the method name
print(error(lambda: methodcaller(1)))  # expect: TypeError: method name must be a string
print(error(lambda: methodcaller("zz")(a)))  # expect: AttributeError: 'A' object has no attribute 'zz'
print(error(lambda: methodcaller("n")()))  # expect: TypeError: methodcaller expected 1 argument, got 0
print(error(lambda: operator.indexOf([1], 2)))  # expect: ValueError: sequence.index(x): x not in sequence
print(error(lambda: operator.indexOf(5, 2)))  # expect: TypeError: argument of type 'int' is not iterable
print(error(lambda: operator.contains(5, 2)))  # expect: TypeError: argument of type 'int' is not iterable
print(error(lambda: operator.concat(1, 2)))  # expect: TypeError: 'int' object can't be concatenated
print(error(lambda: operator.concat([1], 2)))  # expect: TypeError: can only concatenate list (not "int") to list
print(error(lambda: operator.neg("a")))  # expect: TypeError: bad operand type for unary -: 'str'
print(error(lambda: operator.index(1.5)))  # expect: TypeError: 'float' object cannot be interpreted as an integer
print(error(lambda: operator.add(1)))  # expect: TypeError: add expected 2 arguments, got 1
print(error(lambda: operator.length_hint(5, 1.5)))  # expect: TypeError: 'float' object cannot be interpreted as an integer
print(error(lambda: operator.call()))  # expect: TypeError: call expected at least 1 argument, got 0
