# Whose block is used again: `{}` looks into the free list, `dict()` does not, though both go there.
def again(make):
    first = make()
    spot = id(first)
    del first
    return id(make()) == spot


print(again(dict), again(list), again(lambda: {}), again(lambda: []))  # expect: False False True True
print(bytes(1) is bytes(1), bytes([0]) is bytes([0]), b"" is bytes())  # expect: False True True


class Slotted:
    __slots__ = ("filled", "empty")


import copy

slotted = Slotted()
slotted.filled = 1
twin = copy.copy(slotted)
print(twin.filled, hasattr(twin, "empty"), getattr(twin, "empty", "default"))  # expect: 1 False default
