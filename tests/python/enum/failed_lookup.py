"""A lookup that fails leaves no cycle behind, and a class that is forgotten only itself."""
import enum
import gc


class Color(enum.Enum):
    RED = 1
    GREEN = "g"


gc.collect()
try:
    Color(5)
except ValueError as error:
    print(error)  # expect: 5 is not a valid Color
print(gc.collect())  # expect: 0
print("_hashable_values_" in vars(Color), 1 in {member.value for member in Color})  # expect: False True
