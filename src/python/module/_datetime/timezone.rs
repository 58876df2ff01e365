//! `timezone`: a fixed offset from UTC. CPython: `PyDateTime_TimeZone`.

use super::arguments::Params;
use super::timedelta::{self, Delta};
use super::{datetime, tzinfo, utc, zone};
use crate::python::memory::{Addr, Own};
use crate::python::object::str::arg::bad_argument;
use crate::python::object::{
    CompareOp, Method, NONE, TypeSpec, alloc, iterator, str, tuple, types,
};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of the offset, a difference.
pub const OFFSET: u64 = 16;
/// Offset of the name, `NULL` for none.
const NAME: u64 = 24;

/// `datetime.timezone`
pub static SPEC: TypeSpec = TypeSpec {
    base: types::TZINFO,
    basicsize: 32,
    slots: |slots| {
        slots.new = Some(construct);
        slots.dealloc = Some(|vm, this| {
            vm.set_field(this, OFFSET, None);
            vm.set_field(this, NAME, None);
            alloc::free(vm, this);
        });
        slots.references = Some(|vm, this, visit| {
            iterator::visit_fields(vm, this, &[OFFSET, NAME], visit);
        });
        slots.repr = Some(repr);
        slots.str = Some(name);
        slots.hash = Some(|vm, this| timedelta::hash(vm, vm.field(this, OFFSET)));
        slots.richcompare = Some(richcompare);
    },
    methods: &[
        Method::new("tzname", "(dt, /)", |vm, this, args| {
            check_argument(vm, "tzname", args)?;
            name(vm, this)
        }),
        Method::new("utcoffset", "(dt, /)", |vm, this, args| {
            check_argument(vm, "utcoffset", args)?;
            Ok(vm.incref(vm.field(this, OFFSET)))
        }),
        Method::new("dst", "(dt, /)", |vm, _, args| {
            check_argument(vm, "dst", args)?;
            Ok(vm.none())
        }),
        Method::new("fromutc", "(dt, /)", |vm, this, args| {
            let datetime = args.get(vm, 0);
            tzinfo::check_own(vm, this, datetime)?;
            let offset = offset(vm, this);
            datetime::plus(vm, datetime, offset)
        }),
        Method::new("__getinitargs__", "()", |vm, this, _| {
            let parts = [OFFSET, NAME].map(|at| vm.field(this, at));
            let given = if parts[1].is_null() { 1 } else { 2 };
            Ok(tuple::new(vm, &parts[..given]))
        }),
    ],
    doc: Some("Fixed offset from UTC implementation of tzinfo."),
    ..TypeSpec::new(types::TIMEZONE, "datetime.timezone")
};

fn offset(vm: &Vm, this: Addr) -> Delta {
    timedelta::value(vm, vm.field(this, OFFSET))
}

const PARAMS: Params = Params::new("timezone", &["offset", "name"], 1);

fn construct(vm: &mut Vm, _class: Addr, args: Args) -> PyResult<Own> {
    let mut given = [Addr::NULL; 2];
    PARAMS.parse(vm, args, |vm, i, value| {
        if i == 0 && !timedelta::check(vm, value) {
            return Err(bad_argument(
                vm,
                "timezone",
                "argument 1",
                "datetime.timedelta",
                value,
            ));
        }
        if i == 1 && !str::check(vm, value) {
            return Err(bad_argument(vm, "timezone", "argument 2", "str", value));
        }
        given[i] = value;
        Ok(())
    })?;
    new(vm, given[0], given[1])
}

/// The time zone of an offset and a name (`NULL` for none): without a name that of zero is `timezone.utc`.
///
/// # Errors
/// `ValueError` for an offset of a day or more.
pub fn new(vm: &mut Vm, offset: Addr, name: Addr) -> PyResult<Own> {
    let value = timedelta::value(vm, offset);
    if name.is_null() && value == Delta::ZERO {
        return Ok(vm.incref(utc(vm)));
    }
    if !value.is_offset() {
        return Err(zone::offset_error(vm, Some(offset))?);
    }
    make(vm, offset, name)
}

/// A new one, without checks.
pub fn make(vm: &mut Vm, offset: Addr, name: Addr) -> PyResult<Own> {
    let zone = alloc::alloc(vm, types::TIMEZONE, 0)?;
    let offset = vm.incref(offset);
    vm.init_field(zone.addr(), OFFSET, offset);
    if let Some(name) = name.some() {
        let name = vm.incref(name);
        vm.init_field(zone.addr(), NAME, name);
    }
    Ok(zone)
}

/// The time zone of an offset in seconds that a text has: zero is UTC.
pub fn of_offset(vm: &mut Vm, seconds: i64, microseconds: i64) -> PyResult<Own> {
    if seconds == 0 {
        return Ok(vm.incref(utc(vm)));
    }
    let offset = timedelta::from_parts(vm, 0, seconds, microseconds)?;
    let zone = new(vm, offset.addr(), Addr::NULL)?;
    vm.decref(offset);
    Ok(zone)
}

/// The machine's local zone, which is UTC under its name.
pub fn local(vm: &mut Vm) -> PyResult<Own> {
    let (offset, name) = (timedelta::from_parts(vm, 0, 0, 0)?, str::new(vm, "UTC"));
    let zone = new(vm, offset.addr(), name.addr())?;
    vm.decref(offset);
    vm.decref(name);
    Ok(zone)
}

/// The methods take a datetime or `None`.
fn check_argument(vm: &mut Vm, method: &str, args: Args) -> PyResult<()> {
    let given = args.get(vm, 0);
    if given == NONE || datetime::check(vm, given) {
        return Ok(());
    }
    let name = vm.type_name(given);
    Err(vm.type_error(format!(
        "{method}(dt) argument must be a datetime instance or None, not {name}"
    )))
}

fn repr(vm: &mut Vm, this: Addr) -> PyResult<Own> {
    let name = vm.tp_name(this);
    if this == utc(vm) {
        return Ok(str::new(vm, &format!("{name}.utc")));
    }
    let mut text = str::Text::new();
    text.push_str(&format!("{name}("));
    let offset = vm.field(this, OFFSET);
    crate::python::object::text::push_repr(vm, &mut text, offset)?;
    if let Some(zone) = vm.field(this, NAME).some() {
        text.push_str(", ");
        crate::python::object::text::push_repr(vm, &mut text, zone)?;
    }
    text.push_str(")");
    text.finish(vm)
}

/// Its name, or `UTC+09:00`.
fn name(vm: &mut Vm, this: Addr) -> PyResult<Own> {
    if let Some(name) = vm.field(this, NAME).some() {
        return Ok(vm.incref(name));
    }
    let offset = offset(vm, this);
    if offset == Delta::ZERO {
        return Ok(str::new(vm, "UTC"));
    }
    let text = zone::offset_text(offset, ":");
    Ok(str::new(vm, &format!("UTC{text}")))
}

fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    let is_equality = matches!(op, CompareOp::Eq | CompareOp::Ne);
    if !is_equality || !vm.type_check(right, types::TIMEZONE) {
        return Ok(vm.not_implemented());
    }
    let ordering = offset(vm, left).cmp(&offset(vm, right));
    Ok(vm.bool(op.holds(ordering)))
}
