//! Functions, closures, generators, exceptions, context managers.

use super::objects::value;
use super::writer::{Kind, Writer};

/// A function of some form is made and called.
pub fn function(writer: &mut Writer) {
    let name = writer.variable(Kind::Callable);
    let (object, item) = (writer.any(), value(writer));
    let statement = match writer.between(0, 10) {
        0 => format!(
            "def {name}(p=[], *q, z=1, **kw):\n    t = (p, q, z)\n    return sys.getrefcount(p), len(q), kw, len(t)\nprint({name}({object}, 1, k=2), {name}())"
        ),
        1 => format!(
            "def make(x):\n    def inner():\n        nonlocal x\n        x = [x]\n        return sys.getrefcount(x)\n    return inner\n{name} = make({object})\nprint({name}(), {name}(), {name}.__closure__[0].cell_contents is None)"
        ),
        2 => format!(
            "def {name}(n=3):\n    return 0 if n == 0 else sys.getrefcount({object}) + {name}(n - 1)\nprint({name}())"
        ),
        3 => format!(
            "def {name}(x={item}):\n    local = x\n    return sys.getrefcount(x), sorted(locals())\nprint({name}(), len({name}.__defaults__))"
        ),
        4 => format!(
            "@functools.lru_cache(maxsize=2)\ndef {name}(x=1): return [x]\nprint({name}() is {name}(), {name}(2), {name}.cache_info().hits)"
        ),
        5 => format!(
            "{name} = [lambda: i for i in range(3)]\nprint([f() for f in {name}], sys.getrefcount({name}[0]))"
        ),
        6 => {
            let class = writer.class();
            format!(
                "{name} = {class}.__init__\nprint(type({name}).__name__, sys.getsizeof({name}), {class}.__init__ is {name})"
            )
        }
        7 => format!(
            "def {name}(*args, **more):\n    return sys.getrefcount(args), sys.getrefcount(more), sys.getrefcount(args[0])\nprint({name}({object}, {item}), {name}(*[{object}], **{{'k': {object}}}))"
        ),
        8 => format!(
            "def {name}():\n    global shared\n    shared = {item}\n    return sys.getrefcount(shared)\nprint({name}(), {name}.__code__.co_names)"
        ),
        9 => format!(
            "print(sum(1 for _ in map(lambda x: [x], {object})), list(filter(None, [{object}, 0])) == [])\n{name} = len"
        ),
        _ if writer.has(10) => format!(
            "def {name}(x={object}):\n    match x:\n        case []: return 'empty'\n        case [a, *rest]: return sys.getrefcount(a), len(rest)\n        case {{'a': a}}: return 'a', sys.getrefcount(a)\n        case str() | int(): return 'plain'\n        case _: return type(x).__name__\nprint({name}())"
        ),
        _ => format!("def {name}(): return 1\nprint({name}())"),
    };
    writer.say(&statement);
}

/// A generator, a coroutine or an iterator.
pub fn generator(writer: &mut Writer) {
    let (iterator, item) = (writer.of(&[Kind::Iterator]), value(writer));
    match writer.between(0, 7) {
        0 => {
            let (name, make) = (writer.variable(Kind::Iterator), writer.fresh("g"));
            writer.say(&format!("def {make}():\n    try:\n        for j in range(4):\n            yield [j]\n    finally:\n        print('closed')\n{name} = {make}()\nprint(next({name}), sys.getrefcount({name}))"));
        }
        1 => {
            let (name, make) = (writer.variable(Kind::Iterator), writer.fresh("g"));
            writer.say(&format!("def {make}(x):\n    for _ in range(9):\n        got = yield x\n        x = [got, x]\n{name} = {make}({item})\nnext({name})\nprint(len({name}.send(1)), sys.getrefcount({name}.send(None)))"));
        }
        2 => {
            let make = writer.fresh("g");
            writer.say(&format!("def {make}():\n    return (yield from [1, 2]), {item}\nit = {make}()\nprint(list(it), sys.getsizeof({make}) > 0)"));
        }
        3 => {
            let make = writer.fresh("g");
            let error = writer.one(&[
                "ValueError(1)",
                "KeyError",
                "GeneratorExit",
                "StopIteration(3)",
            ]);
            writer.say(&format!("def {make}():\n    try:\n        yield 1\n    except ValueError as e:\n        yield repr(e)\nit = {make}()\nnext(it)\nprint(it.throw({error}))\nit.close()"));
        }
        4 => {
            let make = writer.fresh("co");
            writer.say(&format!("async def {make}(x):\n    return sys.getrefcount(x)\nc = {make}({item})\ntry:\n    c.send(None)\nexcept StopIteration as stop:\n    print(stop.value)\nprint(c.cr_frame is None)"));
        }
        5 => writer.say(&format!(
            "print(next({iterator}), sys.getrefcount({iterator}))"
        )),
        6 => writer.say(&format!(
            "print([x for x in itertools.islice({iterator}, 2)], next({iterator}, 'none'))"
        )),
        _ => writer.say(&format!(
            "a, b = itertools.tee({item})\nprint(next(a), next(b), sum(1 for _ in a))"
        )),
    }
}

/// An exception is raised, caught, chained, kept.
pub fn exception(writer: &mut Writer) {
    let (object, item) = (writer.any(), value(writer));
    let wrong = writer.one(&[
        "1/0",
        "[][1]",
        "{}['k']",
        "int('x')",
        "None.x",
        "len(3)",
        "[] + 1",
        "undefined",
        "next(iter([]))",
        "'a'.join([1])",
    ]);
    let statement = match writer.between(0, 8) {
        0 => {
            let name = writer.variable(Kind::Exception);
            format!(
                "try:\n    {wrong}\nexcept Exception as e:\n    {name} = e\nprint(type({name}).__name__, {name}, sys.getrefcount({name}), {name}.__traceback__.tb_lineno > 0)"
            )
        }
        1 => format!(
            "try:\n    try:\n        {wrong}\n    except Exception as e:\n        raise ValueError({item}) from e\nexcept ValueError as e:\n    print(repr(e.__cause__), e.__context__ is e.__cause__, e.__suppress_context__)"
        ),
        2 => format!(
            "def fails(x):\n    local = [x]\n    {wrong}\ntry:\n    fails({object})\nexcept Exception as e:\n    frame = e.__traceback__.tb_next.tb_frame\n    print(sorted(frame.f_locals), sys.getrefcount({object}))\n    del frame"
        ),
        3 => format!(
            "try:\n    raise ValueError({item})\nfinally:\n    print('finally', sys.getrefcount({object}))"
        ),
        4 => format!(
            "class Manager:\n    def __enter__(self): return {item}\n    def __exit__(self, kind, error, trace):\n        print(kind and kind.__name__, error)\n        return True\nwith Manager() as m:\n    print(sys.getrefcount(m))\n    {wrong}"
        ),
        5 => format!(
            "def f():\n    for i in range(3):\n        try:\n            if i == 1: continue\n            {wrong}\n        except Exception:\n            pass\n        finally:\n            print(i, sys.getrefcount({object}))\nf()"
        ),
        6 => format!("assert {object} is {item}, 'not the same'"),
        7 if writer.has(11) => format!(
            "try:\n    raise ExceptionGroup('several', [ValueError(1), KeyError('k')])\nexcept* ValueError as group:\n    print(group.exceptions, sys.getrefcount({object}))\nexcept* KeyError as group:\n    print(repr(group))"
        ),
        _ => {
            format!("try:\n    {object}.missing({item})\nexcept AttributeError as e:\n    print(e)")
        }
    };
    writer.say(&statement);
}
