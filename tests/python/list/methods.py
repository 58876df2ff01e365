# tests/python/list/methods.py: methods, slices and their errors.
def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


def changed(items, change):
    change(items)
    return items


a = [3, 1, 2]
print(a, a[0], a[-1], a[1:], a[::-1], a[5:], len(a), 2 in a, 9 in a, a.index(2), a.count(1))  # expect: [3, 1, 2] 3 2 [1, 2] [2, 1, 3] [] 3 True False 2 1
print(a + [4], a * 2, 2 * a, a == [3, 1, 2], a < [3, 2], a != [3], [] < [1], [1, 2] >= [1])  # expect: [3, 1, 2, 4] [3, 1, 2, 3, 1, 2] [3, 1, 2, 3, 1, 2] True True True True True
print(changed([1, 2], lambda x: x.insert(-5, 0)), changed([1, 2], lambda x: x.insert(9, 3)), changed([1, 2, 3], lambda x: x.remove(2)))  # expect: [0, 1, 2] [1, 2, 3] [1, 3]
print(changed([1, 2, 3], lambda x: x.reverse()), changed([1], lambda x: x.extend(x)), changed([1, 2, 3], lambda x: x.__setitem__(slice(1, 1), x)))  # expect: [3, 2, 1] [1, 1] [1, 1, 2, 3, 2, 3]
print(changed([0, 1, 2, 3, 4, 5], lambda x: x.__delitem__(slice(None, None, -2))), changed([0, 1, 2, 3], lambda x: x.__setitem__(slice(None, None, 2), "ab")))  # expect: [0, 2, 4] ['a', 1, 'b', 3]
print(a.pop(0), a.pop(), a, a.pop(), a)  # expect: 3 2 [] 1 []
print(error(lambda: [].pop()), error(lambda: [1].pop(3)), error(lambda: [1].remove(2)), error(lambda: [1].index(2)))  # expect: IndexError: pop from empty list IndexError: pop index out of range ValueError: list.remove(x): x not in list ValueError: 2 is not in list
print(error(lambda: [1][5]), error(lambda: [1]["a"]), error(lambda: [1][2**70]), error(lambda: [1].insert(2**70, 0)))  # expect: IndexError: list index out of range TypeError: list indices must be integers or slices, not str IndexError: cannot fit 'int' into an index-sized integer OverflowError: Python int too large to convert to C ssize_t
print(error(lambda: [1] + (2,)), error(lambda: [1] * "a"), error(lambda: [0] * 2**62), error(lambda: list(1)), error(lambda: list(1, 2)))  # expect: TypeError: can only concatenate list (not "tuple") to list TypeError: can't multiply sequence by non-int of type 'str' MemoryError:  TypeError: 'int' object is not iterable TypeError: list expected at most 1 argument, got 2
print(error(lambda: changed([1, 2, 3], lambda x: x.__setitem__(slice(0, 3, 2), [1]))), error(lambda: changed([1], lambda x: x.__setitem__(slice(0, 1), 5))))  # expect: ValueError: attempt to assign sequence of size 1 to extended slice of size 2 TypeError: must assign iterable to extended slice
print(error(lambda: [1, 2][::0]), error(lambda: hash([])), error(lambda: [].append()), error(lambda: list(x=1)))  # expect: ValueError: slice step cannot be zero TypeError: unhashable type: 'list' TypeError: list.append() takes exactly one argument (0 given) TypeError: list() takes no keyword arguments
a.append(a)
print(a, a == a, [a])  # expect: [[...]] True [[[...]]]
it = iter([1, 2, 3])
print(next(it), it.__length_hint__(), list(it), it.__length_hint__(), list(it), it.__reduce__()[1])  # expect: 1 2 [2, 3] 0 [] ([],)
it = reversed([1, 2, 3])
print(next(it), it.__length_hint__(), it.__reduce__()[1:], list(it), it.__reduce__()[1])  # expect: 3 2 (([1, 2, 3],), 1) [2, 1] ([],)
b = [1, 2, 3]
seen = []
for x in b:
    seen.append(x)
    if len(b) < 6:
        b.append(x * 10)
print(seen)  # expect: [1, 2, 3, 10, 20, 30]


class Sub(list):
    pass


s = Sub([1, 2])
s.x = 5
print(s, s.x, type(s[:]), type(s + [1]), type(s * 2), type(s.copy()), s == [1, 2])  # expect: [1, 2] 5 <class 'list'> <class 'list'> <class 'list'> <class 'list'> True


class Named:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print(self.name, end=" ")


a = [Named(c) for c in "abcdef"]
a[1:3] = []
print("slice")  # expect: c b slice
del a[::2]
print("extended")  # expect: a e extended
del a
print("all")  # expect: f d all
