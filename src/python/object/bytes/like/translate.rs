//! `translate` and `maketrans`.

use super::{content, make, unchanged};
use crate::python::memory::{Addr, Own};
use crate::python::object::{NONE, buffer, bytes, types};
use crate::python::vm::{Args, PyResult, Vm};

pub(in crate::python::object) fn translate(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    let table = args.get(vm, 0);
    let table = if table == NONE {
        None
    } else {
        let table = buffer::content(vm, table)?;
        if table.len() != 256 {
            return Err(vm.value_error("translation table must be 256 characters long"));
        }
        Some(table)
    };
    let delete = match args.opt(vm, 1) {
        Some(delete) => buffer::content(vm, delete)?,
        None => Vec::new(),
    };
    let mut gone = [false; 256];
    delete
        .iter()
        .for_each(|byte| gone[usize::from(*byte)] = true);
    let map = |byte: &u8| {
        table
            .as_ref()
            .map_or(*byte, |table| table[usize::from(*byte)])
    };
    let text = content(vm, object);
    let result: Vec<u8> = text
        .iter()
        .filter(|byte| !gone[usize::from(**byte)])
        .map(map)
        .collect();
    if result == text && vm.type_of(object) == types::BYTES {
        return unchanged(vm, object);
    }
    make(vm, object, &result)
}

pub(in crate::python::object) fn maketrans(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let from = buffer::content(vm, args.get(vm, 0))?;
    let to = buffer::content(vm, args.get(vm, 1))?;
    if from.len() != to.len() {
        return Err(vm.value_error("maketrans arguments must have same length"));
    }
    let mut table: Vec<u8> = (0..=255).collect();
    for (from, to) in from.iter().zip(&to) {
        table[usize::from(*from)] = *to;
    }
    Ok(bytes::new(vm, &table))
}
