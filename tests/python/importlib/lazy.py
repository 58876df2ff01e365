"""A module whose class changes, and one that is loaded when somebody asks for what it has."""
import importlib.util
import sys
import types


class Loud(types.ModuleType):
    def __setattr__(self, name, value):
        print("set", name)
        super().__setattr__(name, value)


module = types.ModuleType("module")
module.__class__ = Loud
module.x = 1  # expect: set x
module.__class__ = types.ModuleType  # expect: set __class__
module.y = 2
print(type(module), module.x, module.y)  # expect: <class 'module'> 1 2


class Slotted(types.ModuleType):
    __slots__ = ("a",)


try:
    module.__class__ = Slotted
except TypeError as error:
    print(error)  # expect: __class__ assignment: 'Slotted' object layout differs from 'module'


def lazy(name):
    spec = importlib.util.find_spec(name)
    spec.loader = importlib.util.LazyLoader(spec.loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


colors = lazy("colorsys")
print(object.__getattribute__(colors, "__class__").__name__, "rgb_to_hsv" in object.__getattribute__(colors, "__dict__"))  # expect: _LazyModule False
print(colors.rgb_to_hsv(0, 0, 0), type(colors).__name__)  # expect: (0.0, 0.0, 0) module
