# dict.fromkeys makes room for the keys of a set or a dict before it begins, and asks none for its hash again.
import sys

names = [f"name{i}" for i in range(22)]
for count in (0, 1, 3, 5, 6, 10, 11, 21, 22):
    some = names[:count]
    print(count, sys.getsizeof(dict.fromkeys(some)), sys.getsizeof(dict.fromkeys(set(some))),
          sys.getsizeof(dict.fromkeys(frozenset(some))), sys.getsizeof(dict.fromkeys(dict.fromkeys(some))),
          sys.getsizeof(dict.fromkeys(set(range(count)))))  # expect: 0 64 224 224 184 224
# expect: 1 184 352 352 272 352
# expect: 3 184 352 352 272 352
# expect: 5 184 224 224 184 224
# expect: 6 272 352 352 272 352
# expect: 10 272 352 352 272 352
# expect: 11 464 632 632 464 632
# expect: 21 464 1168 1168 832 1168
# expect: 22 832 1168 1168 832 1168


class Table(dict):
    pass


print(sys.getsizeof(Table.fromkeys({"a", "b"})) - sys.getsizeof(Table.fromkeys("ab")))  # expect: 0


class Counting(int):
    hashes = 0
    comparisons = 0

    def __hash__(self):
        Counting.hashes += 1
        return 7

    def __eq__(self, other):
        Counting.comparisons += 1
        return int(self) == int(other)


def counted(what):
    Counting.hashes = Counting.comparisons = 0
    what()
    print(Counting.hashes, Counting.comparisons)


numbers = {Counting(1): None, Counting(2): None, Counting(3): None}
group = set(numbers)
counted(lambda: dict.fromkeys(numbers, 5))  # expect: 0 3
counted(lambda: dict.fromkeys(group))  # expect: 0 3
counted(lambda: group.difference(numbers))  # expect: 0 3
counted(lambda: group.difference_update({}))  # expect: 0 0
counted(lambda: group.difference_update(numbers))  # expect: 3 0
print(group)  # expect: set()

# setdefault looks a key up once.
key, other = Counting(4), Counting(5)
table = {key: 1}
counted(lambda: table.setdefault(other, 2))  # expect: 1 1
counted(lambda: table.setdefault(key, 3))  # expect: 1 0
print(table)  # expect: {4: 1, 5: 2}
