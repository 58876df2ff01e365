"""What modules of a later library want of `enum`, for versions whose `enum` is older."""
import enum
import sys


def _simple_enum(base):
    """The enumeration of `base` with what a plain class has."""
    metaclass = type(base)

    def make(body):
        namespace = metaclass.__prepare__(body.__name__, (base,))
        for name, value in vars(body).items():
            if name not in ('__dict__', '__weakref__'):
                namespace[name] = value
        return metaclass(body.__name__, (base,), namespace)

    return make


class StrEnum(str, enum.Enum):
    def __str__(self):
        return self.value


def _flag_repr(flag):
    module = type(flag).__module__
    if flag._name_ is not None:
        return f'{module}.{flag._name_}'
    value = flag._value_
    is_inverted = value < 0
    rest = ~value if is_inverted else value
    parts = []
    for member in type(flag):
        if rest & member._value_:
            rest &= ~member._value_
            parts.append(f'{module}.{member._name_}')
    if rest:
        parts.append(hex(rest))
    text = '|'.join(parts)
    if not is_inverted:
        return text
    return f'~({text})' if len(parts) > 1 else f'~{text}'


def global_flags(body):
    """The flags of a class, which are names of its module as well and show themselves as such."""
    del body.NOFLAG, body._numeric_repr_
    made = _simple_enum(enum.IntFlag)(body)
    made.__repr__ = _flag_repr
    made.__str__ = object.__str__
    # The library itself asks for no flag by its name.
    sys.modules[made.__module__].__dict__.update(made.__members__, NOFLAG=made(0))
    return made
