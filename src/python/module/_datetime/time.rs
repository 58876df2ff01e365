//! `time`: a time of day. CPython: `PyDateTime_Time`.

use super::arguments::{self, CInt, Params};
use super::timedelta::{self, Delta, SECOND};
use super::{HAS_TZINFO, HASH, NO_HASH, data, format, parse, pickle, set_data, zone};
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    CompareOp, GetSet, Method, NONE, Slots, TypeSpec, alloc, flags, int, object, str, tuple, types,
};
use crate::python::version::Version;
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of the fold.
const FOLD: u64 = 31;
/// Offset of the time zone, and the bytes of a time without.
const TZINFO: u64 = 32;

/// A time of day: the numbers may be out of range until somebody checks them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)] // the names of `datetime.time`
pub struct Clock {
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
    pub microsecond: i64,
    pub fold: i64,
}

impl Clock {
    /// The last time of a day.
    pub const LAST: Clock = Clock {
        hour: 23,
        minute: 59,
        second: 59,
        microsecond: SECOND - 1,
        fold: 0,
    };

    /// A time of seconds since midnight.
    pub fn of_seconds(seconds: i64, microsecond: i64) -> Clock {
        Clock {
            hour: seconds / 3600,
            minute: seconds / 60 % 60,
            second: seconds % 60,
            microsecond,
            fold: 0,
        }
    }

    /// Seconds since midnight.
    pub fn seconds(self) -> i64 {
        self.hour * 3600 + self.minute * 60 + self.second
    }

    /// Raises `ValueError` for a number out of range: `check_time_args`.
    pub fn check(self, vm: &mut Vm) -> PyResult<()> {
        let rows = [
            ("hour", self.hour, 23, "in 0..23"),
            ("minute", self.minute, 59, "in 0..59"),
            ("second", self.second, 59, "in 0..59"),
            ("microsecond", self.microsecond, SECOND - 1, "in 0..999999"),
            ("fold", self.fold, 1, "either 0 or 1"),
        ];
        for (name, value, most, range) in rows {
            if !(0..=most).contains(&value) {
                let told = match vm.profile.dates.texts_tell_values {
                    true => format!(", not {value}"),
                    false => String::new(),
                };
                return Err(vm.value_error(format!("{name} must be {range}{told}")));
            }
        }
        Ok(())
    }

    /// The bytes without the fold.
    pub fn bytes(self) -> [u8; 6] {
        [
            self.hour as u8,
            self.minute as u8,
            self.second as u8,
            (self.microsecond >> 16) as u8,
            (self.microsecond >> 8) as u8,
            self.microsecond as u8,
        ]
    }

    /// The time of such bytes.
    pub fn of_bytes(bytes: [u8; 6], fold: u8) -> Clock {
        let [hour, minute, second, high, middle, low] = bytes.map(i64::from);
        Clock {
            hour,
            minute,
            second,
            microsecond: high << 16 | middle << 8 | low,
            fold: i64::from(fold),
        }
    }
}

/// The parameters `hour` … `fold` of constructors: field `i` of a time, counted from the hour.
pub fn set_field(clock: &mut Clock, i: usize, value: i64) {
    match i {
        0 => clock.hour = value,
        1 => clock.minute = value,
        2 => clock.second = value,
        3 => clock.microsecond = value,
        _ => clock.fold = value,
    }
}

/// `datetime.time`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 40,
    flags: flags::BASETYPE,
    slots,
    methods: METHODS,
    getset: &[
        GetSet::read("hour", |vm, this| {
            let hour = clock(vm, this).hour;
            Ok(int::new(vm, hour))
        }),
        GetSet::read("minute", |vm, this| {
            let minute = clock(vm, this).minute;
            Ok(int::new(vm, minute))
        }),
        GetSet::read("second", |vm, this| {
            let second = clock(vm, this).second;
            Ok(int::new(vm, second))
        }),
        GetSet::read("microsecond", |vm, this| {
            let microsecond = clock(vm, this).microsecond;
            Ok(int::new(vm, microsecond))
        }),
        GetSet::read("tzinfo", |vm, this| Ok(vm.incref(tzinfo(vm, this)))),
        GetSet::read("fold", |vm, this| {
            let fold = clock(vm, this).fold;
            Ok(int::new(vm, fold))
        }),
    ],
    doc: Some(
        "time([hour[, minute[, second[, microsecond[, tzinfo]]]]]) --> a time object\n\n\
         All arguments are optional. tzinfo may be None, or an instance of\n\
         a tzinfo subclass. The remaining arguments may be ints.\n",
    ),
    ..TypeSpec::new(types::TIME, "datetime.time")
};

fn slots(slots: &mut Slots) {
    slots.new = Some(construct);
    slots.dealloc = Some(|vm, this| {
        if let Some(zone) = held_zone(vm, this) {
            vm.decref_word(zone.0);
        }
        alloc::free(vm, this);
    });
    slots.references = Some(|vm, this, visit| {
        if let Some(zone) = held_zone(vm, this) {
            visit(zone);
        }
    });
    slots.repr = Some(repr);
    slots.str = Some(|vm, this| super::call_method(vm, this, "isoformat", &[]));
    slots.hash = Some(hash);
    slots.richcompare = Some(richcompare);
}

const METHODS: &[Method] = &[
    Method::new("isoformat", "(*args, **kwargs)", isoformat).with_tuple(),
    Method::new("strftime", "(*args, **kwargs)", |vm, this, args| {
        let format = format::format_argument(vm, args)?;
        let Clock {
            hour,
            minute,
            second,
            ..
        } = clock(vm, this);
        let numbers = [1900, 1, 1, hour, minute, second, 0, 1, -1];
        let numbers = numbers.map(|number| int::new(vm, number));
        let times = tuple::from_owned(vm, numbers.into());
        let text = format::strftime(vm, this, format, times.addr(), NONE)?;
        vm.decref(times);
        Ok(text)
    })
    .with_tuple(),
    Method::new("__format__", "(*args)", format::format).with_tuple(),
    Method::new("utcoffset", "()", |vm, this, _| {
        let own_zone = tzinfo(vm, this);
        zone::ask(vm, own_zone, "utcoffset", NONE)
    }),
    Method::new("tzname", "()", |vm, this, _| {
        let own_zone = tzinfo(vm, this);
        zone::name(vm, own_zone, NONE)
    }),
    Method::new("dst", "()", |vm, this, _| {
        let own_zone = tzinfo(vm, this);
        zone::ask(vm, own_zone, "dst", NONE)
    }),
    Method::new("replace", "(*args, **kwargs)", replace)
        .with_tuple_in(|version| version < Version::V3_13),
    Method::new("__replace__", "(*args, **kwargs)", replace),
    Method::class("fromisoformat", "(string, /)", parse::time),
    Method::class("strptime", "(*args, **kwargs)", |vm, class, args| {
        parse::strptime(vm, class, args, "_strptime_datetime_time")
    })
    .with_tuple(),
    Method::new("__reduce_ex__", "(*args)", |vm, this, args| {
        let knows_folds = pickle::protocol(vm, args)? > 3;
        let folded = knows_folds && clock(vm, this).fold != 0;
        let own_zone = tzinfo(vm, this);
        pickle::reduce::<6>(vm, this, own_zone, folded.then_some(0))
    })
    .with_tuple(),
    Method::new("__reduce__", "()", |vm, this, _| {
        let own_zone = tzinfo(vm, this);
        pickle::reduce::<6>(vm, this, own_zone, None)
    }),
];

/// Whether the object is a time.
pub fn check(vm: &Vm, object: Addr) -> bool {
    vm.type_check(object, types::TIME)
}

/// The numbers of a time.
pub fn clock(vm: &Vm, time: Addr) -> Clock {
    Clock::of_bytes(data(vm, time), vm.heap.space.byte(time.at(FOLD)))
}

fn held_zone(vm: &Vm, time: Addr) -> Option<Addr> {
    let has_zone = vm.heap.space.byte(time.at(HAS_TZINFO)) != 0;
    has_zone
        .then(|| vm.field(time, TZINFO))
        .and_then(Addr::some)
}

/// Its time zone, or `None`.
pub fn tzinfo(vm: &Vm, time: Addr) -> Addr {
    held_zone(vm, time).unwrap_or(NONE)
}

/// A new time of exactly this class.
///
/// # Errors
/// `ValueError` for a number out of range, `TypeError` for what is no time zone.
pub fn new(vm: &mut Vm, class: Addr, clock: Clock, tzinfo: Addr) -> PyResult<Own> {
    clock.check(vm)?;
    zone::check(vm, tzinfo)?;
    from_bytes(vm, class, &clock.bytes(), clock.fold, tzinfo)
}

fn from_bytes(vm: &mut Vm, class: Addr, bytes: &[u8; 6], fold: i64, tzinfo: Addr) -> PyResult<Own> {
    let time = match (class == types::TIME, tzinfo) {
        (true, NONE) => alloc::alloc_sized(vm, class, TZINFO as usize)?,
        (true, _) => alloc::alloc(vm, class, 0)?,
        (false, _) => object::generic_alloc(vm, class, 0)?,
    };
    let at = time.addr();
    vm.set_word(at, HASH, NO_HASH);
    set_data(vm, at, bytes);
    vm.heap.space.set_byte(at.at(FOLD), fold as u8);
    if tzinfo != NONE {
        vm.heap.space.set_byte(at.at(HAS_TZINFO), 1);
        let tzinfo = vm.incref(tzinfo);
        vm.init_field(at, TZINFO, tzinfo);
    }
    Ok(time)
}

/// A time of a class that may be a subclass, which is called then.
pub fn make(vm: &mut Vm, class: Addr, clock: Clock, tzinfo: Addr) -> PyResult<Own> {
    if class == types::TIME {
        return new(vm, class, clock, tzinfo);
    }
    let Clock {
        hour,
        minute,
        second,
        microsecond,
        fold,
    } = clock;
    let parts = [hour, minute, second, microsecond];
    format::call_class(vm, class, &parts, tzinfo, fold)
}

const NAMES: &[&str] = &["hour", "minute", "second", "microsecond", "tzinfo", "fold"];
const PARAMS: Params = Params {
    function: "",
    names: NAMES,
    required: 0,
    positional: 5,
};

fn construct(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    if (1..=2).contains(&args.len()) {
        let sane = |state: &[u8; 6]| state[0] & 0x7F < 24;
        if let Some(mut state) = pickle::state(vm, args.get(vm, 0), "time", sane)? {
            let zone = args.opt(vm, 1).unwrap_or(NONE);
            pickle::check_zone(vm, zone)?;
            let fold = pickle::take_fold(&mut state[0]);
            return from_bytes(vm, class, &state, fold, zone);
        }
    }
    let (mut clock, mut zone) = (Clock::default(), NONE);
    read(vm, &PARAMS, args, CInt::Format, &mut clock, &mut zone)?;
    new(vm, class, clock, zone)
}

fn read(
    vm: &mut Vm,
    params: &Params,
    args: Args,
    how: CInt,
    clock: &mut Clock,
    zone: &mut Addr,
) -> PyResult<()> {
    params.parse(vm, args, |vm, i, value| {
        match i {
            4 => *zone = value,
            i => set_field(clock, i, arguments::c_int(vm, value, how)?),
        }
        Ok(())
    })
}

fn replace(vm: &mut Vm, this: Addr, args: Args) -> PyResult<Own> {
    const REPLACE: Params = Params {
        function: "replace",
        ..PARAMS
    };
    let (calls, how) = format::copying(vm);
    let (mut clock, mut zone) = (clock(vm, this), tzinfo(vm, this));
    read(vm, &REPLACE, args, how, &mut clock, &mut zone)?;
    let class = vm.type_of(this);
    match calls {
        true => make(vm, class, clock, zone),
        false => new(vm, class, clock, zone),
    }
}

fn repr(vm: &mut Vm, this: Addr) -> PyResult<Own> {
    let Clock {
        hour,
        minute,
        second,
        microsecond,
        fold,
    } = clock(vm, this);
    let mut parts = vec![hour, minute, second, microsecond];
    while parts.len() > 2 && parts.last() == Some(&0) {
        parts.pop();
    }
    let zone = tzinfo(vm, this);
    let mut text = format::repr_start(vm, this, &parts);
    format::push_zone(vm, &mut text, zone)?;
    if fold != 0 {
        text.push_str(&format!(", fold={fold}"));
    }
    text.push_str(")");
    text.finish(vm)
}

fn isoformat(vm: &mut Vm, this: Addr, args: Args) -> PyResult<Own> {
    const PARAMS: Params = Params::new("isoformat", &["timespec"], 0);
    let mut spec = None;
    PARAMS.parse(vm, args, |vm, _, value| {
        spec = Some(format::c_string(vm, "isoformat", 1, value)?);
        Ok(())
    })?;
    let text = format::time(vm, clock(vm, this), spec.as_deref())?;
    let own_zone = tzinfo(vm, this);
    let offset = format::offset(vm, own_zone, NONE, ":")?;
    Ok(str::new(vm, &(text + &offset)))
}

/// Seconds and microseconds in UTC, by an offset.
fn in_utc(clock: Clock, offset: Delta) -> Delta {
    Delta::of_parts(0, clock.seconds(), clock.microsecond).minus(offset)
}

fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    if !check(vm, right) {
        return Ok(vm.not_implemented());
    }
    let bytes = |vm: &Vm| data::<6>(vm, left).cmp(&data::<6>(vm, right));
    let zones = [left, right].map(|time| tzinfo(vm, time));
    if zones[0] == zones[1] {
        let ordering = bytes(vm);
        return Ok(vm.bool(op.holds(ordering)));
    }
    let first = zone::offset(vm, zones[0], "utcoffset", NONE)?;
    let second = zone::offset(vm, zones[1], "utcoffset", NONE)?;
    let ordering = match (first, second) {
        (first, second) if first == second => bytes(vm),
        (Some(first), Some(second)) => {
            in_utc(clock(vm, left), first).cmp(&in_utc(clock(vm, right), second))
        }
        _ => match op {
            CompareOp::Eq => return Ok(vm.bool(false)),
            CompareOp::Ne => return Ok(vm.bool(true)),
            _ => {
                return Err(vm.type_error("can't compare offset-naive and offset-aware times"));
            }
        },
    };
    Ok(vm.bool(op.holds(ordering)))
}

/// That of the bytes, or of the time in UTC, without the fold.
fn hash(vm: &mut Vm, this: Addr) -> PyResult<i64> {
    if vm.word(this, HASH) == NO_HASH {
        let own_zone = tzinfo(vm, this);
        let hash = match zone::offset(vm, own_zone, "utcoffset", NONE)? {
            None => str::hash_bytes(vm.profile.hash, &data::<6>(vm, this)),
            Some(offset) => {
                let time = in_utc(clock(vm, this), offset);
                timedelta::hash_of(vm, time)?
            }
        };
        vm.set_word(this, HASH, hash as u64);
    }
    Ok(vm.word(this, HASH) as i64)
}
