# Trees of sources: parsing, dumping, walking, unparsing.
import ast

source = '''
import os, sys as s
from . import x
from a.b import (c as d)
@dec
async def f(a, /, b: int = 1, *args, c=2, d, **kw) -> str:
    """doc"""
    x = [i for i in range(10) if i if not i]
    async with a as b, c: pass
    return lambda q=1: (yield)
class A(B, metaclass=M, **k): x: int = 3; y: str
for i, *j in z: continue
else: pass
while a < b <= c is not None: del a, b[0], c.d
try: raise E from None
except (A, B) as e: pass
else: pass
finally: pass
match x:
    case [1, *_, a] if a: pass
    case {"k": v, **rest}: pass
    case P(1, y=2) | None: pass
    case _: pass
f"{x!r:>{w}} {y=} z"
a = b = -1 + 2 * 3 ** (not ~c) if d else {**e, 1: 2}
x += 1; (w := 5); assert a, b
s = {1, 2}; t = (1,); u = a[1:2, ::3]; v = a[...]
def g[T: int, *Ts, **P](): pass
type X[T] = list[T]
b"x"; "a" "b"
'''
tree = ast.parse(source)
print(ast.dump(tree, indent=1))  # expect: Module(
# expect:  body=[
# expect:   Import(
# expect:    names=[
# expect:     alias(name='os'),
# expect:     alias(name='sys', asname='s')]),
# expect:   ImportFrom(
# expect:    names=[
# expect:     alias(name='x')],
# expect:    level=1),
# expect:   ImportFrom(
# expect:    module='a.b',
# expect:    names=[
# expect:     alias(name='c', asname='d')],
# expect:    level=0),
# expect:   AsyncFunctionDef(
# expect:    name='f',
# expect:    args=arguments(
# expect:     posonlyargs=[
# expect:      arg(arg='a')],
# expect:     args=[
# expect:      arg(
# expect:       arg='b',
# expect:       annotation=Name(id='int', ctx=Load()))],
# expect:     vararg=arg(arg='args'),
# expect:     kwonlyargs=[
# expect:      arg(arg='c'),
# expect:      arg(arg='d')],
# expect:     kw_defaults=[
# expect:      Constant(value=2),
# expect:      None],
# expect:     kwarg=arg(arg='kw'),
# expect:     defaults=[
# expect:      Constant(value=1)]),
# expect:    body=[
# expect:     Expr(
# expect:      value=Constant(value='doc')),
# expect:     Assign(
# expect:      targets=[
# expect:       Name(id='x', ctx=Store())],
# expect:      value=ListComp(
# expect:       elt=Name(id='i', ctx=Load()),
# expect:       generators=[
# expect:        comprehension(
# expect:         target=Name(id='i', ctx=Store()),
# expect:         iter=Call(
# expect:          func=Name(id='range', ctx=Load()),
# expect:          args=[
# expect:           Constant(value=10)]),
# expect:         ifs=[
# expect:          Name(id='i', ctx=Load()),
# expect:          UnaryOp(
# expect:           op=Not(),
# expect:           operand=Name(id='i', ctx=Load()))],
# expect:         is_async=0)])),
# expect:     AsyncWith(
# expect:      items=[
# expect:       withitem(
# expect:        context_expr=Name(id='a', ctx=Load()),
# expect:        optional_vars=Name(id='b', ctx=Store())),
# expect:       withitem(
# expect:        context_expr=Name(id='c', ctx=Load()))],
# expect:      body=[
# expect:       Pass()]),
# expect:     Return(
# expect:      value=Lambda(
# expect:       args=arguments(
# expect:        args=[
# expect:         arg(arg='q')],
# expect:        defaults=[
# expect:         Constant(value=1)]),
# expect:       body=Yield()))],
# expect:    decorator_list=[
# expect:     Name(id='dec', ctx=Load())],
# expect:    returns=Name(id='str', ctx=Load())),
# expect:   ClassDef(
# expect:    name='A',
# expect:    bases=[
# expect:     Name(id='B', ctx=Load())],
# expect:    keywords=[
# expect:     keyword(
# expect:      arg='metaclass',
# expect:      value=Name(id='M', ctx=Load())),
# expect:     keyword(
# expect:      value=Name(id='k', ctx=Load()))],
# expect:    body=[
# expect:     AnnAssign(
# expect:      target=Name(id='x', ctx=Store()),
# expect:      annotation=Name(id='int', ctx=Load()),
# expect:      value=Constant(value=3),
# expect:      simple=1),
# expect:     AnnAssign(
# expect:      target=Name(id='y', ctx=Store()),
# expect:      annotation=Name(id='str', ctx=Load()),
# expect:      simple=1)]),
# expect:   For(
# expect:    target=Tuple(
# expect:     elts=[
# expect:      Name(id='i', ctx=Store()),
# expect:      Starred(
# expect:       value=Name(id='j', ctx=Store()),
# expect:       ctx=Store())],
# expect:     ctx=Store()),
# expect:    iter=Name(id='z', ctx=Load()),
# expect:    body=[
# expect:     Continue()],
# expect:    orelse=[
# expect:     Pass()]),
# expect:   While(
# expect:    test=Compare(
# expect:     left=Name(id='a', ctx=Load()),
# expect:     ops=[
# expect:      Lt(),
# expect:      LtE(),
# expect:      IsNot()],
# expect:     comparators=[
# expect:      Name(id='b', ctx=Load()),
# expect:      Name(id='c', ctx=Load()),
# expect:      Constant(value=None)]),
# expect:    body=[
# expect:     Delete(
# expect:      targets=[
# expect:       Name(id='a', ctx=Del()),
# expect:       Subscript(
# expect:        value=Name(id='b', ctx=Load()),
# expect:        slice=Constant(value=0),
# expect:        ctx=Del()),
# expect:       Attribute(
# expect:        value=Name(id='c', ctx=Load()),
# expect:        attr='d',
# expect:        ctx=Del())])]),
# expect:   Try(
# expect:    body=[
# expect:     Raise(
# expect:      exc=Name(id='E', ctx=Load()),
# expect:      cause=Constant(value=None))],
# expect:    handlers=[
# expect:     ExceptHandler(
# expect:      type=Tuple(
# expect:       elts=[
# expect:        Name(id='A', ctx=Load()),
# expect:        Name(id='B', ctx=Load())],
# expect:       ctx=Load()),
# expect:      name='e',
# expect:      body=[
# expect:       Pass()])],
# expect:    orelse=[
# expect:     Pass()],
# expect:    finalbody=[
# expect:     Pass()]),
# expect:   Match(
# expect:    subject=Name(id='x', ctx=Load()),
# expect:    cases=[
# expect:     match_case(
# expect:      pattern=MatchSequence(
# expect:       patterns=[
# expect:        MatchValue(
# expect:         value=Constant(value=1)),
# expect:        MatchStar(),
# expect:        MatchAs(name='a')]),
# expect:      guard=Name(id='a', ctx=Load()),
# expect:      body=[
# expect:       Pass()]),
# expect:     match_case(
# expect:      pattern=MatchMapping(
# expect:       keys=[
# expect:        Constant(value='k')],
# expect:       patterns=[
# expect:        MatchAs(name='v')],
# expect:       rest='rest'),
# expect:      body=[
# expect:       Pass()]),
# expect:     match_case(
# expect:      pattern=MatchOr(
# expect:       patterns=[
# expect:        MatchClass(
# expect:         cls=Name(id='P', ctx=Load()),
# expect:         patterns=[
# expect:          MatchValue(
# expect:           value=Constant(value=1))],
# expect:         kwd_attrs=[
# expect:          'y'],
# expect:         kwd_patterns=[
# expect:          MatchValue(
# expect:           value=Constant(value=2))]),
# expect:        MatchSingleton(value=None)]),
# expect:      body=[
# expect:       Pass()]),
# expect:     match_case(
# expect:      pattern=MatchAs(),
# expect:      body=[
# expect:       Pass()])]),
# expect:   Expr(
# expect:    value=JoinedStr(
# expect:     values=[
# expect:      FormattedValue(
# expect:       value=Name(id='x', ctx=Load()),
# expect:       conversion=114,
# expect:       format_spec=JoinedStr(
# expect:        values=[
# expect:         Constant(value='>'),
# expect:         FormattedValue(
# expect:          value=Name(id='w', ctx=Load()),
# expect:          conversion=-1)])),
# expect:      Constant(value=' y='),
# expect:      FormattedValue(
# expect:       value=Name(id='y', ctx=Load()),
# expect:       conversion=114),
# expect:      Constant(value=' z')])),
# expect:   Assign(
# expect:    targets=[
# expect:     Name(id='a', ctx=Store()),
# expect:     Name(id='b', ctx=Store())],
# expect:    value=IfExp(
# expect:     test=Name(id='d', ctx=Load()),
# expect:     body=BinOp(
# expect:      left=UnaryOp(
# expect:       op=USub(),
# expect:       operand=Constant(value=1)),
# expect:      op=Add(),
# expect:      right=BinOp(
# expect:       left=Constant(value=2),
# expect:       op=Mult(),
# expect:       right=BinOp(
# expect:        left=Constant(value=3),
# expect:        op=Pow(),
# expect:        right=UnaryOp(
# expect:         op=Not(),
# expect:         operand=UnaryOp(
# expect:          op=Invert(),
# expect:          operand=Name(id='c', ctx=Load())))))),
# expect:     orelse=Dict(
# expect:      keys=[
# expect:       None,
# expect:       Constant(value=1)],
# expect:      values=[
# expect:       Name(id='e', ctx=Load()),
# expect:       Constant(value=2)]))),
# expect:   AugAssign(
# expect:    target=Name(id='x', ctx=Store()),
# expect:    op=Add(),
# expect:    value=Constant(value=1)),
# expect:   Expr(
# expect:    value=NamedExpr(
# expect:     target=Name(id='w', ctx=Store()),
# expect:     value=Constant(value=5))),
# expect:   Assert(
# expect:    test=Name(id='a', ctx=Load()),
# expect:    msg=Name(id='b', ctx=Load())),
# expect:   Assign(
# expect:    targets=[
# expect:     Name(id='s', ctx=Store())],
# expect:    value=Set(
# expect:     elts=[
# expect:      Constant(value=1),
# expect:      Constant(value=2)])),
# expect:   Assign(
# expect:    targets=[
# expect:     Name(id='t', ctx=Store())],
# expect:    value=Tuple(
# expect:     elts=[
# expect:      Constant(value=1)],
# expect:     ctx=Load())),
# expect:   Assign(
# expect:    targets=[
# expect:     Name(id='u', ctx=Store())],
# expect:    value=Subscript(
# expect:     value=Name(id='a', ctx=Load()),
# expect:     slice=Tuple(
# expect:      elts=[
# expect:       Slice(
# expect:        lower=Constant(value=1),
# expect:        upper=Constant(value=2)),
# expect:       Slice(
# expect:        step=Constant(value=3))],
# expect:      ctx=Load()),
# expect:     ctx=Load())),
# expect:   Assign(
# expect:    targets=[
# expect:     Name(id='v', ctx=Store())],
# expect:    value=Subscript(
# expect:     value=Name(id='a', ctx=Load()),
# expect:     slice=Constant(value=Ellipsis),
# expect:     ctx=Load())),
# expect:   FunctionDef(
# expect:    name='g',
# expect:    args=arguments(),
# expect:    body=[
# expect:     Pass()],
# expect:    type_params=[
# expect:     TypeVar(
# expect:      name='T',
# expect:      bound=Name(id='int', ctx=Load())),
# expect:     TypeVarTuple(name='Ts'),
# expect:     ParamSpec(name='P')]),
# expect:   TypeAlias(
# expect:    name=Name(id='X', ctx=Store()),
# expect:    type_params=[
# expect:     TypeVar(name='T')],
# expect:    value=Subscript(
# expect:     value=Name(id='list', ctx=Load()),
# expect:     slice=Name(id='T', ctx=Load()),
# expect:     ctx=Load())),
# expect:   Expr(
# expect:    value=Constant(value=b'x')),
# expect:   Expr(
# expect:    value=Constant(value='ab'))])
print(ast.unparse(tree))  # expect: import os, sys as s
# expect: from . import x
# expect: from a.b import c as d
# expect:
# expect: @dec
# expect: async def f(a, /, b: int=1, *args, c=2, d, **kw) -> str:
# expect:     """doc"""
# expect:     x = [i for i in range(10) if i if not i]
# expect:     async with a as b, c:
# expect:         pass
# expect:     return lambda q=1: (yield)
# expect:
# expect: class A(B, metaclass=M, **k):
# expect:     x: int = 3
# expect:     y: str
# expect: for i, *j in z:
# expect:     continue
# expect: else:
# expect:     pass
# expect: while a < b <= c is not None:
# expect:     del a, b[0], c.d
# expect: try:
# expect:     raise E from None
# expect: except (A, B) as e:
# expect:     pass
# expect: else:
# expect:     pass
# expect: finally:
# expect:     pass
# expect: match x:
# expect:     case [1, *_, a] if a:
# expect:         pass
# expect:     case {'k': v, **rest}:
# expect:         pass
# expect:     case P(1, y=2) | None:
# expect:         pass
# expect:     case _:
# expect:         pass
# expect: f'{x!r:>{w}} y={y!r} z'
# expect: a = b = -1 + 2 * 3 ** (not ~c) if d else {**e, 1: 2}
# expect: x += 1
# expect: (w := 5)
# expect: assert a, b
# expect: s = {1, 2}
# expect: t = (1,)
# expect: u = a[1:2, ::3]
# expect: v = a[...]
# expect:
# expect: def g[T: int, *Ts, **P]():
# expect:     pass
# expect: type X[T] = list[T]
# expect: b'x'
# expect: 'ab'
print(ast.dump(ast.parse("x + é.b", mode="eval"), include_attributes=True))  # expect: Expression(body=BinOp(left=Name(id='x', ctx=Load(), lineno=1, col_offset=0, end_lineno=1, end_col_offset=1), op=Add(), right=Attribute(value=Name(id='é', ctx=Load(), lineno=1, col_offset=4, end_lineno=1, end_col_offset=6), attr='b', ctx=Load(), lineno=1, col_offset=4, end_lineno=1, end_col_offset=8), lineno=1, col_offset=0, end_lineno=1, end_col_offset=8))
print(ast.literal_eval("{'a': [1, 2.5, -3, (4,), b'x', None, True, 1+2j]}"))  # expect: {'a': [1, 2.5, -3, (4,), b'x', None, True, (1+2j)]}
print([type(node).__name__ for node in ast.walk(ast.parse("a.b(c)"))])  # expect: ['Module', 'Expr', 'Call', 'Attribute', 'Name', 'Name', 'Load', 'Load', 'Load']


class Names(ast.NodeVisitor):
    def visit_Name(self, node):
        print(node.id, node.lineno, node.col_offset, node.end_col_offset)


Names().visit(ast.parse("a + b\n* c" .replace("\n", " ")))  # expect: a 1 0 1
# expect: b 1 4 5
# expect: c 1 8 9


class Double(ast.NodeTransformer):
    def visit_Constant(self, node):
        return ast.copy_location(ast.Constant(node.value * 2), node)


print(ast.unparse(Double().visit(ast.parse("f(1, 'a')"))))  # expect: f(2, 'aa')
print(ast.Constant(3).value, ast.Name("x")._fields, ast.get_docstring(ast.parse("'doc'")), ast.Name.__doc__, ast.expr.__mro__)  # expect: 3 ('id', 'ctx') doc Name(identifier id, expr_context ctx) (<class 'ast.expr'>, <class 'ast.AST'>, <class 'object'>)
print(ast.Add.__bases__, ast.Return().value, ast.Call(ast.Name("f")).args, ast.Name._field_types)  # expect: (<class 'ast.operator'>,) None [] {'id': <class 'str'>, 'ctx': <class 'ast.expr_context'>}
for bad in [lambda: ast.parse("a b"), lambda: ast.literal_eval("f()"), lambda: ast.Name("a", "b", "c"), lambda: ast.Name("a", id="b")]:
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, str(error).split(" at 0x")[0].split(": <ast")[0])  # expect: SyntaxError invalid syntax (<unknown>, line 1)
# expect: ValueError malformed node or string on line 1
# expect: TypeError Name constructor takes at most 2 positional arguments
# expect: TypeError Name got multiple values for argument 'id'
