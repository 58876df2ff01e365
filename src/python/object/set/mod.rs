//! `set` and `frozenset`: open addressing with linear probes. CPython: `PySetObject`, Objects/setobject.c.

mod algebra;
pub mod iterator;
mod methods;
pub mod table;

use super::{
    CompareOp, Slots, TypeSpec, alloc, dict, flags, index, list, object,
    text::{self, Text},
    types,
};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Raised, Vm};

/// The hash of an element.
fn hash_element(vm: &mut Vm, element: Addr) -> PyResult<i64> {
    match vm.hash(element) {
        Err(Raised) if vm.profile.tells_what_key => Err(vm.unhashable_as(element, "a set element")),
        hash => hash,
    }
}

/// Offset of `weakreflist`.
pub const WEAKREFS: u64 = 192;

/// `set`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 200,
    weaklistoffset: WEAKREFS as u32,
    flags: flags::BASETYPE | flags::HAVE_GC | flags::MATCH_SELF,
    slots: |slots: &mut Slots| {
        common_slots(slots);
        slots.clear = Some(table::clear);
        slots.hash = Some(object::hash_not_implemented);
        slots.init = Some(init);
        slots.new = Some(|vm, class, _args| make(vm, class, None));
        algebra::inplace_slots(slots);
    },
    methods: methods::SET,
    doc: Some("Build an unordered collection of unique elements."),
    ..TypeSpec::new(types::SET, "set")
};

/// `frozenset`
pub static FROZENSET_SPEC: TypeSpec = TypeSpec {
    basicsize: 200,
    weaklistoffset: WEAKREFS as u32,
    flags: flags::BASETYPE | flags::HAVE_GC | flags::MATCH_SELF,
    slots: |slots: &mut Slots| {
        common_slots(slots);
        slots.clear = Some(table::clear);
        slots.hash = Some(hash);
        slots.new = Some(new_frozenset_slot);
    },
    methods: methods::FROZENSET,
    doc: Some("Build an immutable unordered collection of unique elements."),
    ..TypeSpec::new(types::FROZENSET, "frozenset")
};

fn common_slots(slots: &mut Slots) {
    slots.dealloc = Some(dealloc);
    slots.traverse = Some(traverse);
    slots.repr = Some(repr);
    slots.richcompare = Some(richcompare);
    slots.iter = Some(iterator::iter);
    slots.sq_length = Some(|vm, set| Ok(len(vm, set)));
    slots.sq_contains = Some(contains_key);
    algebra::slots(slots);
}

/// Whether the object is a `set` or `frozenset`, or an instance of a subclass: `PyAnySet_Check`.
#[inline]
pub fn check(vm: &Vm, object: Addr) -> bool {
    let ty = vm.type_of(object);
    ty == types::SET
        || ty == types::FROZENSET
        || (vm.type_flags(ty) & flags::HEAPTYPE != 0
            && (vm.is_subtype(ty, types::SET) || vm.is_subtype(ty, types::FROZENSET)))
}

/// Whether it is one of the two themselves: `PyAnySet_CheckExact`.
#[inline]
pub fn check_exact(vm: &Vm, object: Addr) -> bool {
    matches!(vm.type_of(object), types::SET | types::FROZENSET)
}

/// A new set of a type, with the elements of an iterable: `make_new_set`.
pub fn make(vm: &mut Vm, ty: Addr, iterable: Option<Addr>) -> PyResult<Own> {
    let set = alloc::alloc(vm, ty, 0)?;
    table::init(vm, set.addr());
    gc::track(vm, set.addr());
    if let Some(iterable) = iterable {
        update(vm, set.addr(), iterable)?;
    }
    Ok(set)
}

/// The same of `set` or `frozenset` itself, whichever the type inherits from.
pub fn make_base(vm: &mut Vm, ty: Addr, iterable: Option<Addr>) -> PyResult<Own> {
    let base = match ty {
        types::SET | types::FROZENSET => ty,
        _ if vm.is_subtype(ty, types::SET) => types::SET,
        _ => types::FROZENSET,
    };
    make(vm, base, iterable)
}

/// A new empty set.
pub fn new(vm: &mut Vm) -> Own {
    let set = alloc::alloc_granted(vm, types::SET, 0);
    table::init(vm, set.addr());
    gc::track(vm, set.addr());
    set
}

/// `frozenset(items)`
pub fn new_frozenset(vm: &mut Vm, items: &[Addr]) -> PyResult<Own> {
    let set = make(vm, types::FROZENSET, None)?;
    for item in items {
        add(vm, set.addr(), *item)?;
    }
    Ok(set)
}

/// A copy that is a plain `set` or `frozenset`: `set_copy`.
pub fn copy(vm: &mut Vm, set: Addr) -> PyResult<Own> {
    let ty = vm.type_of(set);
    make_base(vm, ty, Some(set))
}

/// Adds `key`, making a new reference to it if it was not there.
#[inline]
pub fn add(vm: &mut Vm, set: Addr, key: Addr) -> PyResult<()> {
    let hash = hash_element(vm, key)?;
    table::add(vm, set, key, hash)
}

/// Adds everything that `iterable` gives.
pub fn update(vm: &mut Vm, set: Addr, iterable: Addr) -> PyResult<()> {
    if check(vm, iterable) {
        return table::merge(vm, set, iterable);
    }
    if vm.type_of(iterable) == types::DICT {
        return update_dict(vm, set, iterable);
    }
    let iterator = vm.get_iter(iterable)?;
    while let Some(key) = vm.iter_next(iterator.addr())? {
        add(vm, set, key.addr())?;
        vm.decref(key);
    }
    vm.decref(iterator);
    Ok(())
}

/// Adds the keys of a dict, with room for all of them at once.
fn update_dict(vm: &mut Vm, set: Addr, other: Addr) -> PyResult<()> {
    let count = dict::len(vm, other);
    table::make_room(vm, set, count as u64)?;
    let mut position = 0;
    while let Some((hash, key, _)) = dict::next_entry(vm, other, &mut position) {
        table::add(vm, set, key, hash)?;
    }
    Ok(())
}

/// `key in set`
pub fn contains(vm: &mut Vm, set: Addr, key: Addr) -> PyResult<bool> {
    let hash = hash_element(vm, key)?;
    table::contains(vm, set, key, hash)
}

/// Removes `key` if it is there, and drops it: `PySet_Discard`.
pub fn discard(vm: &mut Vm, set: Addr, key: Addr) -> PyResult<bool> {
    let hash = hash_element(vm, key)?;
    let taken = table::take(vm, set, key, hash)?;
    let found = taken.is_some();
    vm.xdecref(taken);
    Ok(found)
}

/// The number of elements.
#[inline(always)]
pub fn len(vm: &Vm, set: Addr) -> usize {
    table::len(vm, set)
}

/// Every element in table order, borrowed.
pub fn elements(vm: &Vm, set: Addr) -> Vec<Addr> {
    let mut elements = Vec::with_capacity(len(vm, set));
    let mut position = 0;
    while let Some((key, _)) = table::next(vm, set, &mut position) {
        elements.push(key);
    }
    elements
}

/// `key in set`, where a `set` as a key stands for the frozenset with its elements.
fn contains_key(vm: &mut Vm, set: Addr, key: Addr) -> PyResult<bool> {
    match contains(vm, set, key) {
        Ok(found) => Ok(found),
        Err(raised) => {
            let key = frozen_key(vm, key, raised)?;
            let found = contains(vm, set, key.addr())?;
            vm.decref(key);
            Ok(found)
        }
    }
}

/// The frozenset that stands for an unhashable `set` used as a key; any other error goes on.
fn frozen_key(vm: &mut Vm, key: Addr, raised: crate::python::vm::Raised) -> PyResult<Own> {
    if !vm.type_check(key, types::SET) || !vm.raised_is(types::TYPE_ERROR) {
        return Err(raised);
    }
    vm.clear_raised();
    make(vm, types::FROZENSET, Some(key))
}

fn init(vm: &mut Vm, set: Addr, args: Args) -> PyResult<()> {
    let name = vm.type_name(set);
    if args.keyword_count() > 0 {
        return Err(vm.type_error("set() takes no keyword arguments"));
    }
    let iterable = index::one_positional(vm, args, &name, true)?;
    table::clear(vm, set);
    vm.set_word(set, table::HASH, u64::MAX);
    match iterable {
        Some(iterable) => update(vm, set, iterable),
        None => Ok(()),
    }
}

fn new_frozenset_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let exact = class == types::FROZENSET;
    let refuses = index::new_refuses_keywords(vm, class, types::FROZENSET);
    let iterable = index::one_positional(vm, args, "frozenset", refuses)?;
    if exact
        && let Some(iterable) = iterable
        && vm.type_of(iterable) == types::FROZENSET
    {
        return Ok(vm.incref(iterable));
    }
    let made = make(vm, class, iterable)?;
    if exact && vm.profile.atom_frozensets_untracked && holds_atoms(vm, made.addr()) {
        gc::untrack(vm, made.addr());
    }
    if !exact || !vm.profile.frozenset_is_single || len(vm, made.addr()) != 0 {
        return Ok(made);
    }
    // The first empty one is kept for all.
    if vm.empty_frozenset.is_null() {
        vm.empty_frozenset = vm.incref(made.addr()).into_addr();
    }
    vm.decref(made);
    Ok(vm.incref(vm.empty_frozenset))
}

/// Whether the collector has nothing to follow in a set.
fn holds_atoms(vm: &Vm, set: Addr) -> bool {
    let mut position = 0;
    while let Some((key, _)) = table::next(vm, set, &mut position) {
        if gc::may_be_tracked(vm, key) {
            return false;
        }
    }
    true
}

fn dealloc(vm: &mut Vm, set: Addr) {
    gc::untrack(vm, set);
    if !vm.trashcan_begin(set) {
        return;
    }
    if vm.word(set, WEAKREFS) != 0 {
        super::weakref::clear_refs(vm, set);
    }
    table::drop_all(vm, set);
    alloc::free(vm, set);
    vm.trashcan_end();
}

fn traverse(vm: &Vm, set: Addr, visit: &mut dyn FnMut(Addr)) {
    let mut position = 0;
    while let Some((key, _)) = table::next(vm, set, &mut position) {
        visit(key);
    }
}

fn repr(vm: &mut Vm, set: Addr) -> PyResult<Own> {
    let name = vm.type_name(set);
    if len(vm, set) == 0 {
        return Ok(super::str::new(vm, &format!("{name}()")));
    }
    if !vm.repr_enter(set) {
        return Ok(super::str::new(vm, &format!("{name}(...)")));
    }
    let mut text = Text::new();
    let plain = vm.type_of(set) == types::SET;
    if !plain {
        text.push_str(&name);
        text.push_str("(");
    }
    text.push_str("{");
    let result = push_elements(vm, &mut text, set);
    vm.repr_leave(set);
    result?;
    text.push_str(if plain { "}" } else { "})" });
    text.finish(vm)
}

/// Appends the `repr` of every element that the set has at this moment.
fn push_elements(vm: &mut Vm, text: &mut Text, set: Addr) -> PyResult<()> {
    let items = list::from_iterable(vm, set)?;
    for i in 0..list::len(vm, items.addr()) {
        if i > 0 {
            text.push_str(", ");
        }
        text::push_repr(vm, text, list::item(vm, items.addr(), i))?;
    }
    vm.decref(items);
    Ok(())
}

/// Independent of the order: `frozenset_hash`.
fn hash(vm: &mut Vm, set: Addr) -> PyResult<i64> {
    let known = vm.word(set, table::HASH) as i64;
    if known != -1 {
        return Ok(known);
    }
    let shuffle = |hash: u64| ((hash ^ 89_869_747) ^ (hash << 16)).wrapping_mul(3_644_798_167);
    let mut hash = 0;
    let mut position = 0;
    while let Some((_, key_hash)) = table::next(vm, set, &mut position) {
        hash ^= shuffle(key_hash as u64);
    }
    hash ^= (len(vm, set) as u64 + 1).wrapping_mul(1_927_868_237);
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash = hash.wrapping_mul(69_069).wrapping_add(907_133_923);
    if hash == u64::MAX {
        hash = 590_923_713;
    }
    vm.set_word(set, table::HASH, hash);
    Ok(hash as i64)
}

fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    if !check(vm, right) || !check(vm, left) {
        return Ok(vm.not_implemented());
    }
    let (left_len, right_len) = (len(vm, left), len(vm, right));
    let holds = match op {
        CompareOp::Eq => sets_equal(vm, left, right)?,
        CompareOp::Ne => !sets_equal(vm, left, right)?,
        CompareOp::Le => algebra::is_subset(vm, left, right)?,
        CompareOp::Ge => algebra::is_subset(vm, right, left)?,
        CompareOp::Lt => left_len < right_len && algebra::is_subset(vm, left, right)?,
        CompareOp::Gt => left_len > right_len && algebra::is_subset(vm, right, left)?,
    };
    Ok(vm.bool(holds))
}

fn sets_equal(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<bool> {
    if len(vm, left) != len(vm, right) {
        return Ok(false);
    }
    let hashes = [left, right].map(|set| vm.word(set, table::HASH) as i64);
    if hashes[0] != -1 && hashes[1] != -1 && hashes[0] != hashes[1] {
        return Ok(false);
    }
    algebra::is_subset(vm, left, right)
}

/// Drops all elements.
pub fn clear(vm: &mut Vm, set: Addr) {
    table::clear(vm, set);
}
