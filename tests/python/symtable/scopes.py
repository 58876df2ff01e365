# Which names are local, global, free: what the compiler finds before anything runs.
import symtable

source = """
import os
x = 1
def f(a, b=2, *args, **kw):
    global g
    y = a + x
    def inner():
        nonlocal y
        z = y
        return sum(range(z))
    return inner
class C:
    attr: int = 1
    def m(self):
        return __class__
gen = (i for i in y)
lam = lambda q: q + x
"""


def show(table, depth=0):
    pad = "  " * depth
    print(pad, table, table.get_type(), table.get_name(), table.get_lineno(), table.is_nested(), table.has_children())
    print(pad, list(table.get_identifiers()))
    for s in table.get_symbols():
        facts = [name[3:] for name in ("is_local", "is_global", "is_free", "is_parameter", "is_imported", "is_assigned", "is_referenced",
                                       "is_namespace", "is_nonlocal", "is_declared_global", "is_annotated") if getattr(s, name)()]
        print(pad, "-", s.get_name(), facts)
    if table.get_type() == "function":
        print(pad, table.get_parameters(), table.get_locals(), table.get_globals(), table.get_frees(), table.get_nonlocals())
    for child in table.get_children():
        show(child, depth + 1)


show(symtable.symtable(source, "example.py", "exec"))  # expect:  <SymbolTable for module example.py> module top 0 False True
# expect:  ['os', 'x', 'f', 'g', 'C', 'gen', 'y', 'lam']
# expect:  - os ['local', 'global', 'imported']
# expect:  - x ['local', 'global', 'assigned']
# expect:  - f ['local', 'global', 'assigned', 'namespace']
# expect:  - g ['global', 'declared_global']
# expect:  - C ['local', 'global', 'assigned', 'namespace']
# expect:  - gen ['local', 'global', 'assigned']
# expect:  - y ['global', 'referenced']
# expect:  - lam ['local', 'global', 'assigned']
# expect:    <Function SymbolTable for f in example.py> function f 4 False True
# expect:    ['a', 'b', 'args', 'kw', 'g', 'y', 'x', 'inner']
# expect:    - a ['local', 'parameter', 'referenced']
# expect:    - b ['local', 'parameter']
# expect:    - args ['local', 'parameter']
# expect:    - kw ['local', 'parameter']
# expect:    - g ['global', 'declared_global']
# expect:    - y ['local', 'assigned']
# expect:    - x ['global', 'referenced']
# expect:    - inner ['local', 'assigned', 'referenced', 'namespace']
# expect:    ('a', 'b', 'args', 'kw') ('a', 'b', 'args', 'kw', 'y', 'inner') ('g', 'x') () ()
# expect:      <Function SymbolTable for inner in example.py> function inner 7 True False
# expect:      ['y', 'z', 'sum', 'range']
# expect:      - y ['free', 'referenced', 'nonlocal']
# expect:      - z ['local', 'assigned', 'referenced']
# expect:      - sum ['global', 'referenced']
# expect:      - range ['global', 'referenced']
# expect:      () ('z',) ('sum', 'range') ('y',) ('y',)
# expect:    <Class SymbolTable for C in example.py> class C 12 False True
# expect:    ['attr', 'int', 'm']
# expect:    - attr ['local', 'assigned', 'annotated']
# expect:    - int ['global', 'referenced']
# expect:    - m ['local', 'assigned', 'namespace']
# expect:      <Function SymbolTable for m in example.py> function m 14 False False
# expect:      ['self', '__class__']
# expect:      - self ['local', 'parameter']
# expect:      - __class__ ['free', 'referenced']
# expect:      ('self',) ('self',) () ('__class__',) ()
# expect:    <Function SymbolTable for genexpr in example.py> function genexpr 16 False False
# expect:    ['.0', 'i']
# expect:    - .0 ['local', 'parameter']
# expect:    - i ['local', 'assigned', 'referenced']
# expect:    ('.0',) ('.0', 'i') () () ()
# expect:    <Function SymbolTable for lambda in example.py> function lambda 17 False False
# expect:    ['q', 'x']
# expect:    - q ['local', 'parameter', 'referenced']
# expect:    - x ['global', 'referenced']
# expect:    ('q',) ('q',) ('x',) () ()
top = symtable.symtable("total + 1", "<input>", "eval")
print(top.lookup("total").is_global(), top.lookup("total").get_name(), isinstance(top.get_id(), int))  # expect: True total True
for bad in (lambda: symtable.symtable("x =", "<input>", "exec"), lambda: symtable.symtable("x", "<input>", "other"),
            lambda: top.lookup("missing")):
    try:
        print(bad())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")  # expect: SyntaxError: invalid syntax (<input>, line 1)
# expect: ValueError: symtable() arg 3 must be 'exec' or 'eval' or 'single'
# expect: KeyError: 'missing'
