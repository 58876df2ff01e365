//! `IsoCalendarDate`: what `date.isocalendar()` gives, a tuple with names. CPython: `PyDateTime_IsoCalendarDate`.

use super::arguments::{self, CInt, Params};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{GetSet, Method, TypeSpec, alloc, flags, int, str, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

/// `datetime.IsoCalendarDate`
pub static SPEC: TypeSpec = TypeSpec {
    base: types::TUPLE,
    basicsize: 32,
    itemsize: 8,
    flags: flags::HAVE_GC,
    slots: |slots| {
        slots.new = Some(construct);
        slots.dealloc = Some(tuple::dealloc);
        slots.traverse = Some(tuple::traverse);
        slots.repr = Some(repr);
    },
    methods: &[Method::new("__reduce__", "()", |vm, this, _| {
        let items = tuple::items(vm, this);
        let plain = tuple::new(vm, &items);
        let arguments = tuple::from_owned(vm, vec![plain]);
        let class = vm.incref(types::TUPLE);
        Ok(tuple::pair(vm, class, arguments))
    })],
    getset: &[
        GetSet::read("year", |vm, this| Ok(vm.incref(tuple::item(vm, this, 0)))),
        GetSet::read("week", |vm, this| Ok(vm.incref(tuple::item(vm, this, 1)))),
        GetSet::read(
            "weekday",
            |vm, this| Ok(vm.incref(tuple::item(vm, this, 2))),
        ),
    ],
    doc: Some(
        "The result of date.isocalendar() or datetime.isocalendar()\n\n\
         This object may be accessed either as a tuple of\n  ((year, week, weekday)\n\
         or via the object attributes as named in the above tuple.",
    ),
    ..TypeSpec::new(types::ISO_CALENDAR_DATE, "datetime.IsoCalendarDate")
};

/// A new one.
pub fn new(vm: &mut Vm, (year, week, weekday): (i64, i64, i64)) -> PyResult<Own> {
    let object = alloc::alloc_generic(vm, types::ISO_CALENDAR_DATE, 3)?;
    for (i, part) in [year, week, weekday].into_iter().enumerate() {
        let part = int::new(vm, part);
        vm.init_field(object.addr(), tuple::ITEMS + 8 * i as u64, part);
    }
    gc::track(vm, object.addr());
    Ok(object)
}

fn construct(vm: &mut Vm, _class: Addr, args: Args) -> PyResult<Own> {
    const PARAMS: Params = Params::new("IsoCalendarDate", &["year", "week", "weekday"], 3);
    let mut given = [Addr::NULL; 3];
    PARAMS.parse(vm, args, |_, i, value| {
        given[i] = value;
        Ok(())
    })?;
    let mut numbers = [0; 3];
    for (number, value) in numbers.iter_mut().zip(given) {
        *number = arguments::c_int(vm, value, CInt::Clinic)?;
    }
    let [year, week, weekday] = numbers;
    new(vm, (year, week, weekday))
}

fn repr(vm: &mut Vm, this: Addr) -> PyResult<Own> {
    let mut parts = Vec::new();
    for (i, name) in ["year", "week", "weekday"].iter().enumerate() {
        let text = str::text_of(vm, tuple::item(vm, this, i))?;
        parts.push(format!("{name}={text}"));
    }
    let name = vm.tp_name(this);
    Ok(str::new(vm, &format!("{name}({})", parts.join(", "))))
}
