# A comparison method that cannot be had does not compare; a name that is no text is none.
class Failing:
    @property
    def __eq__(self):
        raise AttributeError("no method")

    __lt__ = __eq__


failing = Failing()
print(failing == failing, failing == 1, failing != 1)  # expect: True False True
try:
    failing < 1
except TypeError as error:
    print(error)  # expect: '<' not supported between instances of 'Failing' and 'int'

for change in (lambda: type.__setattr__(Failing, b"x", 1), lambda: setattr(Failing, 3, 1)):
    try:
        change()
    except TypeError as error:
        print(error)  # expect: attribute name must be string, not 'bytes'
# expect: attribute name must be string, not 'int'

import functools


class Instance:
    pass


def function():
    pass


instance = Instance()
instance.x = 1
del instance.__dict__
print(vars(instance))  # expect: {}
for thing in (function, functools.partial(print), Exception()):
    try:
        del thing.__dict__
    except TypeError as error:
        print(error)  # expect: cannot delete __dict__
# expect: cannot delete __dict__
# expect: cannot delete __dict__
