# python: 3.15
# A loop over a list, a tuple or a string makes no iterator: what is iterated stays on the stack with an index. From
# gh-132554 and gh-143493, and the recorded sizes and referents of CPython 3.15.2.
import gc
import sys
import tracemalloc


def traced(iterable):
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for item in iterable:
        break
    size = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return size


def types_of(generator):
    return [type(item).__name__ for item in gc.get_referents(generator)]


empty = traced(())
print(traced([7]) - empty)  # expect: 0
print(traced((7, 8)) - empty)  # expect: 0
print(traced("ab") - empty)  # expect: 0
print(sys.getsizeof(i for i in []))  # expect: 216
print(types_of(i for i in []))  # expect: ['str', 'str', 'function', 'code', 'list', 'list']
print(types_of(i for i in range(3)))  # expect: ['str', 'str', 'function', 'code', 'range', 'range_iterator']

# What cannot be iterated fails where the generator is made.
try:
    (x for x in 5)
except TypeError as error:
    print(error)  # expect: 'int' object is not iterable


def leave(rows):
    for row in rows:
        for letter in row:
            try:
                if letter == "b":
                    continue
                if letter == "d":
                    return row, letter
            finally:
                print(letter)
        else:
            print("-")


# expect: a
# expect: b
# expect: -
# expect: c
# expect: d
print(leave(["ab", "cd", "ef"]))  # expect: ('cd', 'd')

# The list may change meanwhile.
numbers = [1, 2]
for number in numbers:
    if number < 4:
        numbers.append(number + 2)
print(numbers)  # expect: [1, 2, 3, 4, 5]


class Backwards(list):
    def __iter__(self):
        return reversed(list(self[:]))


print([item for item in Backwards("abc")])  # expect: ['c', 'b', 'a']


def paused():
    for letter in "xyz":
        for number in [1, 2]:
            yield letter, number


waiting = paused()
print(next(waiting), next(waiting), next(waiting))  # expect: ('x', 1) ('x', 2) ('y', 1)
waiting.close()
print({key: value for key, value in [("a", 1)]}, [(a, b) for a in (1, 2) for b in "xy" if a > 1])
# expect: {'a': 1} [(2, 'x'), (2, 'y')]
