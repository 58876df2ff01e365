//! `gc`: the collector's controls. CPython: Modules/gcmodule.c (3.13).

use super::{NativeModule, add, add_int, int_argument};
use crate::python::gc::{self, GENERATIONS, PERMANENT, debug, generation_head, inspect};
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, NONE, dict, float, int, list, tuple};
use crate::python::vm::{Args, PyResult, Vm};

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "gc",
    methods: &[
        Method::new("enable", "()", enable),
        Method::new("disable", "()", disable),
        Method::new("isenabled", "()", isenabled),
        Method::new("set_debug", "(flags, /)", set_debug),
        Method::new("get_debug", "()", get_debug),
        Method::new("get_count", "()", get_count),
        Method::new("set_threshold", "(*args)", set_threshold),
        Method::new("get_threshold", "()", get_threshold),
        Method::new("collect", "(generation=2)", collect),
        Method::new("get_objects", "(generation=None)", get_objects),
        Method::new("get_stats", "()", get_stats),
        Method::new("is_tracked", "(obj, /)", is_tracked),
        Method::new("is_finalized", "(obj, /)", is_finalized),
        Method::new("get_referrers", "(*objs)", get_referrers),
        Method::new("get_referents", "(*objs)", get_referents).with_tuple(),
        Method::new("freeze", "()", freeze),
        Method::new("unfreeze", "()", unfreeze),
        Method::new("get_freeze_count", "()", get_freeze_count),
    ],
    types: &[],
    init,
};

fn init(vm: &mut Vm, module: Addr) -> PyResult<()> {
    if vm.gc.garbage.is_null() {
        vm.gc.garbage = list::new(vm).into_addr();
        vm.gc.callbacks = list::new(vm).into_addr();
    }
    for (name, list) in [("garbage", vm.gc.garbage), ("callbacks", vm.gc.callbacks)] {
        let list = vm.incref(list);
        add(vm, module, name, list);
    }
    let flags = [
        ("DEBUG_STATS", debug::STATS),
        ("DEBUG_COLLECTABLE", debug::COLLECTABLE),
        ("DEBUG_UNCOLLECTABLE", debug::UNCOLLECTABLE),
        ("DEBUG_SAVEALL", debug::SAVEALL),
        ("DEBUG_LEAK", debug::LEAK),
    ];
    for (name, flag) in flags {
        add_int(vm, module, name, i64::from(flag));
    }
    Ok(())
}

fn enable(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    vm.gc.enabled = true;
    Ok(vm.none())
}

fn disable(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    vm.gc.enabled = false;
    Ok(vm.none())
}

fn isenabled(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    Ok(vm.bool(vm.gc.enabled))
}

fn set_debug(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let flags = int_argument(vm, args.get(vm, 0))?;
    vm.gc.debug = flags as u32;
    Ok(vm.none())
}

fn get_debug(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    Ok(int::new(vm, i64::from(vm.gc.debug as i32)))
}

fn get_count(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    let counts = vm.gc.generations.map(|generation| generation.count);
    int_tuple(vm, &counts)
}

fn get_threshold(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    let thresholds = vm.gc.generations.map(|generation| generation.threshold);
    int_tuple(vm, &thresholds)
}

fn int_tuple(vm: &mut Vm, values: &[i32]) -> PyResult<Own> {
    let items = values
        .iter()
        .map(|value| int::new(vm, i64::from(*value)))
        .collect();
    Ok(tuple::from_owned(vm, items))
}

fn set_threshold(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let given = args.len();
    if !(1..=GENERATIONS).contains(&given) {
        let text = match (vm.profile.messages.thresholds_are_counted, given) {
            (false, _) => "gc.set_threshold requires 1 to 3 arguments".to_owned(),
            (true, 0) => "set_threshold() takes at least 1 argument (0 given)".to_owned(),
            (true, _) => format!("set_threshold() takes at most 3 arguments ({given} given)"),
        };
        return Err(vm.type_error(text));
    }
    for i in 0..given {
        let threshold = int_argument(vm, args.get(vm, i))?;
        vm.gc.generations[i].threshold = threshold;
    }
    Ok(vm.none())
}

fn collect(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let generation = match args.opt(vm, 0) {
        Some(generation) => int_argument(vm, generation)?,
        None => GENERATIONS as i32 - 1,
    };
    if !(0..GENERATIONS as i32).contains(&generation) {
        return Err(vm.value_error("invalid generation"));
    }
    let found = gc::collect(vm, generation as usize);
    Ok(int::new(vm, found as i64))
}

fn get_objects(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    // CPython's default is -1, so that -1 means all generations too.
    let generation = match args.opt(vm, 0) {
        Some(generation) if generation != NONE => int_argument(vm, generation)?,
        _ => -1,
    };
    if generation >= GENERATIONS as i32 {
        return Err(vm.value_error(format!(
            "generation parameter must be less than the number of available generations ({GENERATIONS})"
        )));
    }
    if generation < -1 {
        return Err(vm.value_error("generation parameter cannot be negative"));
    }
    let objects = inspect::objects(vm, usize::try_from(generation).ok());
    new_list(vm, &objects)
}

/// A list that grows by appending, as CPython's does here.
fn new_list(vm: &mut Vm, objects: &[Addr]) -> PyResult<Own> {
    let list = list::new(vm);
    for object in objects {
        let object = vm.incref(*object);
        list::append(vm, list.addr(), object)?;
    }
    Ok(list)
}

fn get_stats(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    let rows = list::new(vm);
    for stats in vm.gc.stats {
        let row = dict::new(vm);
        let columns = [
            ("collections", stats.collections),
            ("collected", stats.collected),
            ("uncollectable", stats.uncollectable),
        ];
        for (name, value) in columns {
            let value = int::new(vm, value as i64);
            dict::set_name(vm, row.addr(), name, value);
        }
        if vm.profile.gc_tells_candidates {
            let candidates = int::new(vm, stats.candidates as i64);
            dict::set_name(vm, row.addr(), "candidates", candidates);
            let duration = float::new(vm, stats.duration());
            dict::set_name(vm, row.addr(), "duration", duration);
        }
        list::append(vm, rows.addr(), row)?;
    }
    Ok(rows)
}

fn is_tracked(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let tracked = gc::is_tracked(vm, args.get(vm, 0));
    Ok(vm.bool(tracked))
}

fn is_finalized(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let finalized = gc::is_finalized(vm, args.get(vm, 0));
    Ok(vm.bool(finalized))
}

fn get_referrers(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let targets = args.to_vec(vm);
    // The tuple of the arguments is there, but not told.
    let held = vm.hold_arguments(args)?;
    let mut referrers = inspect::referrers(vm, &targets);
    referrers.retain(|referrer| *referrer != held.tuple());
    inspect::frames_as_referrers(vm, &mut referrers, &targets)?;
    let list = new_list(vm, &referrers);
    vm.drop_arguments(held);
    list
}

fn get_referents(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let objects = args.to_vec(vm);
    let mut referents = Vec::new();
    for object in objects {
        referents.extend(match inspect::referents_of_frames(vm, object)? {
            Some(found) => found,
            None => inspect::direct_referents(vm, object),
        });
    }
    new_list(vm, &referents)
}

fn freeze(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    gc::collect::freeze(vm);
    Ok(vm.none())
}

fn unfreeze(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    gc::collect::unfreeze(vm);
    vm.gc.frozen = 0;
    Ok(vm.none())
}

fn get_freeze_count(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    let count = generation_head(PERMANENT).len(&vm.heap.space);
    Ok(int::new(vm, (count + vm.gc.frozen) as i64))
}
