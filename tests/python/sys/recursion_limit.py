"""The limit of recursion counts frames, and cannot be set below those that run."""
import sys


def deepest(limit):
    reached = 0

    def down():
        nonlocal reached
        reached += 1
        down()

    old = sys.getrecursionlimit()
    sys.setrecursionlimit(limit)
    try:
        down()
    except RecursionError as error:
        text = str(error)
    finally:
        sys.setrecursionlimit(old)
    return reached, text


def nested(depth, action):
    return nested(depth - 1, action) if depth else action()


def too_low():
    for limit in 3, 12:
        try:
            sys.setrecursionlimit(limit)
        except RecursionError as error:
            print(error)


for limit in 20, 50:
    print(limit, *deepest(limit))
nested(10, too_low)
for limit in 0, -1, 2**40:
    try:
        sys.setrecursionlimit(limit)
    except Exception as error:
        print(type(error).__name__, error)
print(sys.getrecursionlimit())
# expect: 20 18 maximum recursion depth exceeded
# expect: 50 48 maximum recursion depth exceeded
# expect: cannot set the recursion limit to 3 at the recursion depth 13: the limit is too low
# expect: cannot set the recursion limit to 12 at the recursion depth 13: the limit is too low
# expect: ValueError recursion limit must be greater or equal than 1
# expect: ValueError recursion limit must be greater or equal than 1
# expect: OverflowError Python int too large to convert to C int
# expect: 1000
