# tests/python/string/formatter.py: the syntax of str.format, as string.Formatter reads it.
import _string

print(list(_string.formatter_parser("a{b!r:>{w}}c{{}}{0.x[k]}")))  # expect: [('a', 'b', '>{w}', 'r'), ('c{', None, None, None), ('}', None, None, None), ('', '0.x[k]', '', None)]
first, rest = _string.formatter_field_name_split("a.b[0][k].c")
print(first, list(rest), _string.formatter_field_name_split("3")[0], list(_string.formatter_parser("")))  # expect: a [(True, 'b'), (False, 0), (False, 'k'), (True, 'c')] 3 []
