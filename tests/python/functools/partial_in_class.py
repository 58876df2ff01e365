# A partial in a class: 3.13 warns where it is looked up through an instance that it will be a method, which it is from
# 3.14 on.
import functools
import warnings


class C:
    first = functools.partial(list, "ab")


def look(instance):
    return instance.first


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    print(look(C()) is C.first)
    print(C.first())
    own = C()
    own.first = functools.partial(len, "abc")
    print(own.first())  # expect: True
# expect: ['a', 'b']
# expect: 3
for warning in caught:
    print(warning.category.__name__, warning.lineno, warning.message)  # expect: FutureWarning 12 functools.partial will be a method descriptor in future Python versions; wrap it in staticmethod() if you want to preserve the old behavior
print(hasattr(functools.partial, "__get__"))  # expect: True
