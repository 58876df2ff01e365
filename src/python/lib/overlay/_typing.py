"""What `typing` takes from C: type parameters, `Generic` and the aliases that `type X = ...` makes."""

import sys

__all__ = []


@staticmethod
def _idfunc(value, /):
    return value


class _NoDefaultType:
    """The type of the NoDefault singleton."""

    __slots__ = ()

    def __new__(cls, /):
        return globals().get("NoDefault") or object.__new__(cls)

    def __repr__(self):
        return "typing.NoDefault"

    def __reduce__(self):
        return "NoDefault"


NoDefault = _NoDefaultType()

# What `X | Y` gives is `typing.Union` from 3.14 on.
Union = type(int | str)


def _caller():
    """The module that makes a type parameter."""
    return sys._getframe(2).f_globals.get("__name__", "__main__")


def _check(value, what):
    import typing
    return typing._type_check(value, f"{what} must be a type.")


class _Final(type):
    """Makes classes of type parameters, which cannot be subclassed."""

    def __new__(meta, name, bases, namespace):
        for base in bases:
            if type(base) is _Final and base is not _Parameter:
                raise TypeError(f"type 'typing.{base.__name__}' is not an acceptable base type")
        return type.__new__(meta, name, bases, namespace | {"__module__": "typing"})

    def __repr__(cls):
        return f"<class 'typing.{cls.__name__}'>"


class _Parameter:
    """What all type parameters have: a default that may be a function, unions, no copies."""

    __slots__ = ("__name__", "_default", "_evaluate_default", "__dict__", "__weakref__")

    def _begin(self, name, module, default):
        if not isinstance(name, str):
            raise TypeError(f"{type(self).__name__}() argument 'name' must be str, not {type(name).__name__}")
        self.__name__ = name
        self.__module__ = module
        self._default, self._evaluate_default = default, None

    @property
    def __default__(self):
        if self._evaluate_default is not None:
            self._default, self._evaluate_default = self._evaluate_default(), None
        return self._default

    def has_default(self):
        return self._evaluate_default is not None or self._default is not NoDefault

    def __reduce__(self):
        return self.__name__

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass an instance of {type(self).__name__}")


class _Union:
    __slots__ = ()

    def __or__(self, right):
        import typing
        return typing.Union[self, right]

    def __ror__(self, left):
        import typing
        return typing.Union[left, self]


class _Variance:
    """`+T_co`, `-T_contra`, `~T`; what the `[T]` syntax makes infers it and shows nothing."""

    __slots__ = ()

    def _vary(self, covariant, contravariant, infer):
        if covariant and contravariant:
            raise ValueError("Bivariant types are not supported.")
        if infer and (covariant or contravariant):
            raise ValueError("Variance cannot be specified with infer_variance.")
        self.__covariant__, self.__contravariant__ = bool(covariant), bool(contravariant)
        self.__infer_variance__ = bool(infer)

    def __repr__(self):
        if self.__infer_variance__:
            return self.__name__
        return ("+" if self.__covariant__ else "-" if self.__contravariant__ else "~") + self.__name__


class TypeVar(_Parameter, _Union, _Variance, metaclass=_Final):
    """Type variable."""

    __slots__ = ("_bound", "_evaluate_bound", "_constraints", "_evaluate_constraints", "__covariant__",
                 "__contravariant__", "__infer_variance__")

    def __new__(cls, name, *constraints, bound=None, default=NoDefault, covariant=False, contravariant=False,
                infer_variance=False):
        self = object.__new__(cls)
        self._vary(covariant, contravariant, infer_variance)
        self._begin(name, _caller(), default)
        if len(constraints) == 1:
            raise TypeError("A single constraint is not allowed")
        if constraints and bound is not None:
            raise TypeError("Constraints cannot be combined with bound=...")
        self._constraints = tuple(_check(constraint, "TypeVar(name, constraint, ...): constraints")
                                  for constraint in constraints)
        self._bound = None if bound is None else _check(bound, "Bound")
        self._evaluate_bound = self._evaluate_constraints = None
        return self

    @property
    def __bound__(self):
        if self._evaluate_bound is not None:
            self._bound, self._evaluate_bound = self._evaluate_bound(), None
        return self._bound

    @property
    def __constraints__(self):
        if self._evaluate_constraints is not None:
            self._constraints, self._evaluate_constraints = self._evaluate_constraints(), None
        return self._constraints

    def __typing_subst__(self, arg):
        import typing
        return typing._typevar_subst(self, arg)

    def __typing_prepare_subst__(self, alias, args):
        params = alias.__parameters__
        at = params.index(self)
        if at < len(args):
            return args
        if at == len(args) and self.has_default():
            return (*args, self.__default__)
        raise TypeError(f"Too few arguments for {alias}")


class ParamSpecArgs(metaclass=_Final):
    """The args for a ParamSpec object."""

    __slots__ = ("__origin__", "__weakref__")
    _word = "args"

    def __new__(cls, origin):
        self = object.__new__(cls)
        self.__origin__ = origin
        return self

    def __eq__(self, other):
        return self.__origin__ == other.__origin__ if type(self) is type(other) else NotImplemented

    __hash__ = None

    def __repr__(self):
        return f"{getattr(self.__origin__, '__name__', repr(self.__origin__))}.{self._word}"

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass an instance of {type(self).__name__}")


class ParamSpecKwargs(metaclass=_Final):
    """The kwargs for a ParamSpec object."""

    __slots__ = ("__origin__", "__weakref__")
    _word = "kwargs"
    __new__ = ParamSpecArgs.__new__
    __eq__ = ParamSpecArgs.__eq__
    __hash__ = None
    __repr__ = ParamSpecArgs.__repr__
    __mro_entries__ = ParamSpecArgs.__mro_entries__


class ParamSpec(_Parameter, _Union, _Variance, metaclass=_Final):
    """Parameter specification."""

    __slots__ = ("__bound__", "__covariant__", "__contravariant__", "__infer_variance__")

    def __new__(cls, name, *, bound=None, default=NoDefault, covariant=False, contravariant=False,
                infer_variance=False):
        self = object.__new__(cls)
        self._vary(covariant, contravariant, infer_variance)
        self._begin(name, _caller(), default)
        self.__bound__ = None if bound is None else _check(bound, "Bound")
        return self

    @property
    def args(self):
        return ParamSpecArgs(self)

    @property
    def kwargs(self):
        return ParamSpecKwargs(self)

    def __typing_subst__(self, arg):
        import typing
        return typing._paramspec_subst(self, arg)

    def __typing_prepare_subst__(self, alias, args):
        import typing
        return typing._paramspec_prepare_subst(self, alias, args)


class TypeVarTuple(_Parameter, metaclass=_Final):
    """Type variable tuple."""

    __slots__ = ()

    def __new__(cls, name, *, default=NoDefault):
        self = object.__new__(cls)
        self._begin(name, _caller(), default)
        return self

    def __iter__(self):
        import typing
        yield typing.Unpack[self]

    def __repr__(self):
        return self.__name__

    def __typing_subst__(self, arg):
        raise TypeError("Substitution of bare TypeVarTuple is not supported")

    def __typing_prepare_subst__(self, alias, args):
        import typing
        return typing._typevartuple_prepare_subst(self, alias, args)


class TypeAliasType(metaclass=_Final):
    """Type alias."""

    __slots__ = ("__name__", "_value", "_evaluate", "__type_params__", "__dict__")

    def __new__(cls, name, value, *, type_params=()):
        if not isinstance(type_params, tuple):
            raise TypeError("type_params must be a tuple")
        self = object.__new__(cls)
        self.__name__, self._value, self._evaluate = name, value, None
        self.__type_params__, self.__module__ = type_params, _caller()
        return self

    @property
    def __value__(self):
        if self._evaluate is not None:
            self._value, self._evaluate = self._evaluate(), None
        return self._value

    @property
    def __parameters__(self):
        found = []
        for param in self.__type_params__:
            found.extend(param if isinstance(param, TypeVarTuple) else (param,))
        return tuple(found)

    def __repr__(self):
        return self.__name__

    def __reduce__(self):
        return self.__name__

    def __getitem__(self, parameters):
        if not self.__type_params__:
            raise TypeError("Only generic type aliases are subscriptable")
        import types
        return types.GenericAlias(self, parameters if isinstance(parameters, tuple) else (parameters,))

    __or__, __ror__ = _Union.__or__, _Union.__ror__


class Generic:
    """Abstract base class for generic types."""

    __slots__ = ()
    _is_protocol = False

    def __class_getitem__(cls, *args, **kwargs):
        import typing
        return typing._generic_class_getitem(cls, *args, **kwargs)

    def __init_subclass__(cls, *args, **kwargs):
        import typing
        return typing._generic_init_subclass(cls, *args, **kwargs)


Generic.__module__ = "typing"


# What the instructions of PEP 695 and 696 call.

def _typevar(name):
    made = TypeVar(name, infer_variance=True)
    made.__module__ = _caller()
    return made


def _typevar_with_bound(name, evaluate):
    made = _typevar(name)
    made.__module__ = _caller()
    made._evaluate_bound = evaluate
    return made


def _typevar_with_constraints(name, evaluate):
    made = _typevar(name)
    made.__module__ = _caller()
    made._evaluate_constraints = evaluate
    return made


def _paramspec(name):
    made = ParamSpec(name, infer_variance=True)
    made.__module__ = _caller()
    return made


def _typevartuple(name):
    made = TypeVarTuple(name)
    made.__module__ = _caller()
    return made


def _set_typeparam_default(param, evaluate):
    param._evaluate_default = evaluate
    return param


def _typealias(parts):
    name, params, evaluate = parts
    made = TypeAliasType(name, None, type_params=params or ())
    made.__module__ = _caller()
    made._evaluate = evaluate
    return made


def _subscript_generic(params):
    import typing
    unpacked = tuple(typing.Unpack[param] if isinstance(param, TypeVarTuple) else param for param in params)
    return typing._GenericAlias(Generic, unpacked)
