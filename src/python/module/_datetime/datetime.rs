//! `datetime`: a date with a time. CPython: `PyDateTime_DateTime`.

use super::arguments::{self, CInt, Params};
use super::ordinal::Day;
use super::time::Clock;
use super::timedelta::{Delta, SECOND};
use super::{
    HAS_TZINFO, HASH, NO_HASH, clock as machine, compare, data, date, format, parse, pickle,
    set_data, time, timezone, zone,
};
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    GetSet, Method, NONE, Slots, TypeSpec, alloc, flags, float, int, object, str, types,
};
use crate::python::version::Version;
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of the fold.
const FOLD: u64 = 35;
/// Offset of the time zone, and the bytes of a datetime without.
const TZINFO: u64 = 40;

/// `datetime.datetime`
pub static SPEC: TypeSpec = TypeSpec {
    base: types::DATE,
    basicsize: 48,
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
        "datetime(year, month, day[, hour[, minute[, second[, microsecond[,tzinfo]]]]])\n\n\
         The year, month and day arguments are required. tzinfo may be None, or an\n\
         instance of a tzinfo subclass. The remaining arguments may be ints.\n",
    ),
    ..TypeSpec::new(types::DATETIME, "datetime.datetime")
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
    slots.str = Some(|vm, this| {
        let space = str::new(vm, " ");
        let text = super::call_method(vm, this, "isoformat", &[space.addr()])?;
        vm.decref(space);
        Ok(text)
    });
    compare::fill(slots);
}

const METHODS: &[Method] = &[
    Method::class("now", "(tz=None)", machine::now),
    Method::class("utcnow", "()", machine::utcnow),
    Method::class("fromtimestamp", "(*args, **kwargs)", machine::fromtimestamp).with_tuple(),
    Method::class(
        "utcfromtimestamp",
        "(*args, **kwargs)",
        machine::utcfromtimestamp,
    )
    .with_tuple(),
    Method::class("strptime", "(*args, **kwargs)", |vm, class, args| {
        parse::strptime(vm, class, args, "_strptime_datetime_datetime")
    })
    .with_tuple(),
    Method::class("combine", "(*args, **kwargs)", combine).with_tuple(),
    Method::class("fromisoformat", "(string, /)", parse::datetime),
    Method::new("date", "()", |vm, this, _| {
        let day = date::day(vm, this);
        date::new(vm, types::DATE, day)
    }),
    Method::new("time", "()", |vm, this, _| {
        let clock = clock(vm, this);
        time::new(vm, types::TIME, clock, NONE)
    }),
    Method::new("timetz", "()", |vm, this, _| {
        let (clock, zone) = (clock(vm, this), tzinfo(vm, this));
        time::new(vm, types::TIME, clock, zone)
    }),
    Method::new("ctime", "()", |vm, this, _| {
        let text = format::ctime(date::day(vm, this), clock(vm, this).seconds());
        Ok(str::new(vm, &text))
    }),
    Method::new("timetuple", "()", timetuple),
    Method::new("timestamp", "()", timestamp),
    Method::new("utctimetuple", "()", |vm, this, _| {
        let own_zone = tzinfo(vm, this);
        let in_utc = match zone::offset(vm, own_zone, "utcoffset", this)? {
            Some(offset) => plus(vm, this, offset.negative())?,
            None => vm.incref(this),
        };
        let times = times(vm, in_utc.addr(), 0)?;
        vm.decref(in_utc);
        Ok(times)
    }),
    Method::new("isoformat", "(*args, **kwargs)", isoformat).with_tuple(),
    Method::new("utcoffset", "()", |vm, this, _| {
        let own_zone = tzinfo(vm, this);
        zone::ask(vm, own_zone, "utcoffset", this)
    }),
    Method::new("tzname", "()", |vm, this, _| {
        let own_zone = tzinfo(vm, this);
        zone::name(vm, own_zone, this)
    }),
    Method::new("dst", "()", |vm, this, _| {
        let own_zone = tzinfo(vm, this);
        zone::ask(vm, own_zone, "dst", this)
    }),
    Method::new("replace", "(*args, **kwargs)", replace)
        .with_tuple_in(|version| version < Version::V3_13),
    Method::new("__replace__", "(*args, **kwargs)", replace),
    Method::new("astimezone", "(*args, **kwargs)", astimezone).with_tuple(),
    Method::new("__reduce_ex__", "(*args)", |vm, this, args| {
        let knows_folds = pickle::protocol(vm, args)? > 3;
        let folded = knows_folds && clock(vm, this).fold != 0;
        let own_zone = tzinfo(vm, this);
        pickle::reduce::<10>(vm, this, own_zone, folded.then_some(2))
    })
    .with_tuple(),
    Method::new("__reduce__", "()", |vm, this, _| {
        let own_zone = tzinfo(vm, this);
        pickle::reduce::<10>(vm, this, own_zone, None)
    }),
];

/// Whether the object is a datetime.
pub fn check(vm: &Vm, object: Addr) -> bool {
    vm.type_check(object, types::DATETIME)
}

/// The numbers of its time.
pub fn clock(vm: &Vm, datetime: Addr) -> Clock {
    let bytes: [u8; 10] = data(vm, datetime);
    let bytes = std::array::from_fn(|i| bytes[4 + i]);
    Clock::of_bytes(bytes, vm.heap.space.byte(datetime.at(FOLD)))
}

fn held_zone(vm: &Vm, datetime: Addr) -> Option<Addr> {
    let has_zone = vm.heap.space.byte(datetime.at(HAS_TZINFO)) != 0;
    has_zone
        .then(|| vm.field(datetime, TZINFO))
        .and_then(Addr::some)
}

/// Its time zone, or `None`.
pub fn tzinfo(vm: &Vm, datetime: Addr) -> Addr {
    held_zone(vm, datetime).unwrap_or(NONE)
}

/// Sets the fold of a new datetime.
pub fn set_fold(vm: &mut Vm, datetime: Addr, fold: i64) {
    vm.heap.space.set_byte(datetime.at(FOLD), fold as u8);
}

/// A new datetime of exactly this class.
///
/// # Errors
/// `ValueError` for a number out of range, `TypeError` for what is no time zone.
pub fn new(vm: &mut Vm, class: Addr, day: Day, clock: Clock, tzinfo: Addr) -> PyResult<Own> {
    day.check(vm)?;
    clock.check(vm)?;
    zone::check(vm, tzinfo)?;
    let mut bytes = [0; 10];
    bytes[..4].copy_from_slice(&date::day_bytes(day));
    bytes[4..].copy_from_slice(&clock.bytes());
    from_bytes(vm, class, &bytes, clock.fold, tzinfo)
}

fn from_bytes(
    vm: &mut Vm,
    class: Addr,
    bytes: &[u8; 10],
    fold: i64,
    tzinfo: Addr,
) -> PyResult<Own> {
    let datetime = match (class == types::DATETIME, tzinfo) {
        (true, NONE) => alloc::alloc_sized(vm, class, TZINFO as usize)?,
        (true, _) => alloc::alloc(vm, class, 0)?,
        (false, _) => object::generic_alloc(vm, class, 0)?,
    };
    let at = datetime.addr();
    vm.set_word(at, HASH, NO_HASH);
    set_data(vm, at, bytes);
    set_fold(vm, at, fold);
    if tzinfo != NONE {
        vm.heap.space.set_byte(at.at(HAS_TZINFO), 1);
        let tzinfo = vm.incref(tzinfo);
        vm.init_field(at, TZINFO, tzinfo);
    }
    Ok(datetime)
}

/// A datetime of a class that may be a subclass, which is called then.
pub fn make(vm: &mut Vm, class: Addr, day: Day, clock: Clock, tzinfo: Addr) -> PyResult<Own> {
    if class == types::DATETIME {
        return new(vm, class, day, clock, tzinfo);
    }
    let Day { year, month, day } = day;
    let Clock {
        hour,
        minute,
        second,
        microsecond,
        fold,
    } = clock;
    let parts = [year, month, day, hour, minute, second, microsecond];
    format::call_class(vm, class, &parts, tzinfo, fold)
}

const PARAMS: Params = Params {
    function: "",
    names: &[
        "year",
        "month",
        "day",
        "hour",
        "minute",
        "second",
        "microsecond",
        "tzinfo",
        "fold",
    ],
    required: 3,
    positional: 8,
};

fn construct(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    if (1..=2).contains(&args.len()) {
        let sane = |state: &[u8; 10]| (1..=12).contains(&(state[2] & 0x7F));
        if let Some(mut state) = pickle::state(vm, args.get(vm, 0), "datetime", sane)? {
            let zone = args.opt(vm, 1).unwrap_or(NONE);
            pickle::check_zone(vm, zone)?;
            let fold = pickle::take_fold(&mut state[2]);
            return from_bytes(vm, class, &state, fold, zone);
        }
    }
    let mut fields = Fields {
        day: Day {
            year: 0,
            month: 0,
            day: 0,
        },
        clock: Clock::default(),
        zone: NONE,
    };
    fields.read(vm, &PARAMS, args, CInt::Format)?;
    new(vm, class, fields.day, fields.clock, fields.zone)
}

/// What a datetime is made of.
struct Fields {
    day: Day,
    clock: Clock,
    zone: Addr,
}

impl Fields {
    fn read(&mut self, vm: &mut Vm, params: &Params, args: Args, how: CInt) -> PyResult<()> {
        params.parse(vm, args, |vm, i, value| {
            if i == 7 {
                self.zone = value;
                return Ok(());
            }
            let value = arguments::c_int(vm, value, how)?;
            match i {
                0 => self.day.year = value,
                1 => self.day.month = value,
                2 => self.day.day = value,
                i => time::set_field(&mut self.clock, i - 3, value),
            }
            Ok(())
        })
    }
}

fn replace(vm: &mut Vm, this: Addr, args: Args) -> PyResult<Own> {
    const REPLACE: Params = Params {
        function: "replace",
        required: 0,
        ..PARAMS
    };
    let (calls, how) = format::copying(vm);
    let mut fields = Fields {
        day: date::day(vm, this),
        clock: clock(vm, this),
        zone: tzinfo(vm, this),
    };
    fields.read(vm, &REPLACE, args, how)?;
    let Fields { day, clock, zone } = fields;
    let class = vm.type_of(this);
    match calls {
        true => make(vm, class, day, clock, zone),
        false => new(vm, class, day, clock, zone),
    }
}

fn combine(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    const PARAMS: Params = Params::new("combine", &["date", "time", "tzinfo"], 2);
    let mut given = [Addr::NULL; 3];
    PARAMS.parse(vm, args, |vm, i, value| {
        let (fits, expected) = match i {
            0 => (date::check(vm, value), "datetime.date"),
            1 => (time::check(vm, value), "datetime.time"),
            _ => (true, ""),
        };
        if !fits {
            let argument = format!("argument {}", i + 1);
            return Err(str::arg::bad_argument(
                vm, "combine", &argument, expected, value,
            ));
        }
        given[i] = value;
        Ok(())
    })?;
    let [day, clock, zone] = given;
    let zone = zone.some().unwrap_or_else(|| time::tzinfo(vm, clock));
    let (day, clock) = (date::day(vm, day), time::clock(vm, clock));
    make(vm, class, day, clock, zone)
}

/// The datetime so much later, in its zone and of its class.
///
/// # Errors
/// `OverflowError` where its year is out of range.
pub fn plus(vm: &mut Vm, datetime: Addr, delta: Delta) -> PyResult<Own> {
    let (day, clock) = (date::day(vm, datetime), clock(vm, datetime));
    let moved = Delta::of_parts(
        delta.days,
        clock.seconds() + delta.seconds,
        clock.microsecond + delta.microseconds,
    );
    let day = day.plus(vm, moved.days)?;
    let clock = Clock::of_seconds(moved.seconds, moved.microseconds);
    let (class, zone) = (vm.type_of(datetime), tzinfo(vm, datetime));
    make(vm, class, day, clock, zone)
}

fn repr(vm: &mut Vm, this: Addr) -> PyResult<Own> {
    let Day { year, month, day } = date::day(vm, this);
    let Clock {
        hour,
        minute,
        second,
        microsecond,
        fold,
    } = clock(vm, this);
    let mut parts = vec![year, month, day, hour, minute, second, microsecond];
    while parts.len() > 5 && parts.last() == Some(&0) {
        parts.pop();
    }
    let mut text = format::repr_start(vm, this, &parts);
    if fold != 0 {
        text.push_str(&format!(", fold={fold}"));
    }
    let zone = tzinfo(vm, this);
    format::push_zone(vm, &mut text, zone)?;
    text.push_str(")");
    text.finish(vm)
}

fn isoformat(vm: &mut Vm, this: Addr, args: Args) -> PyResult<Own> {
    const PARAMS: Params = Params::new("isoformat", &["sep", "timespec"], 0);
    let (mut separator, mut spec) = (u32::from('T'), None);
    PARAMS.parse(vm, args, |vm, i, value| {
        if i == 1 {
            spec = Some(format::c_string(vm, "isoformat", 2, value)?);
        } else if str::check(vm, value) && str::len(vm, value) == 1 {
            separator = str::point(vm, value, 0);
        } else {
            let expected = "a unicode character";
            return Err(str::arg::bad_argument(
                vm,
                "isoformat",
                "argument 1",
                expected,
                value,
            ));
        }
        Ok(())
    })?;
    let mut text = str::Text::new();
    let time = format::time(vm, clock(vm, this), spec.as_deref())?;
    text.push_str(&format::date(date::day(vm, this)));
    text.push(separator);
    text.push_str(&time);
    let own_zone = tzinfo(vm, this);
    text.push_str(&format::offset(vm, own_zone, this, ":")?);
    text.finish(vm)
}

fn times(vm: &mut Vm, this: Addr, dst: i64) -> PyResult<Own> {
    let Clock {
        hour,
        minute,
        second,
        ..
    } = clock(vm, this);
    let day = date::day(vm, this);
    format::struct_time(vm, day, [hour, minute, second], dst)
}

fn timetuple(vm: &mut Vm, this: Addr, _: Args) -> PyResult<Own> {
    let own_zone = tzinfo(vm, this);
    let dst = zone::offset(vm, own_zone, "dst", this)?;
    let dst = dst.map_or(-1, |dst| i64::from(dst != Delta::ZERO));
    times(vm, this, dst)
}

fn timestamp(vm: &mut Vm, this: Addr, _: Args) -> PyResult<Own> {
    if tzinfo(vm, this) == NONE {
        let seconds = machine::local_seconds(vm, this)?;
        let fraction = clock(vm, this).microsecond as f64 / 1e6;
        return Ok(float::new(vm, seconds as f64 + fraction));
    }
    let Some(epoch) = vm.datetime.epoch.as_ref().map(Own::addr) else {
        return Err(vm.system_error("the module is not there"));
    };
    let passed = compare::difference(vm, this, epoch)?.in_microseconds();
    let (all, second) = (int::from_i128(vm, passed), int::new(vm, SECOND));
    let seconds = int::true_divide(vm, all.addr(), second.addr())?;
    vm.decref(all);
    vm.decref(second);
    Ok(float::new(vm, seconds))
}

fn astimezone(vm: &mut Vm, this: Addr, args: Args) -> PyResult<Own> {
    const PARAMS: Params = Params::new("astimezone", &["tz"], 0);
    let mut zone = NONE;
    PARAMS.parse(vm, args, |_, _, value| {
        zone = value;
        Ok(())
    })?;
    zone::check(vm, zone)?;
    let own_zone = tzinfo(vm, this);
    if own_zone == zone && zone != NONE {
        return Ok(vm.incref(this));
    }
    // A time whose zone is not known is the machine's local time, which is UTC.
    let offset = match zone::offset(vm, own_zone, "utcoffset", this)? {
        Some(offset) => offset,
        None => {
            machine::local_seconds(vm, this)?;
            Delta::ZERO
        }
    };
    let in_utc = plus(vm, this, offset.negative())?;
    let zone = match zone {
        NONE => timezone::local(vm)?,
        zone => vm.incref(zone),
    };
    let in_zone = with_zone(vm, in_utc, &zone)?;
    let local = super::call_method(vm, zone.addr(), "fromutc", &[in_zone.addr()])?;
    vm.decref(in_zone);
    vm.decref(zone);
    Ok(local)
}

/// A new datetime in another zone: the same object if it had one.
fn with_zone(vm: &mut Vm, datetime: Own, zone: &Own) -> PyResult<Own> {
    if held_zone(vm, datetime.addr()).is_some() {
        let zone = vm.incref(zone.addr());
        vm.set_field(datetime.addr(), TZINFO, Some(zone));
        return Ok(datetime);
    }
    let (day, clock) = (date::day(vm, datetime.addr()), clock(vm, datetime.addr()));
    let class = vm.type_of(datetime.addr());
    let moved = new(vm, class, day, clock, zone.addr())?;
    vm.decref(datetime);
    Ok(moved)
}
