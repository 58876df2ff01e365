//! Reference counts of objects that never die, in versions that count them all the same: those before PEP 683.

use crate::python::memory::Addr;
use crate::python::object::{
    BYTE_BYTES, ELLIPSIS, EMPTY_BYTES, EMPTY_STR, EMPTY_TUPLE, FALSE, INTERNED_APART, LATIN1_STRS,
    NONE, NOT_IMPLEMENTED, OB_REFCNT, SMALL_INTS, STATICS_FREE, TRUE, types,
};
use crate::python::vm::Vm;
use std::collections::HashMap;

/// The measured table: object, then a column for each version.
const TABLE: &str = include_str!("counts.txt");

/// The count that stands for none: so high that it never ends.
pub const NO_REFERENCE: u64 = 1 << 30;

/// What a version without immortal objects says of those that never die.
#[derive(Clone, Copy, Debug)]
pub struct StartCounts {
    /// Its column in the table.
    pub column: usize,
    /// What it adds for objects that stand in CPython's data: in 3.11 one less than 1 000 000 000.
    pub in_data: u64,
}

impl StartCounts {
    /// Gives each such object the count that it has when a program begins. From then on what the program does counts.
    pub fn set(self, vm: &mut Vm) {
        let rows = self.read();
        let held = |name: &str, default| rows.get(name).copied().unwrap_or(default);
        for (object, name) in [
            (NONE, "None"),
            (TRUE, "True"),
            (FALSE, "False"),
            (ELLIPSIS, "Ellipsis"),
            (NOT_IMPLEMENTED, "NotImplemented"),
            (EMPTY_TUPLE, "()"),
            (EMPTY_STR, "''"),
            (EMPTY_BYTES, "b''"),
        ] {
            set(vm, object, held(name, 4));
        }
        for value in -5..=256i64 {
            let object = SMALL_INTS.at(32 * (value + 5) as u64);
            set(vm, object, held(&value.to_string(), 2));
        }
        for unit in 0..256u64 {
            let least = u64::from(self.in_data == 0);
            set(
                vm,
                LATIN1_STRS.at(80 * unit),
                held(&format!("U+{unit:04X}"), least),
            );
            set(vm, BYTE_BYTES.at(48 * unit), 1);
        }
        for unit in vm.profile.interned_apart.bytes() {
            let name = format!("interned:U+{unit:04X}");
            set(vm, INTERNED_APART.at(80 * u64::from(unit)), held(&name, 0));
            set(vm, LATIN1_STRS.at(80 * u64::from(unit)), 1);
        }
        for index in 0..types::COUNT {
            let object = types::static_type_addr(index);
            let name = vm.type_data(object).name.to_string();
            set(vm, object, held(&name, 20));
        }
    }

    /// What `sys.getrefcount` says of one of them.
    pub fn visible(self, vm: &Vm, object: Addr) -> u64 {
        let in_data = (EMPTY_TUPLE.0..STATICS_FREE.0).contains(&object.0);
        let more = if in_data { self.in_data } else { 0 };
        (more + vm.refcount(object)).saturating_sub(NO_REFERENCE)
    }

    fn read(self) -> HashMap<&'static str, u64> {
        let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
        rows.filter_map(|line| {
            let mut cells = line.split(' ');
            let name = cells.next()?;
            Some((name, cells.nth(self.column)?.parse().ok()?))
        })
        .collect()
    }
}

fn set(vm: &mut Vm, object: Addr, held: u64) {
    vm.set_word(object, OB_REFCNT, NO_REFERENCE + held);
}
