"""The compiler's symbol tables. CPython: Modules/symtablemodule.c, Python/symtable.c."""

import _scopes

DEF_GLOBAL, DEF_LOCAL, DEF_PARAM, DEF_NONLOCAL, USE = 1, 2, 4, 8, 16
DEF_FREE_CLASS, DEF_IMPORT, DEF_ANNOT, DEF_COMP_ITER, DEF_TYPE_PARAM, DEF_COMP_CELL = 64, 128, 256, 512, 1024, 2048
DEF_BOUND = DEF_LOCAL | DEF_PARAM | DEF_IMPORT | DEF_TYPE_PARAM
SCOPE_OFF, SCOPE_MASK = 12, 15
LOCAL, GLOBAL_EXPLICIT, GLOBAL_IMPLICIT, FREE, CELL = 1, 2, 3, 4, 5
TYPE_FUNCTION, TYPE_CLASS, TYPE_MODULE, TYPE_ANNOTATION, TYPE_TYPE_ALIAS, TYPE_TYPE_PARAMETERS, TYPE_TYPE_VARIABLE = range(7)


class Entry:
    """A scope."""

    __slots__ = ("type", "name", "lineno", "nested", "children", "varnames", "symbols", "id", "__weakref__")

    def __init__(self, row):
        self.type, self.name, self.lineno, self.nested, self.children, self.varnames, symbols = row
        self.symbols = {name: flags | scope << SCOPE_OFF for name, (flags, scope) in symbols.items()}
        self.id = id(self)

    def __repr__(self):
        return f"<symtable entry {self.name}({self.id}), line {self.lineno}>"


Entry.__name__ = Entry.__qualname__ = "symtable entry"


def symtable(source, filename, startstr, /):
    if startstr not in ("exec", "eval", "single"):
        raise ValueError("symtable() arg 3 must be 'exec' or 'eval' or 'single'")
    if not isinstance(source, str):
        source = bytes(source).decode()
    entries = [Entry(row) for row in _scopes.rows(source, str(filename), startstr)]
    for entry in entries:
        entry.children = [entries[at] for at in entry.children]
    return entries[0]
