"""The classes of the syntax tree, made from the grammar that describes them."""

import sys

# CPython: Parser/Python.asdl. A sort, its alternatives; `?` may be None, `*` is a list.
_GRAMMAR = """
mod = Module(stmt* body, type_ignore* type_ignores) | Interactive(stmt* body) | Expression(expr body)
    | FunctionType(expr* argtypes, expr returns)
stmt = FunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, type_param* type_params)
    | AsyncFunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, type_param* type_params)
    | ClassDef(identifier name, expr* bases, keyword* keywords, stmt* body, expr* decorator_list, type_param* type_params)
    | Return(expr? value) | Delete(expr* targets) | Assign(expr* targets, expr value, string? type_comment)
    | TypeAlias(expr name, type_param* type_params, expr value) | AugAssign(expr target, operator op, expr value)
    | AnnAssign(expr target, expr annotation, expr? value, int simple)
    | For(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment)
    | AsyncFor(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment)
    | While(expr test, stmt* body, stmt* orelse) | If(expr test, stmt* body, stmt* orelse)
    | With(withitem* items, stmt* body, string? type_comment) | AsyncWith(withitem* items, stmt* body, string? type_comment)
    | Match(expr subject, match_case* cases) | Raise(expr? exc, expr? cause)
    | Try(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody)
    | TryStar(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody) | Assert(expr test, expr? msg)
    | Import(alias* names) | ImportFrom(identifier? module, alias* names, int? level) | Global(identifier* names)
    | Nonlocal(identifier* names) | Expr(expr value) | Pass | Break | Continue
expr = BoolOp(boolop op, expr* values) | NamedExpr(expr target, expr value) | BinOp(expr left, operator op, expr right)
    | UnaryOp(unaryop op, expr operand) | Lambda(arguments args, expr body) | IfExp(expr test, expr body, expr orelse)
    | Dict(expr?* keys, expr* values) | Set(expr* elts) | ListComp(expr elt, comprehension* generators)
    | SetComp(expr elt, comprehension* generators) | DictComp(expr key, expr value, comprehension* generators)
    | GeneratorExp(expr elt, comprehension* generators) | Await(expr value) | Yield(expr? value) | YieldFrom(expr value)
    | Compare(expr left, cmpop* ops, expr* comparators) | Call(expr func, expr* args, keyword* keywords)
    | FormattedValue(expr value, int conversion, expr? format_spec) | JoinedStr(expr* values)
    | Constant(constant value, string? kind) | Attribute(expr value, identifier attr, expr_context ctx)
    | Subscript(expr value, expr slice, expr_context ctx) | Starred(expr value, expr_context ctx)
    | Name(identifier id, expr_context ctx) | List(expr* elts, expr_context ctx) | Tuple(expr* elts, expr_context ctx)
    | Slice(expr? lower, expr? upper, expr? step)
expr_context = Load | Store | Del
boolop = And | Or
operator = Add | Sub | Mult | MatMult | Div | Mod | Pow | LShift | RShift | BitOr | BitXor | BitAnd | FloorDiv
unaryop = Invert | Not | UAdd | USub
cmpop = Eq | NotEq | Lt | LtE | Gt | GtE | Is | IsNot | In | NotIn
comprehension(expr target, expr iter, expr* ifs, int is_async)
excepthandler = ExceptHandler(expr? type, identifier? name, stmt* body)
arguments(arg* posonlyargs, arg* args, arg? vararg, arg* kwonlyargs, expr* kw_defaults, arg? kwarg, expr* defaults)
arg(identifier arg, expr? annotation, string? type_comment)
keyword(identifier? arg, expr value)
alias(identifier name, identifier? asname)
withitem(expr context_expr, expr? optional_vars)
match_case(pattern pattern, expr? guard, stmt* body)
pattern = MatchValue(expr value) | MatchSingleton(constant value) | MatchSequence(pattern* patterns)
    | MatchMapping(expr* keys, pattern* patterns, identifier? rest)
    | MatchClass(expr cls, pattern* patterns, identifier* kwd_attrs, pattern* kwd_patterns) | MatchStar(identifier? name)
    | MatchAs(pattern? pattern, identifier? name) | MatchOr(pattern* patterns)
type_ignore = TypeIgnore(int lineno, string tag)
type_param = TypeVar(identifier name, expr? bound, expr? default_value) | ParamSpec(identifier name, expr? default_value)
    | TypeVarTuple(identifier name, expr? default_value)
"""


def _without(text, *parts):
    for part in parts:
        text = text.replace(part, "")
    return text


# Fields and alternatives that older versions do not have yet.
_OLD = sys.version_info < (3, 13)
if _OLD:
    _GRAMMAR = _without(_GRAMMAR, ", expr? default_value")
if sys.version_info < (3, 12):
    _GRAMMAR = _without(_GRAMMAR[:_GRAMMAR.index("type_param = ")], " TypeAlias(expr name, type_param* type_params, expr value) |",
                        ", type_param* type_params")
if sys.version_info < (3, 11):
    _GRAMMAR = _without(_GRAMMAR, " TryStar(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody) |")
if sys.version_info < (3, 10):
    _GRAMMAR = _without(_GRAMMAR, " Match(expr subject, match_case* cases) |",
                        _GRAMMAR[_GRAMMAR.index("match_case(pattern"):_GRAMMAR.index("type_ignore = ")])
_PLACED = ("stmt", "expr", "excepthandler", "arg", "keyword", "alias", "pattern", "type_param")
_PLACE = ("lineno", "col_offset", "end_lineno", "end_col_offset")

PyCF_ONLY_AST = 0x400
PyCF_OPTIMIZED_AST = 0x8400
PyCF_TYPE_COMMENTS = 0x1000
PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000


def _init(self, args, kwargs):
    cls = type(self)
    fields = cls._fields
    if len(args) > len(fields):
        plural = "" if len(fields) == 1 else "s"
        raise TypeError(f"{cls.__name__} constructor takes at most {len(fields)} positional argument{plural}")
    for name, value in zip(fields, args):
        setattr(self, name, value)
    missing = dict.fromkeys(fields[len(args):])
    for name, value in kwargs.items():
        if name in fields and name not in missing:
            raise TypeError(f"{cls.__name__} got multiple values for argument '{name}'")
        if name not in missing and name not in cls._attributes and cls._kinds and not _OLD:
            import warnings
            warnings.warn(f"{cls.__name__}.__init__ got an unexpected keyword argument '{name}'. "
                          "Support for arbitrary keyword arguments is deprecated and will be removed in Python 3.15.",
                          DeprecationWarning, stacklevel=3)
        missing.pop(name, None)
        setattr(self, name, value)
    if _OLD:
        return
    for name in missing:
        kind = cls._kinds.get(name, "?")
        if kind.endswith("*"):
            setattr(self, name, [])
        elif kind == "expr_context":
            self.ctx = Load()
        elif not kind.endswith("?"):
            import warnings
            warnings.warn(f"{cls.__name__}.__init__ missing 1 required positional argument: '{name}'. "
                          "This will become an error in Python 3.15.", DeprecationWarning, stacklevel=3)


class AST:
    _fields = ()
    _attributes = ()
    _kinds = {}
    __match_args__ = ()

    def __init__(self, /, *args, **kwargs):
        _init(self, args, kwargs)

    def __reduce__(self):
        return type(self), (), dict(self.__dict__)

    def __replace__(self, /, **changes):
        for name in changes:
            if name not in self._fields and name not in self._attributes:
                raise TypeError(f"{type(self).__name__}.__replace__ got an unexpected keyword argument '{name}'.")
        return type(self)(**(self.__dict__ | changes))


if _OLD:
    del AST.__replace__
AST.__module__ = "ast"


def _make(name, base, fields, doc):
    kinds = dict(reversed(field.split()) for field in fields.split(", ")) if fields else {}
    namespace = {"__module__": "ast", "__doc__": doc, "_fields": tuple(kinds), "__match_args__": tuple(kinds),
                 "_kinds": {field: kind for field, kind in kinds.items()}}
    namespace |= {field: None for field, kind in kinds.items() if kind.endswith("?")}
    if base is AST:
        namespace["_attributes"] = _PLACE if name in _PLACED else ()
        if name in _PLACED and name not in ("pattern", "type_param"):
            namespace |= {"end_lineno": None, "end_col_offset": None}
    made = globals()[name] = type(name, (base,), namespace)
    return made


def _parse():
    for rule in _GRAMMAR.strip().replace("\n    |", " |").split("\n"):
        name, equals, alternatives = rule.partition(" = ")
        if not equals:
            name, _, fields = rule.partition("(")
            _make(name, AST, fields.rstrip(")"), rule)
            continue
        sort = _make(name, AST, "", rule.replace(" | ", f"\n{' ' * len(name)} | "))
        for alternative in alternatives.split(" | "):
            name, _, fields = alternative.partition("(")
            _make(name, sort, fields.rstrip(")"), alternative)


def _field_type(kind):
    """The type that stands in `_field_types`."""
    plain = {"identifier": str, "string": str, "int": int, "constant": object}
    name = kind.rstrip("?*")
    made = plain.get(name) or globals()[name]
    return list[made] if kind.endswith("*") else made | None if kind.endswith("?") else made


_parse()
for _made in list(globals().values()):
    if not _OLD and isinstance(_made, type) and issubclass(_made, AST):
        _made._field_types = {field: _field_type(kind) for field, kind in _made._kinds.items()}
__all__ = [name for name in globals() if not name.startswith("_") and name != "sys"]
