//! `_operator`: the operators as functions. CPython: Modules/_operator.c.

pub mod attrgetter;
pub mod itemgetter;
pub mod methodcaller;

use super::NativeModule;
use crate::python::memory::{Addr, Own};
use crate::python::object::{BinaryOp, CompareOp, Method, UnaryFn, bytes, flags, int, str, types};
use crate::python::vm::{Args, PyResult, Vm};

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "_operator",
    methods: METHODS,
    types: &[types::ATTRGETTER, types::ITEMGETTER, types::METHODCALLER],
    init: |_, _| Ok(()),
};

/// The row of a binary operator.
macro_rules! binary {
    ($name:literal, $op:ident) => {
        Method::new($name, "(a, b, /)", |vm, _, args| {
            let (a, b) = (args.get(vm, 0), args.get(vm, 1));
            vm.binary_op(a, b, BinaryOp::$op)
        })
    };
}

/// The row of an operator such as `+=`.
macro_rules! inplace {
    ($name:literal, $op:ident) => {
        Method::new($name, "(a, b, /)", |vm, _, args| {
            let (a, b) = (args.get(vm, 0), args.get(vm, 1));
            vm.inplace_op(a, b, BinaryOp::$op)
        })
    };
}

/// The row of a comparison.
macro_rules! comparison {
    ($name:literal, $op:ident) => {
        Method::new($name, "(a, b, /)", |vm, _, args| {
            let (a, b) = (args.get(vm, 0), args.get(vm, 1));
            vm.rich_compare(a, b, CompareOp::$op)
        })
    };
}

/// The row of a unary operator.
macro_rules! unary {
    ($name:literal, $slot:ident, $message:literal) => {
        Method::new($name, "(a, /)", |vm, _, args| {
            let object = args.get(vm, 0);
            let slot = vm.slots(object).$slot;
            unary(vm, object, slot, $message)
        })
    };
}

const METHODS: &[Method] = &[
    Method::new("truth", "(a, /)", |vm, _, args| truth(vm, args, true)),
    Method::new("contains", "(a, b, /)", contains),
    Method::new("indexOf", "(a, b, /)", index_of),
    Method::new("countOf", "(a, b, /)", count_of),
    Method::new("is_", "(a, b, /)", |vm, _, args| {
        let same = args.get(vm, 0) == args.get(vm, 1);
        Ok(vm.bool(same))
    }),
    Method::new("is_not", "(a, b, /)", |vm, _, args| {
        let same = args.get(vm, 0) == args.get(vm, 1);
        Ok(vm.bool(!same))
    }),
    Method::new("index", "(a, /)", |vm, _, args| {
        let index = vm.index(args.get(vm, 0))?;
        let exact = int::to_exact(vm, index.addr())?;
        vm.decref(index);
        Ok(exact)
    }),
    binary!("add", Add),
    binary!("sub", Subtract),
    binary!("mul", Multiply),
    binary!("matmul", MatrixMultiply),
    binary!("floordiv", FloorDivide),
    binary!("truediv", TrueDivide),
    binary!("mod", Remainder),
    unary!("neg", negative, "bad operand type for unary -"),
    unary!("pos", positive, "bad operand type for unary +"),
    unary!("abs", absolute, "bad operand type for abs()"),
    unary!("inv", invert, "bad operand type for unary ~"),
    unary!("invert", invert, "bad operand type for unary ~"),
    binary!("lshift", LShift),
    binary!("rshift", RShift),
    Method::new("not_", "(a, /)", |vm, _, args| truth(vm, args, false)),
    binary!("and_", And),
    binary!("xor", Xor),
    binary!("or_", Or),
    inplace!("iadd", Add),
    inplace!("isub", Subtract),
    inplace!("imul", Multiply),
    inplace!("imatmul", MatrixMultiply),
    inplace!("ifloordiv", FloorDivide),
    inplace!("itruediv", TrueDivide),
    inplace!("imod", Remainder),
    inplace!("ilshift", LShift),
    inplace!("irshift", RShift),
    inplace!("iand", And),
    inplace!("ixor", Xor),
    inplace!("ior", Or),
    Method::new("concat", "(a, b, /)", |vm, _, args| concat(vm, args, false)),
    Method::new("iconcat", "(a, b, /)", |vm, _, args| concat(vm, args, true)),
    Method::new("getitem", "(a, b, /)", |vm, _, args| {
        let (a, b) = (args.get(vm, 0), args.get(vm, 1));
        vm.get_item(a, b)
    }),
    Method::new("setitem", "(a, b, c, /)", |vm, _, args| {
        let (a, b, c) = (args.get(vm, 0), args.get(vm, 1), args.get(vm, 2));
        vm.set_item(a, b, Some(c))?;
        Ok(vm.none())
    }),
    Method::new("delitem", "(a, b, /)", |vm, _, args| {
        let (a, b) = (args.get(vm, 0), args.get(vm, 1));
        vm.set_item(a, b, None)?;
        Ok(vm.none())
    }),
    binary!("pow", Power),
    inplace!("ipow", Power),
    comparison!("eq", Eq),
    comparison!("ne", Ne),
    comparison!("lt", Lt),
    comparison!("le", Le),
    comparison!("gt", Gt),
    comparison!("ge", Ge),
    Method::new("_compare_digest", "(a, b, /)", compare_digest),
    Method::new("length_hint", "(obj, default=0, /)", length_hint),
    Method::new("call", "(*args, **kwargs)", call),
];

fn unary(vm: &mut Vm, object: Addr, slot: Option<UnaryFn>, message: &str) -> PyResult<Own> {
    match slot {
        Some(slot) => slot(vm, object),
        None => {
            let name = vm.tp_name(object);
            Err(vm.type_error(format!("{message}: '{name}'")))
        }
    }
}

fn truth(vm: &mut Vm, args: Args, wanted: bool) -> PyResult<Own> {
    let truth = vm.is_true(args.get(vm, 0))?;
    Ok(vm.bool(truth == wanted))
}

fn contains(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (container, item) = (args.get(vm, 0), args.get(vm, 1));
    let found = vm.contains(container, item)?;
    Ok(vm.bool(found))
}

/// `iter(object)`, with the words of a search when there is none.
fn search_iter(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    match vm.get_iter(object) {
        Err(_) if vm.raised_is(types::TYPE_ERROR) => {
            let name = vm.tp_name(object);
            Err(vm.type_error(format!("argument of type '{name}' is not iterable")))
        }
        result => result,
    }
}

fn index_of(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let wanted = args.get(vm, 1);
    let iterator = search_iter(vm, args.get(vm, 0))?;
    let mut index = 0;
    while let Some(item) = vm.iter_next(iterator.addr())? {
        let equal = vm.equal(item.addr(), wanted)?;
        vm.decref(item);
        if equal {
            vm.decref(iterator);
            return Ok(int::new(vm, index));
        }
        index += 1;
    }
    Err(vm.value_error("sequence.index(x): x not in sequence"))
}

fn count_of(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let wanted = args.get(vm, 1);
    let iterator = search_iter(vm, args.get(vm, 0))?;
    let mut count = 0;
    while let Some(item) = vm.iter_next(iterator.addr())? {
        count += i64::from(vm.equal(item.addr(), wanted)?);
        vm.decref(item);
    }
    vm.decref(iterator);
    Ok(int::new(vm, count))
}

/// `PySequence_Concat`, `PySequence_InPlaceConcat`: `+` of sequences only.
fn concat(vm: &mut Vm, args: Args, inplace: bool) -> PyResult<Own> {
    let (a, b) = (args.get(vm, 0), args.get(vm, 1));
    let slots = vm.slots(a);
    let slot = slots
        .sq_inplace_concat
        .filter(|_| inplace)
        .or(slots.sq_concat);
    if let Some(slot) = slot {
        return slot(vm, a, b);
    }
    let is_sequence =
        |object| vm.slots(object).sq_item.is_some() && !vm.has_flag(object, flags::DICT_SUBCLASS);
    if !is_sequence(a) || !is_sequence(b) {
        let name = vm.tp_name(a);
        return Err(vm.type_error(format!("'{name}' object can't be concatenated")));
    }
    if inplace {
        vm.inplace_op(a, b, BinaryOp::Add)
    } else {
        vm.binary_op(a, b, BinaryOp::Add)
    }
}

/// `_operator._compare_digest(a, b)`: here, as everywhere in a sandbox, timing gives nothing away.
fn compare_digest(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (a, b) = (args.get(vm, 0), args.get(vm, 1));
    if vm.has_flag(a, flags::UNICODE_SUBCLASS) && vm.has_flag(b, flags::UNICODE_SUBCLASS) {
        if !str::is_ascii(vm, a) || !str::is_ascii(vm, b) {
            return Err(
                vm.type_error("comparing strings with non-ASCII characters is not supported")
            );
        }
        let equal = str::equal(vm, a, b);
        return Ok(vm.bool(equal));
    }
    if vm.has_flag(a, flags::BYTES_SUBCLASS) && vm.has_flag(b, flags::BYTES_SUBCLASS) {
        let equal = bytes::as_slice(vm, a) == bytes::as_slice(vm, b);
        return Ok(vm.bool(equal));
    }
    let (left, right) = (vm.tp_name(a), vm.tp_name(b));
    Err(vm.type_error(format!(
        "unsupported operand types(s) or combination of types: '{left}' and '{right}'"
    )))
}

fn length_hint(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let default = match args.opt(vm, 1) {
        Some(default) => int::ssize_argument(vm, default)?,
        None => 0,
    };
    // A default may be negative; a length never is.
    const UNKNOWN: usize = usize::MAX;
    match vm.length_hint(args.get(vm, 0), UNKNOWN)? {
        UNKNOWN => Ok(int::new(vm, default as i64)),
        hint => Ok(int::from_usize(vm, hint)),
    }
}

/// `_operator.call(obj, /, *args, **kwargs)`
fn call(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    if args.is_empty() {
        return Err(vm.type_error("call expected at least 1 argument, got 0"));
    }
    let callable = args.get(vm, 0);
    vm.call_args(callable, args.skip(1))
}
