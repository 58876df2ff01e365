//! Questions about the object graph: `gc.get_objects`, `gc.get_referrers`, `gc.get_referents`.

use super::list::{GENERATIONS, generation_head};
use super::reachable::{has_header, referents};
use crate::python::memory::Addr;
use crate::python::object::flags;
use crate::python::vm::Vm;

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
        if vm.type_flags(class) & flags::NATIVE_HEAP != 0 {
            found.insert(0, class);
        }
    }
    found
}
