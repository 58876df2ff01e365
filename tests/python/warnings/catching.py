# Warnings as a program catches them.
import warnings

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    warnings.warn("first")
    warnings.warn("second", DeprecationWarning)

    @warnings.deprecated("use new()")
    def old():
        return 1

    print(old())
    print([(str(w.message), w.category.__name__, w.lineno) for w in caught])
# expect: 1
# expect: [('first', 'UserWarning', 6), ('second', 'DeprecationWarning', 7), ('use new()', 'DeprecationWarning', 13)]
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try:
        warnings.warn("as an exception", UserWarning)
    except UserWarning as error:
        print(repr(error))
# expect: UserWarning('as an exception')
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("default")
    for _ in range(3):
        warnings.warn("once per place")
    warnings.filterwarnings("ignore", message="quiet")
    warnings.warn("quiet please")
    print(len(caught))
# expect: 1
print(warnings.formatwarning("text", UserWarning, "file.py", 3, "a line"))
# expect: file.py:3: UserWarning: text
# expect:   a line
# expect:
for bad in [lambda: warnings.warn("x", int), lambda: warnings.simplefilter("nope"), lambda: warnings.filterwarnings("ignore", 1)]:
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)
# expect: TypeError category must be a Warning subclass, not 'type'
# expect: ValueError invalid action: 'nope'
# expect: TypeError message must be a string
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    bool(NotImplemented)
    ~True
    print([(w.category.__name__, str(w.message)[:40]) for w in caught])
# expect: [('DeprecationWarning', 'NotImplemented should not be used in a b')]
