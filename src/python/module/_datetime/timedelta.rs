//! `timedelta`: days, seconds and microseconds. CPython: `PyDateTime_Delta`.

use super::arguments::Params;
use super::ordinal::DAY_SECONDS;
use super::{HASH, NO_HASH, ZERO, delta_math};
use crate::python::memory::{Addr, Own};
use crate::python::object::flags;
use crate::python::object::{
    CompareOp, Member, MemberKind, Method, Slots, TypeSpec, alloc, float, int, object, str, tuple,
    types,
};
use crate::python::vm::{Args, PyResult, Vm};
use num_bigint::BigInt;
use num_traits::ToPrimitive;

const DAYS: u64 = 24;
const SECONDS: u64 = 28;
const MICROSECONDS: u64 = 32;
/// Days that no difference may exceed.
const MAX_DAYS: i64 = 999_999_999;
/// Microseconds of a second.
pub const SECOND: i64 = 1_000_000;
/// Microseconds of a day.
const DAY: i64 = DAY_SECONDS * SECOND;

/// The value of a difference: seconds are below a day, microseconds below a second, and neither below zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // the names of `datetime.timedelta`
pub struct Delta {
    pub days: i64,
    pub seconds: i64,
    pub microseconds: i64,
}

impl Delta {
    /// `timedelta(0)`
    pub const ZERO: Delta = Delta {
        days: 0,
        seconds: 0,
        microseconds: 0,
    };
    /// `timedelta.min`
    pub const MIN: Delta = Delta {
        days: -MAX_DAYS,
        ..Delta::ZERO
    };
    /// `timedelta.max`
    pub const MAX: Delta = Delta {
        days: MAX_DAYS,
        seconds: DAY_SECONDS - 1,
        microseconds: SECOND - 1,
    };

    /// Carries what is out of range to the next larger unit: `normalize_d_s_us`.
    pub fn of_parts(days: i64, seconds: i64, microseconds: i64) -> Delta {
        let seconds = seconds + microseconds.div_euclid(SECOND);
        Delta {
            days: days + seconds.div_euclid(DAY_SECONDS),
            seconds: seconds.rem_euclid(DAY_SECONDS),
            microseconds: microseconds.rem_euclid(SECOND),
        }
    }

    /// All of it in microseconds.
    pub fn in_microseconds(self) -> i128 {
        i128::from(self.days * DAY_SECONDS + self.seconds) * i128::from(SECOND)
            + i128::from(self.microseconds)
    }

    /// `-delta`
    pub fn negative(self) -> Delta {
        Delta::of_parts(-self.days, -self.seconds, -self.microseconds)
    }

    /// `self + other`
    pub fn plus(self, other: Delta) -> Delta {
        Delta::of_parts(
            self.days + other.days,
            self.seconds + other.seconds,
            self.microseconds + other.microseconds,
        )
    }

    /// `self - other`
    pub fn minus(self, other: Delta) -> Delta {
        Delta::of_parts(
            self.days - other.days,
            self.seconds - other.seconds,
            self.microseconds - other.microseconds,
        )
    }

    /// Whether it is an offset that a time zone may have: less than a day.
    pub fn is_offset(self) -> bool {
        self.days == 0 || self.days == -1 && (self.seconds, self.microseconds) != (0, 0)
    }
}

/// `datetime.timedelta`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 40,
    flags: flags::BASETYPE,
    slots,
    members: &[
        member("days", DAYS),
        member("seconds", SECONDS),
        member("microseconds", MICROSECONDS),
    ],
    methods: &[
        Method::new("total_seconds", "()", |vm, delta, _| {
            let microseconds = value(vm, delta).in_microseconds();
            let (all, second) = (int::from_i128(vm, microseconds), int::new(vm, SECOND));
            let seconds = int::true_divide(vm, all.addr(), second.addr())?;
            vm.decref(all);
            vm.decref(second);
            Ok(float::new(vm, seconds))
        }),
        Method::new("__reduce__", "()", |vm, delta, _| {
            let parts = parts(vm, delta);
            let class = vm.incref(vm.type_of(delta));
            Ok(tuple::pair(vm, class, parts))
        }),
    ],
    doc: Some(
        "Difference between two datetime values.\n\n\
         timedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)\n\n\
         All arguments are optional and default to 0.\n\
         Arguments may be integers or floats, and may be positive or negative.",
    ),
    ..TypeSpec::new(types::TIMEDELTA, "datetime.timedelta")
};

const fn member(name: &'static str, offset: u64) -> Member {
    Member {
        name,
        kind: MemberKind::Int32,
        offset: offset as u32,
        writable: false,
    }
}

fn slots(slots: &mut Slots) {
    slots.new = Some(construct);
    slots.dealloc = Some(alloc::free);
    slots.repr = Some(repr);
    slots.str = Some(|vm, delta| {
        let text = text(value(vm, delta));
        Ok(str::new(vm, &text))
    });
    slots.hash = Some(hash);
    slots.richcompare = Some(richcompare);
    delta_math::fill(slots);
}

/// Whether the object is a difference.
pub fn check(vm: &Vm, object: Addr) -> bool {
    vm.type_check(object, types::TIMEDELTA)
}

/// The value of a difference.
pub fn value(vm: &Vm, delta: Addr) -> Delta {
    let part = |offset| i64::from(vm.heap.space.half(delta.at(offset)) as i32);
    Delta {
        days: part(DAYS),
        seconds: part(SECONDS),
        microseconds: part(MICROSECONDS),
    }
}

/// A new difference.
///
/// # Errors
/// `OverflowError` for more days than there may be.
pub fn new(vm: &mut Vm, class: Addr, value: Delta) -> PyResult<Own> {
    let days = value.days;
    if days.abs() > MAX_DAYS {
        return Err(vm.overflow_error(format!("days={days}; must have magnitude <= {MAX_DAYS}")));
    }
    if value == Delta::ZERO && class == types::TIMEDELTA && vm.profile.dates.zero_is_single {
        return Ok(vm.incref(ZERO));
    }
    let delta = object::generic_alloc(vm, class, 0)?;
    vm.set_word(delta.addr(), HASH, NO_HASH);
    let parts = [
        (DAYS, days),
        (SECONDS, value.seconds),
        (MICROSECONDS, value.microseconds),
    ];
    for (offset, part) in parts {
        vm.heap
            .space
            .set_half(delta.addr().at(offset), part as i32 as u32);
    }
    Ok(delta)
}

/// A new difference of parts that may be out of range.
pub fn from_parts(vm: &mut Vm, days: i64, seconds: i64, microseconds: i64) -> PyResult<Own> {
    new(
        vm,
        types::TIMEDELTA,
        Delta::of_parts(days, seconds, microseconds),
    )
}

/// A new difference of so many microseconds.
///
/// # Errors
/// `OverflowError`, in other words for days that C's `int` does not hold.
pub fn from_microseconds(vm: &mut Vm, class: Addr, microseconds: &BigInt) -> PyResult<Own> {
    let day = i128::from(DAY);
    let days = microseconds
        .to_i128()
        .map(|all| (all.div_euclid(day), all.rem_euclid(day)));
    match days {
        Some((days, rest)) if i32::try_from(days).is_ok() => {
            new(vm, class, Delta::of_parts(days as i64, 0, rest as i64))
        }
        _ => Err(vm.overflow_error("Python int too large to convert to C int")),
    }
}

/// The tuple of days, seconds and microseconds.
fn parts(vm: &mut Vm, delta: Addr) -> Own {
    let Delta {
        days,
        seconds,
        microseconds,
    } = value(vm, delta);
    let parts = [days, seconds, microseconds].map(|part| int::new(vm, part));
    tuple::from_owned(vm, parts.into())
}

/// `tp_hash`: that of the parts.
pub fn hash(vm: &mut Vm, delta: Addr) -> PyResult<i64> {
    if vm.word(delta, HASH) == NO_HASH {
        let parts = parts(vm, delta);
        let hash = vm.hash(parts.addr())?;
        vm.decref(parts);
        vm.set_word(delta, HASH, hash as u64);
    }
    Ok(vm.word(delta, HASH) as i64)
}

/// The hash of a difference that nobody made.
pub fn hash_of(vm: &mut Vm, value: Delta) -> PyResult<i64> {
    let delta = new(vm, types::TIMEDELTA, value)?;
    let hash = hash(vm, delta.addr())?;
    vm.decref(delta);
    Ok(hash)
}

fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    if !check(vm, right) {
        return Ok(vm.not_implemented());
    }
    let ordering = value(vm, left).cmp(&value(vm, right));
    Ok(vm.bool(op.holds(ordering)))
}

fn repr(vm: &mut Vm, delta: Addr) -> PyResult<Own> {
    let Delta {
        days,
        seconds,
        microseconds,
    } = value(vm, delta);
    let parts = [
        ("days", days),
        ("seconds", seconds),
        ("microseconds", microseconds),
    ];
    let parts = parts.iter().filter(|(_, part)| *part != 0);
    let parts: Vec<String> = parts.map(|(name, part)| format!("{name}={part}")).collect();
    let parts = if parts.is_empty() {
        "0".to_owned()
    } else {
        parts.join(", ")
    };
    let name = vm.tp_name(delta);
    Ok(str::new(vm, &format!("{name}({parts})")))
}

/// `1 day, 0:00:02.000003`
fn text(delta: Delta) -> String {
    let Delta {
        days,
        seconds,
        microseconds,
    } = delta;
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let days = match days {
        0 => String::new(),
        1 | -1 => format!("{days} day, "),
        _ => format!("{days} days, "),
    };
    let fraction = match microseconds {
        0 => String::new(),
        _ => format!(".{microseconds:06}"),
    };
    format!("{days}{hour}:{minute:02}:{second:02}{fraction}")
}

const PARAMS: Params = Params::new(
    "__new__",
    &[
        "days",
        "seconds",
        "microseconds",
        "milliseconds",
        "minutes",
        "hours",
        "weeks",
    ],
    0,
);
/// The microseconds of each, in the order in which they are added up.
const UNITS: [(usize, i64); 7] = [
    (2, 1),
    (3, 1000),
    (1, SECOND),
    (4, 60 * SECOND),
    (5, 3600 * SECOND),
    (0, DAY),
    (6, 7 * DAY),
];

fn construct(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let mut given = [Addr::NULL; 7];
    PARAMS.parse(vm, args, |_, i, value| {
        given[i] = value;
        Ok(())
    })?;
    let mut sum = Sum::default();
    for (i, unit) in UNITS {
        if let Some(number) = given[i].some() {
            sum.add(vm, PARAMS.names[i], number, unit)?;
        }
    }
    let whole = sum.rounded();
    from_microseconds(vm, class, &whole)
}

/// Microseconds in the making: whole ones, and a fraction of one that floats left over.
#[derive(Default)]
struct Sum {
    whole: BigInt,
    left_over: f64,
}

impl Sum {
    /// Adds a number of units of so many microseconds: `accum`.
    fn add(&mut self, vm: &mut Vm, name: &str, number: Addr, unit: i64) -> PyResult<()> {
        if int::check(vm, number) {
            self.whole += int::to_big(vm, number) * unit;
            return Ok(());
        }
        if !float::check(vm, number) {
            let found = vm.type_name(number);
            return Err(vm.type_error(format!(
                "unsupported type for timedelta {name} component: {found}"
            )));
        }
        let number = float::value(vm, number);
        let whole = int::from_f64(vm, number.trunc())?;
        self.whole += int::to_big(vm, whole.addr()) * unit;
        vm.decref(whole);
        let fraction = number - number.trunc();
        if fraction != 0.0 {
            // Whole microseconds of less than a unit: they fit.
            let part = fraction * unit as f64;
            self.whole += part.trunc() as i64;
            self.left_over += part - part.trunc();
        }
        Ok(())
    }

    /// The nearest whole number, the even one of two.
    fn rounded(self) -> BigInt {
        let mut nearest = self.left_over.round();
        if (nearest - self.left_over).abs() == 0.5 {
            let odd = f64::from(u8::from(self.whole.bit(0)));
            nearest = 2.0 * ((self.left_over + odd) * 0.5).round() - odd;
        }
        self.whole + nearest as i64
    }
}
