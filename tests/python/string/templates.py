# python: 3.14 3.15
# Template strings (PEP 750). Expectations from the PEP, the documentation of string.templatelib and the layout of the
# structures (gh-132661).
import copy
import sys
from string.templatelib import Interpolation, Template, convert

name, width = "World", 5
template = t"Hello {name}! {width!r:>{width}}{name=}"
print(template.strings)  # expect: ('Hello ', '! ', 'name=', '')
print(template.values)  # expect: ('World', 5, 'World')
print(template.interpolations[1])  # expect: Interpolation(5, 'width', 'r', '>5')
print(type(template), type(template.interpolations[0]))
# expect: <class 'string.templatelib.Template'> <class 'string.templatelib.Interpolation'>
print([part if isinstance(part, str) else part.value for part in template])
# expect: ['Hello ', 'World', '! ', 5, 'name=', 'World']
print(t"", list(t""))  # expect: Template(strings=('',), interpolations=()) []
print(t"{1}{2}".strings)  # expect: ('', '', '')
print((t"a{1}" + t"b{2}c").strings)  # expect: ('a', 'b', 'c')
print(t"a" t"b{width }".interpolations[0].expression)  # expect: width
print(rt"\d{name}".strings, t"\x41".strings)  # expect: ('\\d', '') ('A',)
print(Template("a", "b", Interpolation(3, "x", "r", ".2f"), Interpolation(1)))
# expect: Template(strings=('ab', '', ''), interpolations=(Interpolation(3, 'x', 'r', '.2f'), Interpolation(1, '', None, '')))
print(sys.getsizeof(template), sys.getsizeof(template.interpolations[0]))  # expect: 48 64
print(copy.copy(template).strings == template.strings, copy.deepcopy(template).values)
# expect: True ('World', 5, 'World')
print(convert("é", "a"), convert(1, None))  # expect: '\xe9' 1

match template.interpolations[1]:
    case Interpolation(value, expression, conversion, spec):
        print(value, expression, conversion, spec)  # expect: 5 width r >5


def attempt(text):
    try:
        exec(text)
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


attempt("template + 'x'")
# expect: TypeError: can only concatenate string.templatelib.Template (not "str") to string.templatelib.Template
attempt("'x' + template")
# expect: TypeError: can only concatenate str (not "string.templatelib.Template") to str
attempt("template.strings = ()")  # expect: AttributeError: readonly attribute
attempt("class Mine(Template): pass")
# expect: TypeError: type 'string.templatelib.Template' is not an acceptable base type
attempt("Template(1)")
# expect: TypeError: Template.__new__ *args need to be of type 'str' or 'Interpolation', got int
attempt("Template(a=1)")  # expect: TypeError: Template.__new__ only accepts *args arguments
attempt("Interpolation(1, conversion='z')")
# expect: ValueError: Interpolation() argument 'conversion' must be one of 's', 'a' or 'r'
