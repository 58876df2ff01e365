//! The type `complex`: its slots, methods and attributes.

use super::{IMAG, REAL, Value, arith, check, new, text, value};
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    BinaryOp, Member, MemberKind, Method, Slots, TypeSpec, alloc, flags, float, format,
    number_text, str, tuple, types,
};
use crate::python::vm::{Args, PyResult, Vm};

/// `complex`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 32,
    flags: flags::BASETYPE,
    slots,
    methods: METHODS,
    members: &[
        Member {
            name: "real",
            kind: MemberKind::Double,
            offset: REAL as u32,
            writable: false,
        },
        Member {
            name: "imag",
            kind: MemberKind::Double,
            offset: IMAG as u32,
            writable: false,
        },
    ],
    doc: Some(
        "Create a complex number from a string or numbers.\n\nIf a string is given, parse it as a complex number.\nIf a single number is given, convert it to a complex number.\nIf the 'real' or 'imag' arguments are given, create a complex number\nwith the specified real and imaginary components.",
    ),
    ..TypeSpec::new(types::COMPLEX, "complex")
};

fn slots(slots: &mut Slots) {
    slots.new = Some(new_slot);
    slots.dealloc = Some(alloc::free);
    slots.repr = Some(|vm, object| {
        let text = text::repr(value(vm, object));
        Ok(str::new(vm, &text))
    });
    slots.hash = Some(|vm, object| Ok(hash(vm, object)));
    slots.richcompare = Some(arith::richcompare);
    slots.binary[BinaryOp::Add as usize] = Some(arith::add_slot);
    slots.binary[BinaryOp::Subtract as usize] = Some(arith::sub_slot);
    slots.binary[BinaryOp::Multiply as usize] = Some(arith::mul_slot);
    slots.binary[BinaryOp::TrueDivide as usize] = Some(arith::div_slot);
    slots.power = Some(arith::power_slot);
    slots.negative = Some(arith::negative);
    slots.positive = Some(arith::positive);
    slots.absolute = Some(arith::absolute);
    slots.bool = Some(arith::truth);
}

const METHODS: &[Method] = &[
    Method::new("conjugate", "()", |vm, object, _| {
        let (real, imag) = value(vm, object);
        Ok(new(vm, (real, -imag)))
    }),
    Method::new("__complex__", "()", |vm, object, _| {
        arith::positive(vm, object)
    }),
    Method::new("__getnewargs__", "()", |vm, object, _| {
        let (real, imag) = value(vm, object);
        let (real, imag) = (float::new(vm, real), float::new(vm, imag));
        Ok(tuple::from_owned(vm, vec![real, imag]))
    }),
    Method::new("__format__", "(format_spec, /)", |vm, object, args| {
        let spec = args.get(vm, 0);
        format::complex(vm, object, spec)
    }),
];

/// `hash(complex)`: that of the real part plus 1000003 times that of the imaginary part.
fn hash(vm: &Vm, object: Addr) -> i64 {
    let part = |x: f64| {
        if x.is_nan() {
            float::address_hash(object)
        } else {
            float::hash_value(x)
        }
    };
    let (real, imag) = value(vm, object);
    match part(real).wrapping_add(part(imag).wrapping_mul(1_000_003)) {
        -1 => -2,
        hash => hash,
    }
}

/// `complex(real=0, imag=0)`
fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let [real, imag] = args.bind(vm, "complex", "(real=0, imag=0)")?;
    if let Some(real) = real.some()
        && imag.is_null()
        && class == types::COMPLEX
        && vm.type_of(real) == types::COMPLEX
    {
        return Ok(vm.incref(real));
    }
    let value = match (real.some(), imag.some()) {
        (Some(text), imag) if vm.has_flag(text, flags::UNICODE_SUBCLASS) => {
            if imag.is_some() {
                return Err(vm.type_error("complex() can't take second arg if first is a string"));
            }
            from_text(vm, text)?
        }
        (_, Some(text)) if vm.has_flag(text, flags::UNICODE_SUBCLASS) => {
            return Err(vm.type_error("complex() second arg can't be a string"));
        }
        (real, imag) => from_parts(vm, real, imag)?,
    };
    of_class(vm, class, value)
}

fn of_class(vm: &mut Vm, class: Addr, value: Value) -> PyResult<Own> {
    if class == types::COMPLEX {
        return Ok(new(vm, value));
    }
    let object = alloc::alloc(vm, class, 0)?;
    vm.set_word(object.addr(), REAL, value.0.to_bits());
    vm.set_word(object.addr(), IMAG, value.1.to_bits());
    if vm.type_flags(class) & flags::HAVE_GC != 0 {
        crate::python::gc::track(vm, object.addr());
    }
    Ok(object)
}

fn from_text(vm: &mut Vm, text: Addr) -> PyResult<Value> {
    match text::parse(&number_text::ascii_of_str(vm, text)) {
        Some(value) => Ok(value),
        None => Err(vm.value_error("complex() arg is a malformed string")),
    }
}

/// Each part may be complex itself: `complex(a, b)` is `a + b*1j`.
fn from_parts(vm: &mut Vm, real: Option<Addr>, imag: Option<Addr>) -> PyResult<Value> {
    let converted = match real {
        Some(real) => special(vm, real)?,
        None => None,
    };
    let real = converted.as_ref().map(Own::addr).or(real);
    if let Some(real) = real
        && !is_number(vm, real)
    {
        let name = vm.tp_name(real);
        return Err(vm.type_error(format!(
            "complex() first argument must be a string or a number, not '{name}'"
        )));
    }
    if let Some(imag) = imag
        && !is_number(vm, imag)
    {
        let name = vm.tp_name(imag);
        return Err(vm.type_error(format!(
            "complex() second argument must be a number, not '{name}'"
        )));
    }
    let (mut first, first_complex) = part(vm, real)?;
    let (mut second, second_complex) = match imag {
        Some(_) => part(vm, imag)?,
        None => ((first.1, 0.0), false),
    };
    vm.xdecref(converted);
    if second_complex {
        first.0 -= second.1;
    }
    if first_complex && imag.is_some() {
        second.0 += first.1;
    }
    Ok((first.0, second.0))
}

fn is_number(vm: &Vm, object: Addr) -> bool {
    let slots = vm.slots(object);
    slots.float.is_some() || slots.index.is_some() || check(vm, object)
}

/// The value of one argument, and whether it is complex.
fn part(vm: &mut Vm, object: Option<Addr>) -> PyResult<(Value, bool)> {
    let Some(object) = object else {
        return Ok(((0.0, 0.0), false));
    };
    if check(vm, object) {
        return Ok((value(vm, object), true));
    }
    let float = float::from_object(vm, object)?;
    let real = float::value(vm, float.addr());
    vm.decref(float);
    Ok(((real, 0.0), false))
}

/// What `__complex__` gives, `None` where there is none.
fn special(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    if vm.type_of(object) == types::COMPLEX {
        return Ok(Some(vm.incref(object)));
    }
    let Some(method) = vm.lookup_special(object, vm.names.__complex__)? else {
        return Ok(None);
    };
    let result = vm.call(method.addr(), &[])?;
    vm.decref(method);
    if vm.type_of(result.addr()) == types::COMPLEX {
        return Ok(Some(result));
    }
    let name = vm.tp_name(result.addr());
    if !check(vm, result.addr()) {
        return Err(vm.type_error(format!("__complex__ returned non-complex (type {name})")));
    }
    vm.warn(
        types::DEPRECATION_WARNING,
        &format!(
            "__complex__ returned non-complex (type {name}).  The ability to return an instance of a strict \
             subclass of complex is deprecated, and may be removed in a future version of Python."
        ),
    )?;
    Ok(Some(result))
}

/// `complex(object)` of one number: `PyComplex_AsCComplex`.
pub fn value_of(vm: &mut Vm, object: Addr) -> PyResult<Value> {
    if check(vm, object) {
        return Ok(value(vm, object));
    }
    if let Some(result) = special(vm, object)? {
        let value = value(vm, result.addr());
        vm.decref(result);
        return Ok(value);
    }
    Ok((vm.as_double(object)?, 0.0))
}

/// `complex(object)` of one number, as an object.
pub fn from_object(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    let value = value_of(vm, object)?;
    Ok(new(vm, value))
}
