# tests/python/list/sort.py: the comparisons that sorting makes, and what they may do to the list.
def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


class Item:
    log = 0
    count = 0

    def __init__(self, key, tag=0):
        self.key, self.tag = key, tag

    def __lt__(self, other):
        Item.count += 1
        Item.log = (Item.log * 31 + self.key * 7 + other.key) % 1000003
        return self.key < other.key


def trace(keys, **options):
    """How many comparisons there were, a digest of them in order, whether the result is sorted and stable."""
    Item.log = Item.count = 0
    items = [Item(key, i) for i, key in enumerate(keys)]
    items.sort(**options)
    pairs = [(item.key, item.tag) for item in items]
    wanted = sorted(pairs, key=lambda pair: pair[0], **options)
    return Item.count, Item.log, pairs == wanted


def noise(n, top):
    seed = 12345
    for _ in range(n):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        yield seed % top


print(trace([]), trace([1]), trace([2, 1]), trace([1, 2, 3]), trace([3, 2, 1]), trace([2, 2, 2]))  # expect: (0, 0, True) (0, 0, True) (1, 9, True) (2, 488, True) (2, 536, True) (2, 512, True)
print(trace(range(100)), trace(range(100, 0, -1)), trace([5] * 100))  # expect: (99, 919005, True) (99, 47454, True) (99, 398324, True)
print(trace([3, 3, 2, 2, 1, 1]), trace([1, 1, 2, 2, 0, 0, 5, 5]), trace([9, 9, 9, 8, 8, 7, 1, 2, 3]))  # expect: (8, 634492, True) (16, 820747, True) (17, 304242, True)
print(trace(noise(10, 100)), trace(noise(63, 1000)), trace(noise(64, 1000)), trace(noise(65, 10)))  # expect: (23, 852034, True) (296, 785452, True) (308, 744743, True) (305, 656971, True)
print(trace(noise(500, 10000)), trace(noise(1000, 5)), trace(noise(3000, 10**6)))  # expect: (3832, 478286, True) (5883, 652960, True) (30768, 91018, True)
print(trace(list(range(500)) + list(range(250, 750))), trace([i ^ 1 for i in range(300)]))  # expect: (1527, 420399, True) (1188, 440651, True)
print(trace(list(range(400, 0, -1)) + list(range(600)) + list(noise(200, 600))))  # expect: (4043, 184174, True)
print(trace(noise(200, 20), reverse=True), trace(range(50), reverse=True))  # expect: (1267, 333098, True) (49, 536119, True)
print(sorted([3, 1, 2], reverse=True), sorted("bca"), sorted([1.5, 0.5, float("inf")]), sorted([True, 0, 2]))  # expect: [3, 2, 1] ['a', 'b', 'c'] [0.5, 1.5, inf] [0, True, 2]
print(sorted(["b", "B", "a", "é", "가", "z"]), sorted([(1, "b"), (1, "a"), (0, "z")]), sorted([2**70, 1, -(2**70)]))  # expect: ['B', 'a', 'b', 'z', 'é', '가'] [(0, 'z'), (1, 'a'), (1, 'b')] [-1180591620717411303424, 1, 1180591620717411303424]
print(sorted([[2], [1, 5], [1]]), sorted(["aa", "b", "ccc"], key=len), sorted(range(5), key=lambda x: -x))  # expect: [[1], [1, 5], [2]] ['b', 'aa', 'ccc'] [4, 3, 2, 1, 0]
nan = float("nan")
print(sorted([3.0, nan, 1.0, 2.0]), sorted([nan, 1.0, nan, 0.0, 5.0, nan, 2.0]))  # expect: [3.0, nan, 1.0, 2.0] [nan, 1.0, nan, 0.0, 5.0, nan, 2.0]
print(error(lambda: sorted([1, "a"])), error(lambda: sorted([1, None])), error(lambda: [1].sort(1)), error(lambda: sorted([1j, 2j])))  # expect: TypeError: '<' not supported between instances of 'str' and 'int' TypeError: '<' not supported between instances of 'NoneType' and 'int' TypeError: sort() takes no positional arguments TypeError: '<' not supported between instances of 'complex' and 'complex'
a = [3, 2, 1]


def spy(x):
    seen.append(len(a))
    return x


seen = []
a.sort(key=spy)
print(a, seen)  # expect: [1, 2, 3] [0, 0, 0]
a = [3, 2, 1]
print(error(lambda: a.sort(key=lambda x: a.append(x) or x)), a)  # expect: ValueError: list modified during sort [1, 2, 3]
a = [3, 2, 1]
print(error(lambda: a.sort(key=lambda x: 1 // (x - 2))), a)  # expect: ZeroDivisionError: integer division or modulo by zero [3, 2, 1]


class Failing(Item):
    def __lt__(self, other):
        if Item.count == 5:
            raise KeyError("stop")
        return super().__lt__(other)


Item.count = 0
a = [Failing(k) for k in (5, 3, 9, 1, 7, 2)]
print(error(a.sort), [x.key for x in a])  # expect: KeyError: 'stop' [3, 5, 9, 1, 7, 2]


class Odd:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        Odd.asked += 1
        return NotImplemented

    def __gt__(self, other):
        return other.n < self.n


Odd.asked = 0
print([x.n for x in sorted([Odd(2), Odd(1), Odd(3)])], Odd.asked)  # expect: [1, 2, 3] 8
