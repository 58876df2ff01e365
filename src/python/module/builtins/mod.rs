//! `builtins`. CPython: Python/bltinmodule.c.

mod aggregate;
mod build_class;
mod namespace;
mod output;

use super::NativeModule;
use crate::python::memory::{Addr, Own};
use crate::python::object::{self, Method, flags, int, str, types};
use crate::python::version::Version;
use crate::python::vm::{Args, PyResult, Raised, Vm};

fn abs(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let value = args.get(vm, 0);
    match vm.slots(value).absolute {
        Some(absolute) => absolute(vm, value),
        None => {
            let name = vm.type_name(value);
            Err(vm.type_error(format!("bad operand type for abs(): '{name}'")))
        }
    }
}

fn ascii(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let value = args.get(vm, 0);
    vm.ascii(value)
}

fn radix(vm: &mut Vm, args: Args, spec: &str) -> PyResult<Own> {
    let value = vm.index(args.get(vm, 0))?;
    let spec = str::new(vm, spec);
    let text = vm.format(value.addr(), spec.addr());
    vm.decref(spec);
    vm.decref(value);
    text
}

fn bin(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    radix(vm, args, "#b")
}

fn hex(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    radix(vm, args, "#x")
}

fn oct(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    radix(vm, args, "#o")
}

fn callable(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let value = args.get(vm, 0);
    let callable = vm.is_callable(value);
    Ok(vm.bool(callable))
}

fn chr(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let value = args.get(vm, 0);
    let point = vm.index_value(value, types::OVERFLOW_ERROR)?;
    if !(0..0x11_0000).contains(&point) {
        return Err(vm.value_error("chr() arg not in range(0x110000)"));
    }
    Ok(str::from_point(vm, point as u32))
}

fn ord(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let value = args.get(vm, 0);
    let len = if vm.has_flag(value, flags::UNICODE_SUBCLASS) {
        let len = str::len(vm, value);
        if len == 1 {
            let point = str::point(vm, value, 0);
            return Ok(int::new(vm, i64::from(point)));
        }
        len
    } else if vm.has_flag(value, flags::BYTES_SUBCLASS) || vm.type_check(value, types::BYTEARRAY) {
        let len = vm.len(value)?;
        if len == 1 {
            let zero = int::new(vm, 0);
            let first = vm.get_item(value, zero.addr());
            vm.decref(zero);
            return first;
        }
        len
    } else {
        let name = vm.type_name(value);
        return Err(vm.type_error(format!(
            "ord() expected string of length 1, but {name} found"
        )));
    };
    Err(vm.type_error(format!(
        "ord() expected a character, but string of length {len} found"
    )))
}

fn delattr(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (object, name) = (args.get(vm, 0), args.get(vm, 1));
    check_name(vm, name)?;
    vm.set_attr(object, name, None)?;
    Ok(vm.none())
}

fn setattr(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (object, name, value) = (args.get(vm, 0), args.get(vm, 1), args.get(vm, 2));
    check_name(vm, name)?;
    let name = intern(vm, name);
    vm.set_attr(object, name.addr(), Some(value))?;
    vm.decref(name);
    Ok(vm.none())
}

/// An exact string's interned form, as `setattr` leaves it in the namespace.
fn intern(vm: &mut Vm, name: Addr) -> Own {
    let owned = vm.incref(name);
    if vm.is_exact_str(name) {
        str::intern_object(vm, owned)
    } else {
        owned
    }
}

fn check_name(vm: &mut Vm, name: Addr) -> PyResult<()> {
    if vm.has_flag(name, flags::UNICODE_SUBCLASS) {
        return Ok(());
    }
    let ty = vm.type_name(name);
    Err(vm.type_error(format!("attribute name must be string, not '{ty}'")))
}

fn getattr(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (object, name) = (args.get(vm, 0), args.get(vm, 1));
    check_name(vm, name)?;
    match args.opt(vm, 2) {
        None => vm.get_attr(object, name),
        Some(default) => match vm.get_attr_opt(object, name)? {
            Some(value) => Ok(value),
            None => Ok(vm.incref(default)),
        },
    }
}

fn hasattr(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (object, name) = (args.get(vm, 0), args.get(vm, 1));
    check_name(vm, name)?;
    let found = vm.get_attr_opt(object, name)?;
    let has = found.is_some();
    vm.xdecref(found);
    Ok(vm.bool(has))
}

fn divmod(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (left, right) = (args.get(vm, 0), args.get(vm, 1));
    vm.divmod(left, right)
}

fn pow(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (base, exponent) = (args.get(vm, 0), args.get(vm, 1));
    let modulus = args.opt(vm, 2).unwrap_or(object::NONE);
    vm.power(base, exponent, modulus)
}

fn round(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let number = args.get(vm, 0);
    let digits = args.opt(vm, 1).filter(|digits| *digits != object::NONE);
    let Some(method) = vm.lookup_special(number, vm.names.__round__)? else {
        let name = vm.type_name(number);
        return Err(vm.type_error(format!("type {name} doesn't define __round__ method")));
    };
    let result = match digits {
        Some(digits) => vm.call(method.addr(), &[digits]),
        None => vm.call(method.addr(), &[]),
    };
    vm.decref(method);
    result
}

fn format(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let value = args.get(vm, 0);
    let spec = args.opt(vm, 1).unwrap_or(object::EMPTY_STR);
    if !vm.has_flag(spec, flags::UNICODE_SUBCLASS) {
        let name = str::arg::type_text(vm, spec);
        return Err(vm.type_error(format!("format() argument 2 must be str, not {name}")));
    }
    vm.format(value, spec)
}

fn hash(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let value = args.get(vm, 0);
    let hash = vm.hash(value)?;
    Ok(int::new(vm, hash))
}

fn id(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let value = args.get(vm, 0);
    Ok(int::from_u64(vm, value.0))
}

fn isinstance(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (object, class) = (args.get(vm, 0), args.get(vm, 1));
    let is = vm.is_instance(object, class)?;
    Ok(vm.bool(is))
}

fn issubclass(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (class, base) = (args.get(vm, 0), args.get(vm, 1));
    let is = vm.is_subclass(class, base)?;
    Ok(vm.bool(is))
}

fn iter(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let object = args.get(vm, 0);
    match args.opt(vm, 1) {
        None => vm.get_iter(object),
        Some(_) if !vm.is_callable(object) => Err(vm.type_error("iter(v, w): v must be callable")),
        Some(sentinel) => object::iterator::new_callable(vm, object, sentinel),
    }
}

fn next(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let iterator = args.get(vm, 0);
    let Some(step) = vm.slots(iterator).iternext else {
        let name = vm.type_name(iterator);
        return Err(vm.type_error(format!("'{name}' object is not an iterator")));
    };
    match step(vm, iterator) {
        Ok(Some(value)) => Ok(value),
        Ok(None) => match args.opt(vm, 1) {
            Some(default) => {
                vm.clear_raised();
                Ok(vm.incref(default))
            }
            None if vm.raised.is_some() => Err(Raised),
            None => {
                let stop = object::exception::new_without_args(vm, types::STOP_ITERATION)?;
                Err(vm.raise(stop))
            }
        },
        Err(Raised) => match args.opt(vm, 1) {
            Some(default) if vm.raised_is(types::STOP_ITERATION) => {
                vm.clear_raised();
                Ok(vm.incref(default))
            }
            _ => Err(Raised),
        },
    }
}

fn aiter(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let object = args.get(vm, 0);
    match vm.slots(object).am_aiter {
        Some(get) => get(vm, object),
        None => {
            let name = vm.type_name(object);
            Err(vm.type_error(format!("'{name}' object is not an async iterable")))
        }
    }
}

fn anext(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let iterator = args.get(vm, 0);
    match vm.slots(iterator).am_anext {
        Some(next) => {
            let awaitable = next(vm, iterator)?;
            match args.opt(vm, 1) {
                Some(default) => object::async_generator::anext::new(vm, awaitable, default),
                None => Ok(awaitable),
            }
        }
        None => {
            let name = vm.type_name(iterator);
            Err(vm.type_error(format!("'{name}' object is not an async iterator")))
        }
    }
}

fn len(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let value = args.get(vm, 0);
    let len = vm.len(value)?;
    Ok(int::new(vm, len as i64))
}

fn repr(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let value = args.get(vm, 0);
    vm.repr(value)
}

/// `exit()` and `quit()`
fn exit(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let code = args.opt(vm, 0).unwrap_or(object::NONE);
    let exception = vm.call(types::SYSTEM_EXIT, &[code])?;
    Err(vm.raise(exception))
}

/// `help(object)`: what `pydoc` says of it.
fn help(vm: &mut Vm, module: Addr, args: Args) -> PyResult<Own> {
    let Some(request) = args.opt(vm, 0) else {
        return help_hint(vm, module, args);
    };
    let pydoc = vm.import_module("pydoc")?;
    let helper = vm.get_attr_name(pydoc.addr(), "help")?;
    vm.decref(pydoc);
    let result = vm.call(helper.addr(), &[request]);
    vm.decref(helper);
    result
}

fn help_hint(vm: &mut Vm, _: Addr, _: Args) -> PyResult<Own> {
    vm.print_text("Type help() for interactive help, or help(object) for help about object.\n")?;
    Ok(vm.none())
}

fn init(vm: &mut Vm, module: Addr) -> PyResult<()> {
    for (name, value) in [
        ("None", object::NONE),
        ("Ellipsis", object::ELLIPSIS),
        ("NotImplemented", object::NOT_IMPLEMENTED),
        ("False", object::FALSE),
        ("True", object::TRUE),
    ] {
        let value = vm.incref(value);
        super::add(vm, module, name, value);
    }
    let debug = vm.bool(true);
    super::add(vm, module, "__debug__", debug);
    for (name, address) in [
        ("ExceptionGroup", vm.exception_group),
        ("EnvironmentError", types::OS_ERROR),
        ("IOError", types::OS_ERROR),
    ] {
        if vm.profile.missing_names("builtins").contains(&name) {
            continue;
        }
        let value = vm.incref(address);
        super::add(vm, module, name, value);
    }
    Ok(())
}

/// `builtins`, in the order of CPython's table.
pub static MODULE: NativeModule = NativeModule {
    name: "builtins",
    methods: &[
        Method::new(
            "__build_class__",
            "(func, name, /, *bases, metaclass=None, **kwds)",
            build_class::build_class,
        ),
        Method::new(
            "__import__",
            "(name, globals=None, locals=None, fromlist=(), level=0)",
            namespace::import,
        ),
        Method::new("abs", "(x, /)", abs),
        Method::new("all", "(iterable, /)", aggregate::all),
        Method::new("any", "(iterable, /)", aggregate::any),
        Method::new("ascii", "(obj, /)", ascii),
        Method::new("bin", "(number, /)", bin),
        Method::new("breakpoint", "(*args, **kws)", super::sys::breakpoint),
        Method::new("callable", "(obj, /)", callable),
        Method::new("chr", "(i, /)", chr),
        Method::new(
            "compile",
            "(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)",
            namespace::compile,
        ),
        Method::new("delattr", "(obj, name, /)", delattr),
        Method::new("dir", "(object=None, /)", namespace::dir)
            .with_tuple_in(|version| version != Version::V3_12),
        Method::new("divmod", "(x, y, /)", divmod),
        Method::new(
            "eval",
            "(source, /, globals=None, locals=None)",
            namespace::eval,
        ),
        Method::new(
            "exec",
            "(source, /, globals=None, locals=None, *, closure=None)",
            namespace::exec,
        ),
        Method::new("format", "(value, format_spec='', /)", format),
        Method::new("getattr", "(object, name, default=None, /)", getattr),
        Method::new("globals", "()", namespace::globals),
        Method::new("hasattr", "(obj, name, /)", hasattr),
        Method::new("hash", "(obj, /)", hash),
        Method::new("hex", "(number, /)", hex),
        Method::new("id", "(obj, /)", id),
        Method::new("input", "(prompt='', /)", output::input),
        Method::new("isinstance", "(obj, class_or_tuple, /)", isinstance),
        Method::new("issubclass", "(cls, class_or_tuple, /)", issubclass),
        Method::new("iter", "(object, sentinel=None, /)", iter),
        Method::new("aiter", "(async_iterable, /)", aiter),
        Method::new("len", "(obj, /)", len),
        Method::new("locals", "()", namespace::locals),
        Method::new("max", "(*args, key=None, default=None)", aggregate::max)
            .with_tuple_in(|version| version <= Version::V3_12),
        Method::new("min", "(*args, key=None, default=None)", aggregate::min)
            .with_tuple_in(|version| version <= Version::V3_12),
        Method::new("next", "(iterator, default=None, /)", next),
        Method::new("anext", "(aiterator, default=None, /)", anext),
        Method::new("oct", "(number, /)", oct),
        Method::new("ord", "(c, /)", ord),
        Method::new("pow", "(base, exp, mod=None)", pow),
        Method::new(
            "print",
            "(*args, sep=' ', end='\\n', file=None, flush=False)",
            output::print,
        ),
        Method::new("repr", "(obj, /)", repr),
        Method::new("round", "(number, ndigits=None)", round),
        Method::new("setattr", "(obj, name, value, /)", setattr),
        Method::new(
            "sorted",
            "(iterable, /, *, key=None, reverse=False)",
            aggregate::sorted,
        ),
        Method::new("sum", "(iterable, /, start=0)", aggregate::sum),
        Method::new("vars", "(object=None, /)", namespace::vars)
            .with_tuple_in(|version| version != Version::V3_12),
        Method::new(
            "open",
            "(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)",
            crate::python::module::_io::open,
        ),
        Method::new("exit", "(code=None, /)", exit),
        Method::new("quit", "(code=None, /)", exit),
        Method::new("help", "(request=<unrepresentable>, /)", help),
        Method::new("copyright", "()", help_hint),
        Method::new("credits", "()", help_hint),
        Method::new("license", "()", help_hint),
    ],
    types: &[
        types::BOOL,
        types::MEMORYVIEW,
        types::BYTEARRAY,
        types::BYTES,
        types::CLASSMETHOD,
        types::COMPLEX,
        types::DICT,
        types::ENUMERATE,
        types::FILTER,
        types::FLOAT,
        types::FROZENSET,
        types::PROPERTY,
        types::INT,
        types::LIST,
        types::MAP,
        types::OBJECT,
        types::RANGE,
        types::REVERSED,
        types::SET,
        types::SLICE,
        types::STATICMETHOD,
        types::STR,
        types::SUPER,
        types::TUPLE,
        types::TYPE,
        types::ZIP,
        types::BASE_EXCEPTION,
        types::BASE_EXCEPTION_GROUP,
        types::EXCEPTION,
        types::GENERATOR_EXIT,
        types::KEYBOARD_INTERRUPT,
        types::SYSTEM_EXIT,
        types::ARITHMETIC_ERROR,
        types::ASSERTION_ERROR,
        types::ATTRIBUTE_ERROR,
        types::BUFFER_ERROR,
        types::EOF_ERROR,
        types::IMPORT_ERROR,
        types::LOOKUP_ERROR,
        types::MEMORY_ERROR,
        types::NAME_ERROR,
        types::OS_ERROR,
        types::REFERENCE_ERROR,
        types::RUNTIME_ERROR,
        types::STOP_ASYNC_ITERATION,
        types::STOP_ITERATION,
        types::SYNTAX_ERROR,
        types::SYSTEM_ERROR,
        types::TYPE_ERROR,
        types::VALUE_ERROR,
        types::WARNING,
        types::FLOATING_POINT_ERROR,
        types::OVERFLOW_ERROR,
        types::ZERO_DIVISION_ERROR,
        types::BYTES_WARNING,
        types::DEPRECATION_WARNING,
        types::ENCODING_WARNING,
        types::FUTURE_WARNING,
        types::IMPORT_WARNING,
        types::PENDING_DEPRECATION_WARNING,
        types::RESOURCE_WARNING,
        types::RUNTIME_WARNING,
        types::SYNTAX_WARNING,
        types::UNICODE_WARNING,
        types::USER_WARNING,
        types::BLOCKING_IO_ERROR,
        types::CHILD_PROCESS_ERROR,
        types::CONNECTION_ERROR,
        types::FILE_EXISTS_ERROR,
        types::FILE_NOT_FOUND_ERROR,
        types::INTERRUPTED_ERROR,
        types::IS_A_DIRECTORY_ERROR,
        types::NOT_A_DIRECTORY_ERROR,
        types::PERMISSION_ERROR,
        types::PROCESS_LOOKUP_ERROR,
        types::TIMEOUT_ERROR,
        types::INDENTATION_ERROR,
        types::INCOMPLETE_INPUT_ERROR,
        types::INDEX_ERROR,
        types::KEY_ERROR,
        types::MODULE_NOT_FOUND_ERROR,
        types::NOT_IMPLEMENTED_ERROR,
        types::PYTHON_FINALIZATION_ERROR,
        types::RECURSION_ERROR,
        types::UNBOUND_LOCAL_ERROR,
        types::UNICODE_ERROR,
        types::BROKEN_PIPE_ERROR,
        types::CONNECTION_ABORTED_ERROR,
        types::CONNECTION_REFUSED_ERROR,
        types::CONNECTION_RESET_ERROR,
        types::TAB_ERROR,
        types::UNICODE_DECODE_ERROR,
        types::UNICODE_ENCODE_ERROR,
        types::UNICODE_TRANSLATE_ERROR,
    ],
    init,
};

impl Vm {
    /// An object of the module `builtins`, by name.
    pub fn builtin(&mut self, name: &str) -> PyResult<Own> {
        let module = self.builtins;
        self.get_attr_name(module, name)
    }
}
