"""When the attributes of an instance stand in the instance, and what moves them into a dict."""
from _testinternalcapi import has_inline_values


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


class Slotted:
    __slots__ = ('x',)


class Counted(int):
    pass


point = Point(1, 2)
print('new', has_inline_values(point))
space = point.__dict__
print('dict asked for', has_inline_values(point))
point.z = 3
print('attribute more', has_inline_values(point), space)
space['w'] = 4
print('key more', has_inline_values(point))
del point.x
print('attribute less', has_inline_values(point), space)
space.update({f'n{i}': i for i in range(40)})
print('too many', has_inline_values(point), len(space))

replaced = Point(1, 2)
replaced.__dict__ = {'a': 1}
print('dict replaced', has_inline_values(replaced), replaced.a)
odd = Point(1, 2)
odd.__dict__[1] = 2
print('key that is no text', has_inline_values(odd))
crowded = Point(1, 2)
for i in range(40):
    setattr(crowded, f'n{i}', i)
print('many attributes', has_inline_values(crowded))
print([has_inline_values(value) for value in (Slotted(), Counted(3), 3, 'text', Point, [])])
# expect: new True
# expect: dict asked for True
# expect: attribute more True {'x': 1, 'y': 2, 'z': 3}
# expect: key more True
# expect: attribute less True {'y': 2, 'z': 3, 'w': 4}
# expect: too many False 43
# expect: dict replaced False 1
# expect: key that is no text False
# expect: many attributes False
# expect: [False, False, False, False, False, False]
