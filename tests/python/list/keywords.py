# Which classes leave keywords to their own __new__ or __init__, and which refuse them.
def told(make, *args, **keywords):
    try:
        return type(make(*args, **keywords)).__name__
    except TypeError as error:
        return str(error)


for base in (list, tuple, set, frozenset, float):
    class Plain(base):
        pass

    class Initialised(base):
        def __init__(self, *args, unit=None):
            pass

    class Made(base):
        def __new__(cls, *args, unit=None):
            return base.__new__(cls, *args)

    print(base.__name__)
    for make in (base, Plain, Initialised, Made):
        print("   ", told(make, unit=1))  # expect: list
# expect:     list() takes no keyword arguments
# expect:     list() takes no keyword arguments
# expect:     Initialised
# expect:     Made
# expect: tuple
# expect:     tuple() takes no keyword arguments
# expect:     tuple() takes no keyword arguments
# expect:     Initialised
# expect:     Made
# expect: set
# expect:     set() takes no keyword arguments
# expect:     set() takes no keyword arguments
# expect:     Initialised
# expect:     set() takes no keyword arguments
# expect: frozenset
# expect:     frozenset() takes no keyword arguments
# expect:     frozenset() takes no keyword arguments
# expect:     Initialised
# expect:     Made
# expect: float
# expect:     float() takes no keyword arguments
# expect:     float() takes no keyword arguments
# expect:     Initialised
# expect:     Made
