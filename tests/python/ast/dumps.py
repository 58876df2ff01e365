"""What `ast.dump` shows of empty lists and which fields a node has."""
import ast

for source in "def f(a, *, b=1): return a", "class A: x: int = 1", "import a.b as c", "[x for x in y if x]", "pass":
    print(ast.dump(ast.parse(source)))  # expect: Module(body=[FunctionDef(name='f', args=arguments(args=[arg(arg='a')], kwonlyargs=[arg(arg='b')], kw_defaults=[Constant(value=1)]), body=[Return(value=Name(id='a', ctx=Load()))])])
# expect: Module(body=[ClassDef(name='A', body=[AnnAssign(target=Name(id='x', ctx=Store()), annotation=Name(id='int', ctx=Load()), value=Constant(value=1), simple=1)])])
# expect: Module(body=[Import(names=[alias(name='a.b', asname='c')])])
# expect: Module(body=[Expr(value=ListComp(elt=Name(id='x', ctx=Load()), generators=[comprehension(target=Name(id='x', ctx=Store()), iter=Name(id='y', ctx=Load()), ifs=[Name(id='x', ctx=Load())], is_async=0)]))])
# expect: Module(body=[Pass()])
print(ast.dump(ast.parse("f(x)", mode="eval"), indent=2))  # expect: Expression(
# expect:   body=Call(
# expect:     func=Name(id='f', ctx=Load()),
# expect:     args=[
# expect:       Name(id='x', ctx=Load())]))
print(ast.FunctionDef._fields, ast.ClassDef._fields, hasattr(ast, "Match"), hasattr(ast, "TryStar"), hasattr(ast, "TypeAlias"))  # expect: ('name', 'args', 'body', 'decorator_list', 'returns', 'type_comment', 'type_params') ('name', 'bases', 'keywords', 'body', 'decorator_list', 'type_params') True True True
name = ast.Name("x", ast.Load())
print(ast.dump(name), ast.unparse(ast.parse("x = (1, *y)")))  # expect: Name(id='x', ctx=Load()) x = (1, *y)
