//! The type `float`: its slots, methods and attributes.

use super::{arith, check, dealloc, decode, hash, hex, new, parse, power, round, text, value};
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    BinaryOp, GetSet, Method, Slots, TypeSpec, flags, format, index, int, number_text, str, tuple,
    types,
};
use crate::python::vm::{Args, PyResult, Vm};
use num_bigint::BigInt;

/// `float`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 24,
    flags: flags::BASETYPE | flags::MATCH_SELF,
    slots,
    methods: METHODS,
    getset: &[
        GetSet::read("real", arith::exact),
        GetSet::read("imag", |vm, _| Ok(new(vm, 0.0))),
    ],
    doc: Some("Convert a string or number to a floating-point number, if possible."),
    ..TypeSpec::new(types::FLOAT, "float")
};

fn slots(slots: &mut Slots) {
    slots.new = Some(new_slot);
    slots.dealloc = Some(dealloc);
    slots.repr = Some(text::repr_slot);
    slots.hash = Some(|vm, object| Ok(hash(vm, object)));
    slots.richcompare = Some(arith::richcompare);
    slots.binary[BinaryOp::Add as usize] = Some(arith::add);
    slots.binary[BinaryOp::Subtract as usize] = Some(arith::sub);
    slots.binary[BinaryOp::Multiply as usize] = Some(arith::mul);
    slots.binary[BinaryOp::Remainder as usize] = Some(arith::modulo);
    slots.binary[BinaryOp::FloorDivide as usize] = Some(arith::floordiv);
    slots.binary[BinaryOp::TrueDivide as usize] = Some(arith::true_divide);
    slots.divmod = Some(arith::divmod);
    slots.power = Some(power::power_slot);
    slots.negative = Some(arith::negative);
    slots.positive = Some(arith::exact);
    slots.absolute = Some(arith::absolute);
    slots.bool = Some(arith::truth);
    slots.int = Some(trunc);
    slots.float = Some(arith::exact);
}

const METHODS: &[Method] = &[
    Method::new("conjugate", "()", |vm, object, _| arith::exact(vm, object)),
    Method::new("__trunc__", "()", |vm, object, _| trunc(vm, object)),
    Method::new("__floor__", "()", |vm, object, _| {
        let x = value(vm, object);
        int::from_f64(vm, x.floor())
    }),
    Method::new("__ceil__", "()", |vm, object, _| {
        let x = value(vm, object);
        int::from_f64(vm, x.ceil())
    }),
    Method::new("__round__", "(ndigits=None, /)", round::round),
    Method::new("as_integer_ratio", "()", as_integer_ratio),
    Method::class("fromhex", "(string, /)", fromhex),
    Method::new("hex", "()", |vm, object, _| {
        let text = hex::to_hex(value(vm, object));
        Ok(str::new(vm, &text))
    }),
    Method::new("is_integer", "()", |vm, object, _| {
        let x = value(vm, object);
        Ok(vm.bool(x.is_finite() && x == x.floor()))
    }),
    Method::new("__getnewargs__", "()", |vm, object, _| {
        let x = value(vm, object);
        let copy = new(vm, x);
        Ok(tuple::from_owned(vm, vec![copy]))
    }),
    Method::class("__getformat__", "(typestr, /)", getformat),
    Method::new("__format__", "(format_spec, /)", |vm, object, args| {
        let spec = args.get(vm, 0);
        format::float(vm, object, spec)
    }),
];

/// `float(x=0, /)`
fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    if args.keyword_count() > 0 && index::new_refuses_keywords(vm, class, types::FLOAT) {
        return Err(vm.type_error("float() takes no keyword arguments"));
    }
    if args.len() > 1 {
        let given = args.len();
        return Err(vm.type_error(format!("float expected at most 1 argument, got {given}")));
    }
    let result = match args.opt(vm, 0) {
        Some(object) => from_object(vm, object)?,
        None => new(vm, 0.0),
    };
    if class == types::FLOAT {
        return Ok(result);
    }
    let object = crate::python::object::alloc::alloc(vm, class, 0)?;
    let bits = vm.word(result.addr(), super::OB_FVAL);
    vm.set_word(object.addr(), super::OB_FVAL, bits);
    if vm.type_flags(class) & flags::HAVE_GC != 0 {
        crate::python::gc::track(vm, object.addr());
    }
    vm.decref(result);
    Ok(object)
}

/// `float(object)`: `PyNumber_Float`, and texts.
pub fn from_object(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    if vm.type_of(object) == types::FLOAT {
        return Ok(vm.incref(object));
    }
    if let Some(float) = vm.slots(object).float {
        let result = float(vm, object)?;
        return checked_float(vm, object, result);
    }
    if vm.slots(object).index.is_some() {
        let index = vm.index(object)?;
        let x = int::as_f64(vm, index.addr())?;
        vm.decref(index);
        return Ok(new(vm, x));
    }
    let source = number_text::source_of(vm, object)?;
    let Some(text) = number_text::ascii_of(vm, source.addr()) else {
        let name = vm.tp_name(object);
        return Err(vm.type_error(format!(
            "float() argument must be a string or a real number, not '{name}'"
        )));
    };
    let result = parse::from_ascii(vm, source.addr(), &text)?;
    vm.decref(source);
    Ok(result)
}

/// What `__float__` returned: an exact float, or one of a subclass, which is deprecated.
fn checked_float(vm: &mut Vm, object: Addr, result: Own) -> PyResult<Own> {
    if vm.type_of(result.addr()) == types::FLOAT {
        return Ok(result);
    }
    let (class, name) = (vm.tp_name(object), vm.tp_name(result.addr()));
    if !check(vm, result.addr()) {
        return Err(vm.type_error(format!(
            "{class}.__float__ returned non-float (type {name})"
        )));
    }
    vm.warn(
        types::DEPRECATION_WARNING,
        &format!(
            "{class}.__float__ returned non-float (type {name}).  The ability to return an instance of a strict \
             subclass of float is deprecated, and may be removed in a future version of Python."
        ),
    )?;
    let x = value(vm, result.addr());
    vm.decref(result);
    Ok(new(vm, x))
}

fn trunc(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    let x = value(vm, object);
    int::from_f64(vm, x)
}

fn as_integer_ratio(vm: &mut Vm, object: Addr, _: Args) -> PyResult<Own> {
    let x = value(vm, object);
    if x.is_infinite() {
        return Err(vm.overflow_error("cannot convert Infinity to integer ratio"));
    }
    if x.is_nan() {
        return Err(vm.value_error("cannot convert NaN to integer ratio"));
    }
    let (mut mantissa, mut exponent) = decode(x.abs());
    let even = if mantissa == 0 {
        0
    } else {
        mantissa.trailing_zeros()
    };
    mantissa >>= even;
    exponent = if mantissa == 0 {
        0
    } else {
        exponent + i64::from(even)
    };
    let numerator = BigInt::from(mantissa) << exponent.max(0) as u64;
    let numerator = int::from_big(vm, &if x < 0.0 { -numerator } else { numerator });
    let denominator = int::from_big(vm, &(BigInt::from(1) << (-exponent).max(0) as u64));
    Ok(tuple::from_owned(vm, vec![numerator, denominator]))
}

fn fromhex(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let string = args.get(vm, 0);
    if !vm.has_flag(string, flags::UNICODE_SUBCLASS) {
        return Err(vm.type_error("bad argument type for built-in operation"));
    }
    let text = str::to_rust(vm, string);
    let result = match hex::from_hex(text.as_bytes()) {
        Ok(x) => new(vm, x),
        Err(hex::HexError::Invalid) => {
            return Err(vm.value_error("invalid hexadecimal floating-point string"));
        }
        Err(hex::HexError::TooLarge) => {
            return Err(vm.overflow_error("hexadecimal value too large to represent as a float"));
        }
    };
    if class == types::FLOAT {
        return Ok(result);
    }
    let object = vm.call(class, &[result.addr()])?;
    vm.decref(result);
    Ok(object)
}

fn getformat(vm: &mut Vm, _class: Addr, args: Args) -> PyResult<Own> {
    let name = args.get(vm, 0);
    if !vm.has_flag(name, flags::UNICODE_SUBCLASS) {
        let name = vm.tp_name(name);
        return Err(vm.type_error(format!("__getformat__() argument must be str, not {name}")));
    }
    match str::to_rust(vm, name).as_str() {
        "double" | "float" => Ok(str::new(vm, "IEEE, little-endian")),
        _ => Err(vm.value_error("__getformat__() argument 1 must be 'double' or 'float'")),
    }
}
