//! Questions about the object graph: `gc.get_objects`, `gc.get_referrers`, `gc.get_referents`.

use super::list::{GENERATIONS, generation_head};
use super::reachable::{has_header, referents};
use crate::python::memory::Addr;
use crate::python::object::{exception, flags, frame, generator, types};
use crate::python::vm::{PyResult, Vm};

/// All tracked objects of a generation, or of all; those that were frozen are in none.
pub fn objects(vm: &Vm, generation: Option<usize>) -> Vec<Addr> {
    let generations = generation.map_or(0..GENERATIONS, |i| i..i + 1);
    generations
        .flat_map(|i| generation_head(i).iter(&vm.heap.space))
        .collect()
}

/// The tracked objects that refer directly to any of `targets`, in the order of the generations' lists.
pub fn referrers(vm: &Vm, targets: &[Addr]) -> Vec<Addr> {
    let mut found = Vec::new();
    objects(vm, None)
        .into_iter()
        .filter(|object| {
            referents(vm, *object, &mut found);
            found.iter().any(|referent| targets.contains(referent))
        })
        .collect()
}

/// What an object refers to, as the collector sees it; nothing for objects without a collector header.
pub fn direct_referents(vm: &Vm, object: Addr) -> Vec<Addr> {
    let mut found = Vec::new();
    if has_header(vm, object) {
        referents(vm, object, &mut found);
        let class = vm.type_of(object);
        let is_cache = class == types::LRU_CACHE_WRAPPER;
        if is_cache {
            links_as_types(vm, &mut found);
        }
        let is_told = !is_cache || vm.profile.caches_tell_types;
        if is_told && vm.type_flags(class) & flags::NATIVE_HEAP != 0 {
            found.insert(0, class);
        }
    }
    found
}

/// The links of a cache have no collector header; where their type is one of the heap, the cache tells that for each of
/// them, and once more for itself.
fn links_as_types(vm: &Vm, found: &mut Vec<Addr>) {
    let is_link = |object: &Addr| vm.type_of(*object) == types::LRU_LIST_ELEM;
    if !vm.profile.caches_tell_types {
        // The mark before keywords was the module's.
        found.retain(|object| !is_link(object) && vm.type_of(*object) != types::OBJECT);
        return;
    }
    for object in found.iter_mut().filter(|object| is_link(object)) {
        *object = types::LRU_LIST_ELEM;
    }
    found.push(types::LRU_LIST_ELEM);
}

/// What an object refers to where frames are objects from their start: a generator to its frame, and a frame to all that it
/// can name. Nothing for other objects, and where frames are none.
pub fn referents_of_frames(vm: &mut Vm, object: Addr) -> PyResult<Option<Vec<Addr>>> {
    if vm.profile.frame_size.is_none() {
        return Ok(None);
    }
    Ok(match vm.type_of(object) {
        types::FRAME => Some(frame::referents(vm, object)?),
        types::GENERATOR | types::COROUTINE | types::ASYNC_GENERATOR => {
            let mut found = Vec::new();
            if let Some(frame) = frame_of(vm, object)? {
                found.push(frame);
            }
            found.push(generator::code(vm, object));
            found.extend([generator::NAME, generator::QUALNAME].map(|at| vm.field(object, at)));
            if let Some(handled) = vm.field(object, generator::EXC_VALUE).some() {
                found.extend([vm.type_of(handled), handled]);
                found.extend(vm.field(handled, exception::offsets::TRACEBACK).some());
            }
            Some(found)
        }
        _ => None,
    })
}

/// The frame of a generator that has not ended; the generator holds it.
fn frame_of(vm: &mut Vm, generator: Addr) -> PyResult<Option<Addr>> {
    if generator::state(vm, generator) > generator::EXECUTING {
        return Ok(None);
    }
    let frame = generator::get_frame(vm, generator)?;
    let held = frame.addr();
    vm.decref(frame);
    Ok(Some(held))
}

/// Where frames are objects from their start, what a generator's frame holds is the frame's and not the generator's.
pub fn frames_as_referrers(vm: &mut Vm, found: &mut [Addr], targets: &[Addr]) -> PyResult<()> {
    for referrer in found {
        let is_target = |referent: &Addr| targets.contains(referent);
        let own = referents_of_frames(vm, *referrer)?;
        if own.is_some_and(|own| !own.iter().any(is_target))
            && let Some(frame) = frame_of(vm, *referrer)?
        {
            *referrer = frame;
        }
    }
    Ok(())
}
