# python: 3.14 3.15
# Constants are folded in the flow graph: the first of what they were made of stays listed, ints of a byte are not listed.
# As recorded from CPython 3.14.10 and 3.15.2.


def consts(source):
    namespace = {}
    exec("def f(x=None):\n    " + source, namespace)
    return namespace["f"].__code__.co_consts


print(consts("return 1"), consts("return 10000"), consts("return 60 * 60 * 24"))  # expect: (1,) (10000,) (60, 86400)
print(consts("return 'a' * 5"), consts("return x in [1, 2, 3]"))  # expect: ('a', 'aaaaa') (1, (1, 2, 3))
print(consts("return [1, 2]"), consts("return [1, 2, 3]"))  # expect: (1,) (1, (1, 2, 3))
print(consts("return (300, 400)[0:1]"), consts("return 'abc'[::-1]"))  # expect: (300, (300,)) ('abc', 'cba')


def documented():
    "What it does."
    return 7


def undocumented():
    return "text"


print(documented.__doc__, undocumented.__doc__)  # expect: What it does. None
print(hex(documented.__code__.co_flags), hex(undocumented.__code__.co_flags))  # expect: 0x4000003 0x3
print(documented(), undocumented(), (lambda: -5)())  # expect: 7 text -5
