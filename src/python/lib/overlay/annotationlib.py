"""Annotations as Python 3.13 has them: values in a dict, evaluated when the function or class is made.

The library's modules are those of 3.14 and ask here, where annotations may still be code.
"""

import builtins
import functools
import sys
import types

__all__ = ["Format", "ForwardRef", "annotations_to_string", "get_annotations", "type_repr"]


class Format:
    """How an annotation may be asked for; all but `STRING` give the value that is there."""

    VALUE = 1
    VALUE_WITH_FAKE_GLOBALS = 2
    FORWARDREF = 3
    STRING = 4


_sentinel = object()


class ForwardRef:
    """A type that is named before it exists."""

    __slots__ = ("__forward_arg__", "__forward_code__", "__forward_evaluated__", "__forward_value__",
                 "__forward_is_argument__", "__forward_is_class__", "__forward_module__", "__owner__", "__weakref__")

    def __init_subclass__(cls, /, *args, **kwds):
        raise TypeError("Cannot subclass special typing classes")

    def __init__(self, arg, is_argument=True, module=None, *, is_class=False, owner=None):
        if not isinstance(arg, str):
            raise TypeError(f"Forward reference must be a string -- got {arg!r}")
        # `*args: *Ts` leaves '*Ts', which is no expression on its own.
        text = f"({arg},)[0]" if arg.startswith("*") else arg
        try:
            code = compile(text, "<string>", "eval")
        except SyntaxError:
            raise SyntaxError(f"Forward reference must be an expression -- got {arg!r}")
        self.__forward_arg__ = arg
        self.__forward_code__ = code
        self.__forward_evaluated__ = False
        self.__forward_value__ = None
        self.__forward_is_argument__ = is_argument
        self.__forward_is_class__ = is_class
        self.__forward_module__ = module
        self.__owner__ = owner

    @property
    def __resolved_str__(self):
        return self.__forward_arg__

    def evaluate(self, *, globals=None, locals=None, type_params=None, owner=None, format=Format.VALUE):
        if self.__forward_evaluated__ and globals is locals:
            return self.__forward_value__
        if globals is None:
            globals = {} if locals is None else locals
        if locals is None:
            locals = globals
        if self.__forward_module__ is not None:
            globals = getattr(sys.modules.get(self.__forward_module__), "__dict__", globals)
        if type_params:
            globals, locals = dict(globals), dict(locals)
            for param in type_params:
                if not self.__forward_is_class__ or param.__name__ not in globals:
                    globals[param.__name__] = param
                    locals.pop(param.__name__, None)
        import typing
        value = typing._type_check(eval(self.__forward_code__, globals, locals),
                                   "Forward references must evaluate to types.",
                                   is_argument=self.__forward_is_argument__,
                                   allow_special_forms=self.__forward_is_class__)
        self.__forward_value__ = value
        self.__forward_evaluated__ = True
        return value

    def _evaluate(self, globalns, localns, type_params=(), *, recursive_guard):
        import typing
        return typing._eval_type(self, globalns, localns, type_params, recursive_guard=recursive_guard)

    def __eq__(self, other):
        if not isinstance(other, ForwardRef):
            return NotImplemented
        same = self.__forward_arg__ == other.__forward_arg__
        if self.__forward_evaluated__ and other.__forward_evaluated__:
            return same and self.__forward_value__ == other.__forward_value__
        return same and self.__forward_module__ == other.__forward_module__

    def __hash__(self):
        return hash((self.__forward_arg__, self.__forward_module__))

    def __or__(self, other):
        import typing
        return typing.Union[self, other]

    def __ror__(self, other):
        import typing
        return typing.Union[other, self]

    def __repr__(self):
        module = "" if self.__forward_module__ is None else f", module={self.__forward_module__!r}"
        return f"ForwardRef({self.__forward_arg__!r}{module})"


ForwardRef.__module__ = "typing"


def type_repr(value):
    """A type as it is written, without `builtins`; the repr of anything else."""
    if isinstance(value, type) and not isinstance(value, types.GenericAlias):
        return value.__qualname__ if value.__module__ == "builtins" else f"{value.__module__}.{value.__qualname__}"
    if value is ...:
        return "..."
    if isinstance(value, types.FunctionType):
        return value.__name__
    return repr(value)


def annotations_to_string(annotations):
    return {name: value if isinstance(value, str) else type_repr(value) for name, value in annotations.items()}


def get_annotate_from_class_namespace(namespace):
    """No class of 3.13 has a function for its annotations."""
    return None


def get_annotations(obj, *, globals=None, locals=None, eval_str=False, format=Format.VALUE):
    """The annotations of a class, module or callable, in a new dict; strings are evaluated if asked for."""
    if isinstance(obj, type):
        found = obj.__dict__.get("__annotations__")
        if isinstance(found, types.GetSetDescriptorType):
            found = None
        module = sys.modules.get(getattr(obj, "__module__", None)) if getattr(obj, "__module__", None) else None
        own_globals, own_locals, unwrap = getattr(module, "__dict__", None), dict(vars(obj)), obj
    elif isinstance(obj, types.ModuleType):
        found = getattr(obj, "__annotations__", None)
        own_globals, own_locals, unwrap = obj.__dict__, None, None
    elif callable(obj):
        found = getattr(obj, "__annotations__", None)
        own_globals, own_locals, unwrap = getattr(obj, "__globals__", None), None, obj
    else:
        raise TypeError(f"{obj!r} is not a module, class, or callable.")
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise ValueError(f"{obj!r}.__annotations__ is neither a dict nor None")
    if not found or not eval_str:
        return dict(found)
    while unwrap is not None:
        if hasattr(unwrap, "__wrapped__"):
            unwrap = unwrap.__wrapped__
        elif isinstance(unwrap, functools.partial):
            unwrap = unwrap.func
        else:
            own_globals = getattr(unwrap, "__globals__", own_globals)
            break
    globals = own_globals if globals is None else globals
    locals = (own_locals or {}) if locals is None else locals
    if type_params := getattr(obj, "__type_params__", ()):
        locals = {param.__name__: param for param in type_params} | locals
    return {name: eval(value, globals, locals) if isinstance(value, str) else value for name, value in found.items()}
