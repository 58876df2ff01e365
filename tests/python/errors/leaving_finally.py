# python: 3.14 3.15
# The compiler warns of statements that leave a `finally` block. From PEP 765.
import warnings

SOURCE = """
def swallow():
    try:
        1 / 0
    finally:
        return 'gone'

def loops():
    for i in range(3):
        try:
            pass
        finally:
            for j in range(2):
                break
            def inner():
                return 1
            if i:
                continue
            break
    return i
"""
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    namespace = {}
    exec(compile(SOURCE, "source", "exec"), namespace)
for warning in caught:
    print(warning.category.__name__, warning.lineno, warning.message)
# expect: SyntaxWarning 6 'return' in a 'finally' block
# expect: SyntaxWarning 18 'continue' in a 'finally' block
# expect: SyntaxWarning 19 'break' in a 'finally' block
print(namespace["swallow"](), namespace["loops"]())  # expect: gone 0
