//! `_tracemalloc`: what `Lib/tracemalloc.py` is built on. CPython: Modules/_tracemalloc.c.

use super::{NativeModule, int_argument};
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, alloc, flags, int, list, str, tuple};
use crate::python::vm::{Args, PyResult, Vm};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// `MAX_NFRAME`
const FRAMES_MAX: i32 = 65535;

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "_tracemalloc",
    methods: &[
        Method::new("is_tracing", "()", is_tracing),
        Method::new("clear_traces", "()", clear_traces),
        Method::new("_get_traces", "()", get_traces),
        Method::new("_get_object_traceback", "(obj, /)", get_object_traceback),
        Method::new("start", "(nframe=1, /)", start),
        Method::new("stop", "()", stop),
        Method::new("get_traceback_limit", "()", get_traceback_limit),
        Method::new("get_tracemalloc_memory", "()", get_tracemalloc_memory),
        Method::new("get_traced_memory", "()", get_traced_memory),
        Method::new("reset_peak", "()", reset_peak),
    ],
    types: &[],
    init: |_, _| Ok(()),
};

fn is_tracing(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    Ok(vm.bool(vm.heap.is_traced()))
}

fn start(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let frames = match args.opt(vm, 0) {
        Some(frames) => int_argument(vm, frames)?,
        None => 1,
    };
    if !(1..=FRAMES_MAX).contains(&frames) {
        return Err(vm.value_error(format!(
            "the number of frames must be in range [1; {FRAMES_MAX}]"
        )));
    }
    if !vm.heap.is_traced() {
        vm.start_tracing(frames as usize);
    }
    Ok(vm.none())
}

fn stop(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    vm.stop_tracing();
    Ok(vm.none())
}

fn clear_traces(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    vm.heap.trace_mut().clear();
    Ok(vm.none())
}

fn reset_peak(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    vm.heap.trace_mut().reset_peak();
    Ok(vm.none())
}

fn get_traceback_limit(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    Ok(int::new(vm, vm.heap.trace().limit() as i64))
}

fn get_tracemalloc_memory(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    let bytes = vm.heap.trace().own_bytes();
    Ok(int::new(vm, bytes as i64))
}

fn get_traced_memory(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    let (traced, peak) = vm.heap.trace().memory();
    let items = vec![int::new(vm, traced as i64), int::new(vm, peak as i64)];
    Ok(tuple::from_owned(vm, items))
}

fn get_object_traceback(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let object = args.get(vm, 0);
    let mut type_flags = vm.type_flags(vm.type_of(object));
    if !vm.profile.tracebacks_know_dicts {
        type_flags &= !flags::PREHEADER;
    }
    let block = object.before(alloc::presize(type_flags));
    match vm.heap.trace().get(block) {
        Some(trace) => traceback_tuple(vm, trace.place()),
        None => Ok(vm.none()),
    }
}

/// `((file, line), …)`, the most recent call first.
fn traceback_tuple(vm: &mut Vm, number: u32) -> PyResult<Own> {
    let places = vm.heap.trace().traceback(number);
    let mut frames = Vec::with_capacity(places.len());
    for place in places {
        let (file, line) = vm.traced_codes.location(place);
        let file = file.to_owned();
        let file = str::intern(vm, &file);
        let line = int::new(vm, i64::from(line));
        frames.push(tuple::from_owned(vm, vec![file, line]));
    }
    Ok(tuple::from_owned(vm, frames))
}

/// `[(domain, size, traceback, total), …]`. The list is made first, so that it is among them.
fn get_traces(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    let rows = list::new(vm);
    let traces: Vec<_> = vm.heap.trace().iter().map(|(_, trace)| trace).collect();
    trace_rows(vm, rows, &traces)
}

fn trace_rows(
    vm: &mut Vm,
    rows: Own,
    traces: &[crate::python::memory::tracemalloc::Trace],
) -> PyResult<Own> {
    let mut tuples: HashMap<u32, Own> = HashMap::new();
    for trace in traces {
        let number = trace.place();
        if let Entry::Vacant(vacant) = tuples.entry(number) {
            vacant.insert(traceback_tuple(vm, number)?);
        }
        let places = vm.heap.trace().traceback(number);
        let total = places.first().map_or(1, |place| place.depth);
        let traceback = vm.incref(tuples[&number].addr());
        let row = vec![
            int::new(vm, 0),
            int::new(vm, i64::from(trace.size)),
            traceback,
            int::new(vm, i64::from(total)),
        ];
        let row = tuple::from_owned(vm, row);
        list::append(vm, rows.addr(), row)?;
    }
    let mut tuples: Vec<(u32, Own)> = tuples.into_iter().collect();
    tuples.sort_by_key(|(number, _)| *number);
    for (_, made) in tuples {
        vm.decref(made);
    }
    Ok(rows)
}
