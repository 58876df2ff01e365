# The order of constant sets: made from the display, then once more when constants are merged.
numbers = {13, 5, 6, 0}
print(numbers, frozenset((13, 5, 6, 0)))  # expect: {0, 13, 5, 6} frozenset({0, 5, 13, 6})
print(compile("{5, 13, 6, 0}", "", "eval").co_consts)  # expect: (frozenset({0, 5, 13, 6}),)


def both():
    return 1 in {5, 13, 6, 0}, 2 in {13, 5, 0, 6}


print([constant for constant in both.__code__.co_consts if isinstance(constant, frozenset)])  # expect: [frozenset({0, 13, 5, 6})]
