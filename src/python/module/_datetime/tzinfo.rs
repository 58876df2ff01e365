//! `tzinfo`: the base of time zones, whose methods a subclass must write. CPython: `PyDateTime_TZInfo`.

use super::timedelta::Delta;
use super::{datetime, zone};
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    EMPTY_TUPLE, Method, NONE, TypeSpec, alloc, flags, object, tuple, types,
};
use crate::python::vm::{Args, PyResult, Vm};

/// `datetime.tzinfo`
pub static SPEC: TypeSpec = TypeSpec {
    flags: flags::BASETYPE,
    slots: |slots| {
        slots.new = Some(|vm, class, _| object::generic_alloc(vm, class, 0));
        slots.dealloc = Some(alloc::free);
    },
    methods: &[
        Method::new("tzname", "(dt, /)", |vm, _, _| missing(vm, "tzname")),
        Method::new("utcoffset", "(dt, /)", |vm, _, _| missing(vm, "utcoffset")),
        Method::new("dst", "(dt, /)", |vm, _, _| missing(vm, "dst")),
        Method::new("fromutc", "(dt, /)", |vm, this, args| {
            let datetime = args.get(vm, 0);
            check_own(vm, this, datetime)?;
            fromutc(vm, datetime)
        }),
        Method::new("__reduce__", "()", reduce),
    ],
    doc: Some("Abstract base class for time zone info objects."),
    ..TypeSpec::new(types::TZINFO, "datetime.tzinfo")
};

fn missing(vm: &mut Vm, method: &str) -> PyResult<Own> {
    Err(vm.not_implemented_error(format!("a tzinfo subclass must implement {method}()")))
}

/// Raises unless the object is a datetime in this zone.
pub fn check_own(vm: &mut Vm, zone: Addr, object: Addr) -> PyResult<()> {
    if !datetime::check(vm, object) {
        return Err(vm.type_error("fromutc: argument must be a datetime"));
    }
    if datetime::tzinfo(vm, object) != zone {
        return Err(vm.value_error("fromutc: dt.tzinfo is not self"));
    }
    Ok(())
}

/// A time in UTC as local time, by what the zone says of its offset: `tzinfo_fromutc`.
fn fromutc(vm: &mut Vm, datetime: Addr) -> PyResult<Own> {
    let own_zone = datetime::tzinfo(vm, datetime);
    let Some(offset) = zone::offset(vm, own_zone, "utcoffset", datetime)? else {
        return Err(vm.value_error("fromutc: non-None utcoffset() result required"));
    };
    let Some(dst) = zone::offset(vm, own_zone, "dst", datetime)? else {
        return Err(vm.value_error("fromutc: non-None dst() result required"));
    };
    let standard = datetime::plus(vm, datetime, offset.minus(dst))?;
    let Some(dst) = zone::offset(vm, own_zone, "dst", standard.addr())? else {
        return Err(vm.value_error("fromutc: tz.dst() gave inconsistent results; cannot convert"));
    };
    if dst == Delta::ZERO {
        return Ok(standard);
    }
    let local = datetime::plus(vm, standard.addr(), dst)?;
    vm.decref(standard);
    Ok(local)
}

/// `(class, arguments, state)`, for the pickles of subclasses.
fn reduce(vm: &mut Vm, this: Addr, _: Args) -> PyResult<Own> {
    let name = crate::python::object::str::intern(vm, "__getinitargs__");
    let getter = vm.get_attr_opt(this, name.addr())?;
    vm.decref(name);
    let arguments = match getter {
        Some(getter) => {
            let arguments = vm.call(getter.addr(), &[])?;
            vm.decref(getter);
            arguments
        }
        None => vm.incref(EMPTY_TUPLE),
    };
    let state = super::pickle::object_state(vm, this)?;
    let class = vm.incref(vm.type_of(this));
    if state.addr() == NONE && !vm.profile.dates.zones_have_state {
        vm.decref(state);
        return Ok(tuple::pair(vm, class, arguments));
    }
    Ok(tuple::from_owned(vm, vec![class, arguments, state]))
}
