//! Classes: plain ones, with slots, with finalizers, of built-in bases, with descriptors and a metaclass.

use super::writer::Writer;

/// Bodies of classes. `{name}` is the class, `{base}` an earlier class or `object`.
const CLASSES: [&str; 18] = [
    "class {name}: pass",
    "class {name}({base}): pass",
    "class {name}({base}):\n    kind = '{name}'\n    def which(self): return self.kind, super().__repr__()[:2]",
    "class {name}:\n    def __init__(self, a=None, b=None):\n        self.a = a\n        self.b = b",
    "class {name}:\n    def __init__(self, *args, **more):\n        self.__dict__.update(more)\n        self.args = args",
    "class {name}:\n    __slots__ = ('a', 'b')",
    "class {name}:\n    __slots__ = ('a', 'b', '__weakref__')",
    "class {name}:\n    __slots__ = ('a', '__dict__')\n    b = 1",
    "class {name}:\n    def __del__(self): print('del {name}', sorted(self.__dict__))",
    "class {name}(list): pass",
    "class {name}(dict):\n    def __missing__(self, key): return [key]",
    "class {name}(tuple):\n    __slots__ = ()",
    "class {name}(int): pass",
    "class {name}(str): pass",
    "class {name}:\n    def __eq__(self, other): return type(other) is {name}\n    def __hash__(self): return 7",
    "class {name}:\n    @property\n    def a(self): return self.__dict__.get('held', 1)\n    @a.setter\n    def a(self, value): self.held = value",
    "class {name}(type):\n    def __call__(cls, *args):\n        print('made', cls.__name__)\n        return super().__call__(*args)",
    "class {name}:\n    def __init_subclass__(cls, **more): print('sub', cls.__name__, more)\n    def __getattr__(self, name): return name * 2\n    def __class_getitem__(cls, item): return item",
];

/// Writes a class, and remembers it.
pub fn class(writer: &mut Writer) {
    let name = writer.fresh("C");
    let base = match writer.chance(60) {
        true => writer.class(),
        false => "object".to_owned(),
    };
    let body = writer.one(&CLASSES);
    writer.say(&body.replace("{name}", &name).replace("{base}", &base));
    writer.add_class(&name);
}
