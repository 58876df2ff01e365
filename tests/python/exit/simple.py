# Without a function or class that holds the globals, they go in the order of their definition.
import types

made = types.ModuleType("made")
exec(
    """
class Loud:
    def __init__(self, name):
        self.name = name
    def __del__(self):
        print("gone:", self.name)
""",
    made.__dict__,
)
b = made.Loud("b")
_a = made.Loud("_a")
c = [b]
del b
print("end")  # expect: end
# expect: gone: _a
# expect: gone: b
