//! The method resolution order: C3 linearisation. CPython: `mro_implementation`, `pmerge`.

use super::layout;
use crate::python::memory::Addr;
use crate::python::object::{flags, tuple, types};
use crate::python::vm::typedata::{TP_BASES, TP_MRO};
use crate::python::vm::{PyResult, Vm};

/// Linearises `class` over its bases' orders.
///
/// # Errors
/// `TypeError` when the bases contradict each other.
pub fn linearize(vm: &mut Vm, class: Addr) -> PyResult<Vec<Addr>> {
    let bases = tuple::items(vm, vm.field(class, TP_BASES));
    if let Some(duplicate) = bases
        .iter()
        .enumerate()
        .find_map(|(i, base)| bases[..i].contains(base).then_some(*base))
    {
        let name = vm.type_data(duplicate).name.to_string();
        return Err(vm.type_error(format!("duplicate base class {name}")));
    }
    // A class whose own `mro()` still runs has no order.
    if let Some(incomplete) = bases.iter().find(|base| vm.field(**base, TP_MRO).is_null()) {
        let name = vm.type_data(*incomplete).name.to_string();
        return Err(vm.type_error(format!("Cannot extend an incomplete type '{name}'")));
    }
    let mut sequences: Vec<Vec<Addr>> = bases
        .iter()
        .map(|base| vm.type_data(*base).mro.clone())
        .collect();
    sequences.push(bases);
    let mut order = vec![class];
    loop {
        sequences.retain(|sequence| !sequence.is_empty());
        if sequences.is_empty() {
            return Ok(order);
        }
        let in_a_tail = |candidate: &Addr| {
            sequences
                .iter()
                .any(|sequence| sequence[1..].contains(candidate))
        };
        let Some(next) = sequences
            .iter()
            .map(|sequence| sequence[0])
            .find(|candidate| !in_a_tail(candidate))
        else {
            return Err(inconsistent(vm, &sequences));
        };
        order.push(next);
        for sequence in &mut sequences {
            if sequence[0] == next {
                sequence.remove(0);
            }
        }
    }
}

fn inconsistent(vm: &mut Vm, sequences: &[Vec<Addr>]) -> crate::python::vm::Raised {
    let mut names: Vec<String> = Vec::new();
    for sequence in sequences {
        let name = vm.type_data(sequence[0]).name.to_string();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    vm.type_error(format!(
        "Cannot create a consistent method resolution order (MRO) for bases {}",
        names.join(", ")
    ))
}

/// `class.mro()`: asks the metaclass's method, where that is not `type` itself. CPython: `mro_invoke`.
pub fn compute(vm: &mut Vm, class: Addr) -> PyResult<Vec<Addr>> {
    let metaclass = vm.type_of(class);
    if metaclass == types::TYPE {
        return linearize(vm, class);
    }
    let mro_name = vm.names.mro;
    let method = vm.type_lookup(metaclass, mro_name);
    let is_own = method != vm.type_lookup(types::TYPE, mro_name);
    let Some(result) = vm.call_special(class, mro_name, &[])? else {
        return linearize(vm, class);
    };
    let items = tuple::from_iterable(vm, result.addr())?;
    vm.decref(result);
    let order = tuple::items(vm, items.addr());
    for item in &order {
        if !vm.has_flag(*item, flags::TYPE_SUBCLASS) {
            let name = vm.type_name(*item);
            return Err(vm.type_error(format!("mro() returned a non-class ('{name}')")));
        }
        if is_own && !layout::is_suitable(vm, class, *item) {
            let name = vm.type_data(*item).name.to_string();
            return Err(vm.type_error(format!(
                "mro() returned base with unsuitable layout ('{name}')"
            )));
        }
    }
    vm.decref(items);
    Ok(order)
}
