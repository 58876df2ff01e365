//! `list.sort`: what surrounds the merges. The list is empty while its items are compared, so that a key or
//! a comparison that touches it is found out. CPython: `list_sort_impl`.

use super::merge::{Merge, Row};
use super::{ALLOCATED, OB_ITEM, items_addr, len, set_len};
use crate::python::memory::{Addr, Own};
use crate::python::object::{CompareOp, NONE, NOT_IMPLEMENTED, float, int, str, tuple, types};
use crate::python::vm::{PyResult, Vm};

/// `allocated` of a list that is being sorted; any change overwrites it.
const SORTING: u64 = u64::MAX;
/// Keys of so many items fit in CPython's `MergeState`; more need a block.
const KEYS_ON_STACK: usize = 128;

/// `list.sort(key=key, reverse=reverse)`; `key` may be `NULL`.
pub fn sort(vm: &mut Vm, list: Addr, key: Addr, reverse: bool) -> PyResult<()> {
    let saved = [
        vm.word(list, OB_ITEM),
        len(vm, list) as u64,
        vm.word(list, ALLOCATED),
    ];
    vm.set_word(list, OB_ITEM, 0);
    set_len(vm, list, 0);
    vm.set_word(list, ALLOCATED, SORTING);
    let key = key.some().filter(|key| *key != NONE);
    let result = sort_detached(vm, Addr(saved[0]), saved[1] as usize, key, reverse);
    let modified = vm.word(list, ALLOCATED) != SORTING;
    let (intruders, count) = (items_addr(vm, list), len(vm, list));
    vm.set_word(list, OB_ITEM, saved[0]);
    set_len(vm, list, saved[1] as usize);
    vm.set_word(list, ALLOCATED, saved[2]);
    let result = match result {
        Ok(()) if modified => Err(vm.value_error("list modified during sort")),
        result => result,
    };
    if !intruders.is_null() {
        super::drop_items(vm, intruders, count);
    }
    result
}

/// Sorts the array of a list that has forgotten it.
fn sort_detached(
    vm: &mut Vm,
    items: Addr,
    count: usize,
    key: Option<Addr>,
    reverse: bool,
) -> PyResult<()> {
    let keys = match key {
        None => None,
        Some(key) => Some(Keys::make(vm, items, count, key)?),
    };
    let words = vm.heap.space.units::<u64>(items, count).to_vec();
    let mut rows: Vec<Row> = match &keys {
        None => words.iter().map(|word| (*word, *word)).collect(),
        Some(keys) => std::iter::zip(keys.words.iter().copied(), words).collect(),
    };
    if reverse {
        rows.reverse();
    }
    let result = sort_rows(vm, &mut rows);
    if let Some(keys) = keys {
        keys.release(vm);
    }
    if reverse {
        rows.reverse();
    }
    let target = vm.heap.space.units_mut::<u64>(items, rows.len());
    for (word, row) in std::iter::zip(target, rows) {
        *word = row.1;
    }
    result
}

/// What the key function gave, item by item.
struct Keys {
    words: Vec<u64>,
    block: Addr,
}

impl Keys {
    fn make(vm: &mut Vm, items: Addr, count: usize, key: Addr) -> PyResult<Keys> {
        let block = if count < KEYS_ON_STACK {
            Addr::NULL
        } else {
            match vm.heap.try_alloc(8 * count) {
                Ok(block) => block,
                Err(_) => return Err(vm.memory_error()),
            }
        };
        let mut keys = Keys {
            words: Vec::with_capacity(count),
            block,
        };
        for i in 0..count as u64 {
            let item = vm.field(items, 8 * i);
            match vm.call(key, &[item]) {
                Ok(made) => keys.words.push(made.into_addr().0),
                Err(raised) => {
                    keys.words.reverse();
                    keys.release(vm);
                    return Err(raised);
                }
            }
        }
        Ok(keys)
    }

    fn release(self, vm: &mut Vm) {
        for word in self.words {
            vm.decref_word(word);
        }
        vm.heap.free(self.block);
    }
}

/// What the look at the keys before the sort found: `unsafe_*_compare`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Ints of 64 bits.
    Int,
    /// Floats without a NaN.
    Float,
    /// Strings.
    Str,
    /// All of one type: its own comparison is asked first.
    Same(Addr),
    /// Tuples.
    Tuples,
    /// Anything.
    Mixed,
}

fn sort_rows(vm: &mut Vm, rows: &mut [Row]) -> PyResult<()> {
    if rows.len() < 2 {
        return Ok(());
    }
    match kind_of(vm, rows) {
        Kind::Int => sort_by_number(rows, |key| int::as_i64(vm, key).unwrap_or(0)),
        Kind::Float => rows.sort_by(|left, right| {
            let (left, right) = (
                float::value(vm, Addr(left.0)),
                float::value(vm, Addr(right.0)),
            );
            left.partial_cmp(&right)
                .unwrap_or(std::cmp::Ordering::Equal)
        }),
        Kind::Str => {
            rows.sort_by(|left, right| {
                str::view(vm, Addr(left.0)).cmp(&str::view(vm, Addr(right.0)))
            });
        }
        Kind::Same(ty) => {
            return Merge::new(rows, |vm: &mut Vm, left, right| {
                less_same_type(vm, ty, left, right)
            })
            .sort(vm);
        }
        Kind::Tuples => return Merge::new(rows, less_tuples).sort(vm),
        Kind::Mixed => {
            return Merge::new(rows, |vm: &mut Vm, left, right| {
                vm.rich_compare_bool(left, right, CompareOp::Lt)
            })
            .sort(vm);
        }
    }
    Ok(())
}

/// Sorts stably by a number: comparing cannot be seen or fail, so the order of the comparisons is free.
fn sort_by_number(rows: &mut [Row], number: impl Fn(Addr) -> i64) {
    let mut numbered: Vec<(i64, Row)> =
        rows.iter().map(|row| (number(Addr(row.0)), *row)).collect();
    numbered.sort_by_key(|row| row.0);
    for (row, sorted) in std::iter::zip(rows, numbered) {
        *row = sorted.1;
    }
}

fn kind_of(vm: &Vm, rows: &[Row]) -> Kind {
    let keys = || rows.iter().map(|row| Addr(row.0));
    let first = vm.type_of(Addr(rows[0].0));
    if !keys().all(|key| vm.type_of(key) == first) {
        return Kind::Mixed;
    }
    match first {
        types::INT if keys().all(|key| int::as_i64(vm, key).is_some()) => Kind::Int,
        types::FLOAT if !keys().any(|key| float::value(vm, key).is_nan()) => Kind::Float,
        types::STR => Kind::Str,
        types::TUPLE if keys().all(|key| tuple::len(vm, key) > 0) => Kind::Tuples,
        _ if vm.type_data(first).slots.richcompare.is_some() => Kind::Same(first),
        _ => Kind::Mixed,
    }
}

/// `left < right` by the comparison of their common type, in full only if that says `NotImplemented`.
fn less_same_type(vm: &mut Vm, ty: Addr, left: Addr, right: Addr) -> PyResult<bool> {
    let richcompare = match vm.type_data(ty).slots.richcompare {
        Some(richcompare) if vm.type_of(left) == ty && vm.type_of(right) == ty => richcompare,
        _ => return vm.rich_compare_bool(left, right, CompareOp::Lt),
    };
    let result = richcompare(vm, left, right, CompareOp::Lt)?;
    if result.addr() == NOT_IMPLEMENTED {
        vm.decref(result);
        return vm.rich_compare_bool(left, right, CompareOp::Lt);
    }
    truth(vm, result)
}

fn truth(vm: &mut Vm, result: Own) -> PyResult<bool> {
    let truth = vm.is_true(result.addr())?;
    vm.decref(result);
    Ok(truth)
}

/// `left < right` for two tuples: the first items that differ decide.
fn less_tuples(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<bool> {
    let (left_len, right_len) = (tuple::len(vm, left), tuple::len(vm, right));
    for i in 0..left_len.min(right_len) {
        let (a, b) = (tuple::item(vm, left, i), tuple::item(vm, right, i));
        if !vm.equal(a, b)? {
            return vm.rich_compare_bool(a, b, CompareOp::Lt);
        }
    }
    Ok(left_len < right_len)
}
