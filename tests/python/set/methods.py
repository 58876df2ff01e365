# tests/python/set/methods.py: methods and operators of set and frozenset, and their errors.
def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


a, f = {1, 2, 3}, frozenset([2, 3, 4])
print(a | f, f | a, type(a | f).__name__, type(f | a).__name__, a & f, a - f, a ^ f)  # expect: {1, 2, 3, 4} frozenset({1, 2, 3, 4}) set frozenset {2, 3} {1} {1, 4}
print(a <= {1, 2, 3, 4}, a < a, a >= {1}, a > {1, 5}, a == frozenset(a), a != f, a.isdisjoint([9]), a.issubset(range(9)), a.issuperset(""))  # expect: True False True False True True True True True
print({1, 2}.isdisjoint({2}), frozenset([1]) in {frozenset([1])}, {1} in {frozenset([1])}, {frozenset([1]), 5} - {frozenset([1])})  # expect: False True True {5}
b = set(a)
b |= {9}
b &= {1, 2, 9}
b -= {1}
b ^= {2, 7}
print(sorted(b), b.discard(5), b.update([1], (2,), "z"), len(b))  # expect: [7, 9] None None 5
print(error(lambda: a.remove(9)), error(lambda: set().pop()), error(lambda: a | [1]), error(lambda: {[]}), error(lambda: hash(a)))  # expect: KeyError: 9 KeyError: 'pop from an empty set' TypeError: unsupported operand type(s) for |: 'set' and 'list' TypeError: unhashable type: 'list' TypeError: unhashable type: 'set'
print(error(lambda: set(1)), error(lambda: set(1, 2)), error(lambda: set(x=1)), error(lambda: a < [1]), error(lambda: a.add([])))  # expect: TypeError: 'int' object is not iterable TypeError: set expected at most 1 argument, got 2 TypeError: set() takes no keyword arguments TypeError: '<' not supported between instances of 'set' and 'list' TypeError: unhashable type: 'list'
print(error(lambda: frozenset(1, 2)), error(lambda: f.add), frozenset(f) is f, f.copy() is f, set(a) is a)  # expect: TypeError: frozenset expected at most 1 argument, got 2 AttributeError: 'frozenset' object has no attribute 'add' True True False
g = {frozenset([1]): "one"}
print(g[frozenset([1])], {frozenset([1])}.pop(), error(lambda: {1: 2}[{1}]))  # expect: one frozenset({1}) TypeError: unhashable type: 'set'
s = {frozenset([1]), 2}
s.remove({1})
print(s, a.difference(), a.intersection() is a, a.union() == a, a.intersection([1, 2], [2]))  # expect: {2} {1, 2, 3} False True {2}


def grows():
    s = {1, 2}
    for x in s:
        s.add(x + 10)


print(error(grows))  # expect: RuntimeError: Set changed size during iteration
it = iter({1, 2, 3})
print(next(it), it.__length_hint__(), it.__reduce__()[1], list(it), it.__length_hint__())  # expect: 1 2 ([2, 3],) [2, 3] 0


class Sub(set):
    pass


s = Sub([1, 2])
s.x = 1
print(s, s.x, type(s | {3}).__name__, type(s.copy()).__name__, s == {1, 2}, s.__reduce__()[2])  # expect: Sub({1, 2}) 1 set set True {'x': 1}


class Equal:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return 1

    def __eq__(self, other):
        print("eq", self.n, getattr(other, "n", other), end="; ")
        return False


s = {Equal(1), Equal(2)}
print(1 in s, len(s))  # expect: eq 1 2; eq 1 1; eq 2 1; False 2
print(Equal(1) in [Equal(2)], Equal(1) == 5)  # expect: eq 2 1; eq 1 5; False False
