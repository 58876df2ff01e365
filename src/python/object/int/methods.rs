//! The type `int`: its slots, methods and attributes.

use super::convert::{from_bytes_le, from_object, from_object_base, is_little_endian};
use super::{
    arith, bit_count, bit_length, bits, digit_count, divide, is_negative, new, power, text,
    to_bytes_le, to_exact,
};
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    BinaryOp, CompareOp, GetSet, Method, Slots, TypeSpec, bytes, flags, float, format, number_text,
    tuple, types,
};
use crate::python::vm::{Args, PyResult, Vm};

/// `int`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 24,
    itemsize: 4,
    flags: flags::BASETYPE | flags::LONG_SUBCLASS | flags::MATCH_SELF,
    slots,
    methods: METHODS,
    getset: &[
        GetSet::read("real", real),
        GetSet::read("imag", |vm, _| Ok(new(vm, 0))),
        GetSet::read("numerator", real),
        GetSet::read("denominator", |vm, _| Ok(new(vm, 1))),
    ],
    doc: Some(
        "int([x]) -> integer\nint(x, base=10) -> integer\n\nConvert a number or string to an integer, or return 0 if no arguments\nare given.",
    ),
    ..TypeSpec::new(types::INT, "int")
};

fn slots(slots: &mut Slots) {
    slots.new = Some(new_slot);
    slots.dealloc = Some(super::dealloc);
    slots.repr = Some(text::repr);
    slots.hash = Some(|vm, object| Ok(super::hash(vm, object)));
    slots.richcompare = Some(arith::richcompare);
    slots.binary[BinaryOp::Add as usize] = Some(arith::add_slot);
    slots.binary[BinaryOp::Subtract as usize] = Some(arith::sub_slot);
    slots.binary[BinaryOp::Multiply as usize] = Some(arith::mul_slot);
    slots.binary[BinaryOp::FloorDivide as usize] = Some(divide::floordiv_slot);
    slots.binary[BinaryOp::Remainder as usize] = Some(divide::modulo_slot);
    slots.binary[BinaryOp::TrueDivide as usize] = Some(divide::true_divide_slot);
    slots.binary[BinaryOp::LShift as usize] = Some(bits::lshift_slot);
    slots.binary[BinaryOp::RShift as usize] = Some(bits::rshift_slot);
    slots.binary[BinaryOp::And as usize] = Some(bits::and_slot);
    slots.binary[BinaryOp::Or as usize] = Some(bits::or_slot);
    slots.binary[BinaryOp::Xor as usize] = Some(bits::xor_slot);
    slots.power = Some(power::power_slot);
    slots.divmod = Some(divide::divmod_slot);
    slots.negative = Some(arith::negative);
    slots.positive = Some(arith::positive);
    slots.absolute = Some(arith::absolute);
    slots.bool = Some(arith::truth);
    slots.invert = Some(bits::invert);
    slots.int = Some(to_exact);
    slots.float = Some(to_float);
    slots.index = Some(to_exact);
}

const METHODS: &[Method] = &[
    Method::new("conjugate", "()", |vm, object, _| to_exact(vm, object)),
    Method::new("bit_length", "()", |vm, object, _| {
        let bits = bit_length(vm, object);
        Ok(super::from_u64(vm, bits))
    }),
    Method::new("bit_count", "()", |vm, object, _| {
        let bits = bit_count(vm, object);
        Ok(super::from_u64(vm, bits))
    }),
    Method::new(
        "to_bytes",
        "(length=1, byteorder='big', *, signed=False)",
        to_bytes,
    ),
    Method::class(
        "from_bytes",
        "(bytes, byteorder='big', *, signed=False)",
        from_bytes,
    ),
    Method::new("as_integer_ratio", "()", as_integer_ratio),
    Method::new("__trunc__", "()", |vm, object, _| to_exact(vm, object)),
    Method::new("__floor__", "()", |vm, object, _| to_exact(vm, object)),
    Method::new("__ceil__", "()", |vm, object, _| to_exact(vm, object)),
    Method::new("__round__", "(ndigits=<unrepresentable>, /)", round),
    Method::new("__getnewargs__", "()", getnewargs),
    Method::new("__format__", "(format_spec, /)", |vm, object, args| {
        let spec = args.get(vm, 0);
        format::int(vm, object, spec)
    }),
    Method::new("__sizeof__", "()", |vm, object, _| {
        let least = usize::from(vm.profile.zero_has_a_digit);
        let size = 24 + 4 * digit_count(vm, object).max(least);
        Ok(super::from_usize(vm, size))
    }),
    Method::new("is_integer", "()", |vm, _, _| Ok(vm.bool(true))),
];

/// `int(x=0, /, base=10)`
fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    if args.keyword_count() == 0 && args.len() > 2 {
        let given = args.len();
        return Err(vm.type_error(format!("int expected at most 2 arguments, got {given}")));
    }
    let [x, base] = args.bind(vm, "int", "(x=0, /, base=10)")?;
    let value = match (x.some(), base.some()) {
        (None, None) => new(vm, 0),
        (None, Some(_)) => return Err(vm.type_error("int() missing string argument")),
        (Some(x), None) => from_object(vm, x)?,
        (Some(x), Some(base)) => from_object_base(vm, x, base)?,
    };
    if class == types::INT {
        return Ok(value);
    }
    let object = super::new_of_class(vm, class, value.addr())?;
    vm.decref(value);
    Ok(object)
}

fn real(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    to_exact(vm, object)
}

fn to_float(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    let value = super::as_f64(vm, object)?;
    Ok(float::new(vm, value))
}

fn to_bytes(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    let length = match args.opt(vm, 0) {
        Some(length) => super::ssize_argument(vm, length)?,
        None => 1,
    };
    let byteorder = text_argument(vm, args.opt(vm, 1), "to_bytes")?;
    let little = is_little_endian(vm, byteorder)?;
    let signed = match args.opt(vm, 2) {
        Some(signed) => vm.is_true(signed)?,
        None => false,
    };
    if length < 0 {
        return Err(vm.value_error("length argument must be non-negative"));
    }
    if length as u64 > vm.limits.heap_bytes {
        return Err(vm.memory_error());
    }
    vm.check_steps(length as u64 / 16)?;
    let mut value = to_bytes_le(vm, object, length as usize, signed)?;
    if !little {
        value.reverse();
    }
    Ok(bytes::new(vm, &value))
}

fn text_argument(vm: &mut Vm, argument: Option<Addr>, function: &str) -> PyResult<Option<Addr>> {
    match argument {
        Some(object) if !vm.has_flag(object, flags::UNICODE_SUBCLASS) => {
            let name = vm.tp_name(object);
            Err(vm.type_error(format!(
                "{function}() argument 'byteorder' must be str, not {name}"
            )))
        }
        argument => Ok(argument),
    }
}

fn from_bytes(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let byteorder = text_argument(vm, args.opt(vm, 1), "from_bytes")?;
    let little = is_little_endian(vm, byteorder)?;
    let signed = match args.opt(vm, 2) {
        Some(signed) => vm.is_true(signed)?,
        None => false,
    };
    let source = args.get(vm, 0);
    let copied = match vm.has_flag(source, flags::BYTES_SUBCLASS) {
        true => vm.incref(source),
        false => bytes_of(vm, source)?,
    };
    let mut value = number_text::ascii_of(vm, copied.addr()).unwrap_or_default();
    vm.decref(copied);
    if !little {
        value.reverse();
    }
    let value = from_bytes_le(vm, &value, signed)?;
    if class == types::INT {
        return Ok(value);
    }
    let result = vm.call(class, &[value.addr()])?;
    vm.decref(value);
    Ok(result)
}

/// `PyObject_Bytes`: as `bytes(x)`, but of no number and no text.
fn bytes_of(vm: &mut Vm, source: Addr) -> PyResult<Own> {
    let is_number = vm.slots(source).index.is_some()
        && vm
            .type_lookup(vm.type_of(source), vm.names.__bytes__)
            .is_none();
    if is_number || vm.has_flag(source, flags::UNICODE_SUBCLASS) {
        let name = vm.tp_name(source);
        return Err(vm.type_error(format!("cannot convert '{name}' object to bytes")));
    }
    vm.call(types::BYTES, &[source])
}

fn as_integer_ratio(vm: &mut Vm, object: Addr, _: Args) -> PyResult<Own> {
    let (numerator, denominator) = (to_exact(vm, object)?, new(vm, 1));
    Ok(tuple::from_owned(vm, vec![numerator, denominator]))
}

fn getnewargs(vm: &mut Vm, object: Addr, _: Args) -> PyResult<Own> {
    let copy = match super::as_i64(vm, object) {
        Some(value) => new(vm, value),
        None => {
            let (digits, negative) = (super::digits(vm, object).to_vec(), is_negative(vm, object));
            super::from_digits(vm, &digits, negative, digits.len())?
        }
    };
    Ok(tuple::from_owned(vm, vec![copy]))
}

/// `round(int, ndigits)`: to a multiple of `10**-ndigits`, ties to the even one.
fn round(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    let Some(digits) = args.opt(vm, 0) else {
        return to_exact(vm, object);
    };
    let digits = vm.index(digits)?;
    if !is_negative(vm, digits.addr()) {
        vm.decref(digits);
        return to_exact(vm, object);
    }
    let (ten, places) = (new(vm, 10), arith::negative(vm, digits.addr())?);
    let unit = power::pow(vm, ten.addr(), places.addr())?;
    let (quotient, rest) = divide::divmod(vm, object, unit.addr())?;
    let twice = arith::add(vm, rest.addr(), rest.addr())?;
    let odd = super::digits(vm, quotient.addr())
        .first()
        .is_some_and(|digit| digit & 1 == 1);
    let up = match super::compare(vm, twice.addr(), unit.addr()) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => odd,
        std::cmp::Ordering::Greater => true,
    };
    let down = arith::sub(vm, object, rest.addr())?;
    let result = if up {
        arith::add(vm, down.addr(), unit.addr())?
    } else {
        vm.incref(down.addr())
    };
    for used in [digits, ten, places, unit, quotient, rest, twice, down] {
        vm.decref(used);
    }
    Ok(result)
}

/// `int.__lt__` and its siblings for the exact types, where no subclass can interfere.
pub fn holds(vm: &Vm, left: Addr, right: Addr, op: CompareOp) -> bool {
    op.holds(super::compare(vm, left, right))
}
