"""Warnings: filters, registries, what is shown."""
import warnings, sys
warnings.warn("hello")
def f():
    warnings.warn("dep", DeprecationWarning, stacklevel=2)
f()
for i in range(3): warnings.warn("once per line")
warnings.simplefilter("always")
for i in range(2): warnings.warn("always", RuntimeWarning)
with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter("always")
    warnings.warn("recorded", UserWarning)
print(log[0].message, log[0].category, log[0].lineno, len(log))
warnings.simplefilter("error")
try: warnings.warn("err")
except UserWarning as e: print(repr(e))
try: eval("1 is 1")
except SyntaxError as e: print(repr(e), e.lineno, e.offset, e.text)
warnings.resetwarnings()
@warnings.deprecated("use g")
def old(): return 5
print(old(), old.__deprecated__)
warnings.warn_explicit("expl", UserWarning, "file.py", 3)
not NotImplemented
try: warnings.warn("x", int)
except TypeError as e: print(e)
warnings.showwarning = lambda *a: print("SHOW", a[:2])
warnings.warn("custom")
async def co(): pass
co()
warnings.filterwarnings("ignore", category=UserWarning)
warnings.warn("gone")
print(warnings.filters[:1], __warningregistry__)
# expect: recorded <class 'UserWarning'> 12 1
# expect: UserWarning('err')
# expect: SyntaxError('"is" with \'int\' literal. Did you mean "=="?', ('<string>', 1, 1, None, 1, 7)) 1 1 None
# expect: 5 use g
# expect: category must be a Warning subclass, not 'type'
# expect: SHOW (UserWarning('custom'), <class 'UserWarning'>)
# expect: SHOW (RuntimeWarning("coroutine 'co' was never awaited"), <class 'RuntimeWarning'>)
# expect: [('ignore', None, <class 'UserWarning'>, None, 0)] {'version': 7}
