# Texts and keywords that changed.
for call in ("zip([1], [], strict=True)", "list(zip([1], [], strict=True))", "'a b'.count(1j)", "'a b'.rindex(2)"):
    try:
        print(type(eval(call)).__name__)
    except (TypeError, ValueError) as error:
        print(error)  # expect: zip
# expect: zip() argument 2 is shorter than argument 1
# expect: count() argument 1 must be str, not complex
# expect: rindex() argument 1 must be str, not int


class A:
    pass


try:
    del A.nope
except AttributeError as error:
    print(error)  # expect: type object 'A' has no attribute 'nope'


def generator():
    try:
        yield 1
    except ValueError:
        yield 2


it = generator()
next(it)
try:
    1 / 0
except ZeroDivisionError as error:
    kept = error
import warnings

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    print(it.throw(ValueError, "v"))  # expect: 2
print([str(warning.message) for warning in caught])  # expect: ['the (type, exc, tb) signature of throw() is deprecated, use the single-arg signature instead.']
