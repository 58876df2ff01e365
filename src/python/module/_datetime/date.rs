//! `date`: a day of the calendar. CPython: `PyDateTime_Date`.

use super::arguments::{self, CInt, Params};
use super::ordinal::{self, Day, IsoError};
use super::timedelta::{self, Delta};
use super::{HASH, NO_HASH, clock, data, datetime, format, isocalendar, parse, pickle, set_data};
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    BinaryOp, CompareOp, GetSet, Method, NONE, Slots, TypeSpec, alloc, flags, int, object, str,
    types,
};
use crate::python::version::Version;
use crate::python::vm::{Args, PyResult, Vm};

/// `datetime.date`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 32,
    flags: flags::BASETYPE,
    slots,
    methods: METHODS,
    getset: &[
        GetSet::read("year", |vm, this| {
            let year = day(vm, this).year;
            Ok(int::new(vm, year))
        }),
        GetSet::read("month", |vm, this| {
            let month = day(vm, this).month;
            Ok(int::new(vm, month))
        }),
        GetSet::read("day", |vm, this| {
            let day = day(vm, this).day;
            Ok(int::new(vm, day))
        }),
    ],
    doc: Some("date(year, month, day) --> date object"),
    ..TypeSpec::new(types::DATE, "datetime.date")
};

fn slots(slots: &mut Slots) {
    slots.new = Some(construct);
    slots.dealloc = Some(alloc::free);
    slots.repr = Some(|vm, this| {
        let Day { year, month, day } = day(vm, this);
        let name = vm.tp_name(this);
        Ok(str::new(vm, &format!("{name}({year}, {month}, {day})")))
    });
    slots.str = Some(|vm, this| super::call_method(vm, this, "isoformat", &[]));
    slots.hash = Some(|vm, this| {
        if vm.word(this, HASH) == NO_HASH {
            let hash = str::hash_bytes(vm.profile.hash, &data::<4>(vm, this));
            vm.set_word(this, HASH, hash as u64);
        }
        Ok(vm.word(this, HASH) as i64)
    });
    slots.richcompare = Some(richcompare);
    slots.binary[BinaryOp::Add as usize] = Some(add);
    slots.binary[BinaryOp::Subtract as usize] = Some(subtract);
}

const METHODS: &[Method] = &[
    Method::class("fromtimestamp", "(timestamp, /)", clock::date_fromtimestamp),
    Method::class("fromordinal", "(*args, **kwargs)", fromordinal).with_tuple(),
    Method::class("fromisoformat", "(date_string, /)", parse::date),
    Method::class("fromisocalendar", "(*args, **kwargs)", fromisocalendar).with_tuple(),
    Method::class("strptime", "(*args, **kwargs)", |vm, class, args| {
        parse::strptime(vm, class, args, "_strptime_datetime_date")
    })
    .with_tuple(),
    Method::class("today", "()", clock::today),
    Method::new("ctime", "()", |vm, this, _| {
        let text = format::ctime(day(vm, this), 0);
        Ok(str::new(vm, &text))
    }),
    Method::new("strftime", "(*args, **kwargs)", |vm, this, args| {
        let format = format::format_argument(vm, args)?;
        let times = super::call_method(vm, this, "timetuple", &[])?;
        let text = format::strftime(vm, this, format, times.addr(), this)?;
        vm.decref(times);
        Ok(text)
    })
    .with_tuple(),
    Method::new("__format__", "(*args)", format::format).with_tuple(),
    Method::new("timetuple", "()", |vm, this, _| {
        let day = day(vm, this);
        format::struct_time(vm, day, [0; 3], -1)
    }),
    Method::new("isocalendar", "()", |vm, this, _| {
        let parts = day(vm, this).iso();
        isocalendar::new(vm, parts)
    }),
    Method::new("isoformat", "()", |vm, this, _| {
        let text = format::date(day(vm, this));
        Ok(str::new(vm, &text))
    }),
    Method::new("isoweekday", "()", |vm, this, _| {
        let weekday = day(vm, this).weekday();
        Ok(int::new(vm, weekday + 1))
    }),
    Method::new("toordinal", "()", |vm, this, _| {
        let ordinal = day(vm, this).ordinal();
        Ok(int::new(vm, ordinal))
    }),
    Method::new("weekday", "()", |vm, this, _| {
        let weekday = day(vm, this).weekday();
        Ok(int::new(vm, weekday))
    }),
    Method::new("replace", "(*args, **kwargs)", replace)
        .with_tuple_in(|version| version < Version::V3_13),
    Method::new("__replace__", "(*args, **kwargs)", replace),
    Method::new("__reduce__", "()", |vm, this, _| {
        pickle::reduce::<4>(vm, this, NONE, None)
    }),
];

/// Whether the object is a date or a datetime.
pub fn check(vm: &Vm, object: Addr) -> bool {
    vm.type_check(object, types::DATE)
}

/// Whether the object is a date without a time.
fn check_plain(vm: &Vm, object: Addr) -> bool {
    check(vm, object) && !datetime::check(vm, object)
}

/// The day of a date or a datetime.
pub fn day(vm: &Vm, date: Addr) -> Day {
    let [high, low, month, day]: [u8; 4] = data(vm, date);
    Day {
        year: i64::from(high) << 8 | i64::from(low),
        month: i64::from(month),
        day: i64::from(day),
    }
}

/// The bytes of a day.
pub fn day_bytes(day: Day) -> [u8; 4] {
    [
        (day.year >> 8) as u8,
        day.year as u8,
        day.month as u8,
        day.day as u8,
    ]
}

/// A new date of exactly this class.
///
/// # Errors
/// `ValueError` for a number out of range.
pub fn new(vm: &mut Vm, class: Addr, day: Day) -> PyResult<Own> {
    day.check(vm)?;
    from_bytes(vm, class, &day_bytes(day))
}

fn from_bytes(vm: &mut Vm, class: Addr, bytes: &[u8; 4]) -> PyResult<Own> {
    let date = object::generic_alloc(vm, class, 0)?;
    vm.set_word(date.addr(), HASH, NO_HASH);
    set_data(vm, date.addr(), bytes);
    Ok(date)
}

/// A date of a class that may be a subclass, which is called then.
pub fn make(vm: &mut Vm, class: Addr, day: Day) -> PyResult<Own> {
    if class == types::DATE {
        return new(vm, class, day);
    }
    if class == types::DATETIME {
        return datetime::new(vm, class, day, Default::default(), NONE);
    }
    let parts = [day.year, day.month, day.day].map(|part| int::new(vm, part));
    let date = vm.call(class, &[parts[0].addr(), parts[1].addr(), parts[2].addr()])?;
    parts.into_iter().for_each(|part| vm.decref(part));
    Ok(date)
}

const PARAMS: Params = Params::new("", &["year", "month", "day"], 3);

fn construct(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    if args.len() == 1 {
        let sane = |state: &[u8; 4]| (1..=12).contains(&state[2]);
        if let Some(state) = pickle::state(vm, args.get(vm, 0), "date", sane)? {
            return from_bytes(vm, class, &state);
        }
    }
    let mut given = [0; 3];
    PARAMS.parse(vm, args, |vm, i, value| {
        given[i] = arguments::c_int(vm, value, CInt::Format)?;
        Ok(())
    })?;
    let [year, month, day] = given;
    new(vm, class, Day { year, month, day })
}

fn replace(vm: &mut Vm, this: Addr, args: Args) -> PyResult<Own> {
    const REPLACE: Params = Params::new("replace", &["year", "month", "day"], 0);
    let (calls, how) = format::copying(vm);
    let mut new_day = day(vm, this);
    REPLACE.parse(vm, args, |vm, i, value| {
        let value = arguments::c_int(vm, value, how)?;
        match i {
            0 => new_day.year = value,
            1 => new_day.month = value,
            _ => new_day.day = value,
        }
        Ok(())
    })?;
    let class = vm.type_of(this);
    if calls {
        make(vm, class, new_day)
    } else {
        new(vm, class, new_day)
    }
}

fn fromordinal(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let [ordinal] = arguments::exactly(vm, "fromordinal", args)?;
    let ordinal = arguments::c_int(vm, ordinal, CInt::Format)?;
    if ordinal < 1 {
        return Err(vm.value_error("ordinal must be >= 1"));
    }
    make(vm, class, Day::from_ordinal(ordinal))
}

fn fromisocalendar(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    const PARAMS: Params = Params::new("fromisocalendar", &["year", "week", "day"], 3);
    let mut given = [0; 3];
    let parsed = PARAMS.parse(vm, args, |vm, i, value| {
        given[i] = arguments::c_int(vm, value, CInt::Format)?;
        Ok(())
    });
    if vm.ignore_raised(parsed, types::OVERFLOW_ERROR)?.is_none() {
        return Err(vm.value_error("ISO calendar component out of range"));
    }
    let [year, week, weekday] = given;
    match ordinal::from_iso(year, week, weekday) {
        Ok(day) => make(vm, class, day),
        Err(IsoError::Year) if vm.profile.dates.texts_tell_values => {
            Err(ordinal::year_error(vm, year))
        }
        Err(IsoError::Year) => Err(vm.value_error(format!("Year is out of range: {year}"))),
        Err(IsoError::Week) => Err(vm.value_error(format!("Invalid week: {week}"))),
        Err(IsoError::Weekday) => {
            Err(vm.value_error(format!("Invalid day: {weekday} (range is [1, 7])")))
        }
    }
}

/// `date + days`, of the date's class.
fn plus(vm: &mut Vm, date: Addr, days: i64) -> PyResult<Own> {
    let day = day(vm, date).plus(vm, days)?;
    let class = vm.type_of(date);
    make(vm, class, day)
}

fn add(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    let (date, delta) = if check(vm, left) {
        (left, right)
    } else {
        (right, left)
    };
    if check_plain(vm, date) && timedelta::check(vm, delta) {
        let days = timedelta::value(vm, delta).days;
        return plus(vm, date, days);
    }
    Ok(vm.not_implemented())
}

fn subtract(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if !check_plain(vm, left) {
        return Ok(vm.not_implemented());
    }
    if check_plain(vm, right) {
        let days = day(vm, left).ordinal() - day(vm, right).ordinal();
        return timedelta::new(
            vm,
            types::TIMEDELTA,
            Delta {
                days,
                ..Delta::ZERO
            },
        );
    }
    if timedelta::check(vm, right) {
        let days = timedelta::value(vm, right).days;
        return plus(vm, left, -days);
    }
    Ok(vm.not_implemented())
}

fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    let comparable = match vm.profile.dates.mixed_comparison_declines {
        true => check_plain(vm, right),
        false => check(vm, right),
    };
    if !comparable {
        return Ok(vm.not_implemented());
    }
    let ordering = data::<4>(vm, left).cmp(&data::<4>(vm, right));
    Ok(vm.bool(op.holds(ordering)))
}
