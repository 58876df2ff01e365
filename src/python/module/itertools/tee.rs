//! `itertools.tee`: iterators that share what they read in a chain of blocks of 57 values. CPython:
//! `teeobject`, `teedataobject`.

use super::{iterator_slots, make, pickle};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    Method, NONE, OB_REFCNT, Slots, TypeSpec, alloc, flags, index, int, iterator, list, tuple,
    types, weakref,
};
use crate::python::vm::{Args, PyResult, Vm};

/// Values in a block: `LINKCELLS`.
const CELLS: u64 = 57;

/// Offset of `dataobj`: the block that the iterator stands in.
const DATA: u64 = 16;
/// Offset of `index`: where in the block.
const INDEX: u64 = 24;
/// Offset of `weakreflist`.
const WEAKREFS: u64 = 32;

/// Offset in a block of `it`.
const ITERATOR: u64 = 16;
/// Offset in a block of `numread` and, above it, `running`, 32 bits each.
const READ: u64 = 24;
/// Offset in a block of `nextlink`.
const NEXT_LINK: u64 = 32;
/// Offset in a block of the values.
const VALUES: u64 = 40;

/// `itertools._tee`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 48,
    weaklistoffset: WEAKREFS as u32,
    flags: flags::HAVE_GC,
    slots: |slots: &mut Slots| {
        iterator_slots!(slots, &[DATA], new_slot, next);
        slots.dealloc = Some(dealloc);
        slots.clear = Some(|vm, tee| iterator::clear_fields(vm, tee, &[DATA]));
    },
    methods: &[
        Method::new("__copy__", "()", copy),
        Method::new("__reduce__", "()", reduce),
        Method::new("__setstate__", "(state, /)", setstate),
    ],
    doc: Some("Iterator wrapped to make it copyable."),
    ..TypeSpec::new(types::IT_TEE, "itertools._tee")
};

/// `itertools._tee_dataobject`
pub static DATA_SPEC: TypeSpec = TypeSpec {
    basicsize: 496,
    flags: flags::HAVE_GC,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, data| {
            gc::untrack(vm, data);
            clear_data(vm, data);
            alloc::free(vm, data);
        });
        slots.new = Some(new_data);
        slots.traverse = Some(traverse_data);
        slots.clear = Some(clear_data);
    },
    methods: &[Method::new("__reduce__", "()", reduce_data)],
    doc: Some(
        "teedataobject(iterable, values, next, /)\n--\n\nData container common to multiple tee objects.",
    ),
    ..TypeSpec::new(types::IT_TEEDATAOBJECT, "itertools._tee_dataobject")
};

/// `itertools.tee(iterable, n=2)`
pub fn tee(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let n = match args.opt(vm, 1) {
        None => 2,
        Some(n) => index::ssize(vm, n)?,
    };
    if n < 0 {
        return Err(vm.value_error("n must be >= 0"));
    }
    let result = tuple::filled_null(vm, n as usize)?;
    if n == 0 {
        return Ok(result);
    }
    let iterator = vm.get_iter(args.get(vm, 0))?;
    let copyable = match vm.get_attr_opt(iterator.addr(), vm.names.__copy__)? {
        Some(method) => {
            vm.decref(method);
            iterator
        }
        None => {
            let tee = from_iterable(vm, types::IT_TEE, iterator.addr())?;
            vm.decref(iterator);
            tee
        }
    };
    let copy = vm.get_attr(copyable.addr(), vm.names.__copy__)?;
    vm.init_field(result.addr(), tuple::ITEMS, copyable);
    for i in 1..n as u64 {
        let other = vm.call(copy.addr(), &[])?;
        vm.init_field(result.addr(), tuple::ITEMS + 8 * i, other);
    }
    vm.decref(copy);
    Ok(result)
}

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    index::no_keywords(vm, "tee", args)?;
    index::check_positional(vm, "tee", args.len(), 1, 1)?;
    let iterable = args.get(vm, 0);
    from_iterable(vm, class, iterable)
}

fn from_iterable(vm: &mut Vm, class: Addr, iterable: Addr) -> PyResult<Own> {
    let iterator = vm.get_iter(iterable)?;
    if vm.type_of(iterator.addr()) == types::IT_TEE {
        let copy = copy(vm, iterator.addr(), Args::NONE)?;
        vm.decref(iterator);
        return Ok(copy);
    }
    let data = make(vm, types::IT_TEEDATAOBJECT, [(ITERATOR, iterator)])?;
    make(vm, class, [(DATA, data)])
}

fn copy(vm: &mut Vm, tee: Addr, _args: Args) -> PyResult<Own> {
    let data = vm.incref(vm.field(tee, DATA));
    let copy = make(vm, vm.type_of(tee), [(DATA, data)])?;
    let index = vm.word(tee, INDEX);
    vm.set_word(copy.addr(), INDEX, index);
    Ok(copy)
}

fn next(vm: &mut Vm, tee: Addr) -> PyResult<Option<Own>> {
    let mut data = vm.field(tee, DATA);
    if data.is_null() {
        return Ok(None);
    }
    let mut at = vm.word(tee, INDEX);
    if at >= CELLS {
        data = following(vm, data)?;
        let link = vm.incref(data);
        vm.set_field(tee, DATA, Some(link));
        at = 0;
        vm.set_word(tee, INDEX, 0);
    }
    let item = item(vm, data, at)?;
    if item.is_some() {
        vm.set_word(tee, INDEX, at + 1);
    }
    Ok(item)
}

/// The block after this one, made when it is first needed.
fn following(vm: &mut Vm, data: Addr) -> PyResult<Addr> {
    if let Some(link) = vm.field(data, NEXT_LINK).some() {
        return Ok(link);
    }
    let iterator = vm.incref(vm.field(data, ITERATOR));
    let link = make(vm, types::IT_TEEDATAOBJECT, [(ITERATOR, iterator)])?;
    let address = link.addr();
    vm.init_field(data, NEXT_LINK, link);
    Ok(address)
}

/// Value `at` of a block, read from the iterator if nobody has yet.
fn item(vm: &mut Vm, data: Addr, at: u64) -> PyResult<Option<Own>> {
    let (read, running) = (vm.word(data, READ) & 0xFFFF_FFFF, vm.word(data, READ) >> 32);
    if at < read {
        let value = vm.field(data, VALUES + 8 * at);
        return Ok(Some(vm.incref(value)));
    }
    if running != 0 {
        return Err(vm.runtime_error("cannot re-enter the tee iterator"));
    }
    vm.set_word(data, READ, read | 1 << 32);
    let value = vm.iter_next(vm.field(data, ITERATOR));
    vm.set_word(data, READ, read);
    let Some(value) = value? else {
        return Ok(None);
    };
    vm.set_word(data, READ, read + 1);
    let kept = vm.incref(value.addr());
    vm.init_field(data, VALUES + 8 * at, kept);
    Ok(Some(value))
}

fn dealloc(vm: &mut Vm, tee: Addr) {
    gc::untrack(vm, tee);
    if vm.word(tee, WEAKREFS) != 0 {
        weakref::clear_refs(vm, tee);
    }
    iterator::dealloc_fields(vm, tee, &[DATA]);
}

fn traverse_data(vm: &Vm, data: Addr, visit: &mut dyn FnMut(Addr)) {
    iterator::visit_fields(vm, data, &[ITERATOR], visit);
    for i in 0..(vm.word(data, READ) & 0xFFFF_FFFF).min(CELLS) {
        iterator::visit_fields(vm, data, &[VALUES + 8 * i], visit);
    }
    iterator::visit_fields(vm, data, &[NEXT_LINK], visit);
}

/// Drops what a block holds; a chain of blocks that nobody else holds dies one by one, not nested.
fn clear_data(vm: &mut Vm, data: Addr) {
    vm.set_field(data, ITERATOR, None);
    for i in 0..(vm.word(data, READ) & 0xFFFF_FFFF).min(CELLS) {
        vm.set_field(data, VALUES + 8 * i, None);
    }
    let mut link = vm.replace_field(data, NEXT_LINK, None);
    while let Some(block) = link {
        link = if vm.word(block.addr(), OB_REFCNT) == 1 {
            vm.replace_field(block.addr(), NEXT_LINK, None)
        } else {
            None
        };
        vm.decref(block);
    }
}

fn reduce(vm: &mut Vm, tee: Addr, _args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    let empty = tuple::new(vm, &[]);
    let data = vm.incref(vm.field(tee, DATA));
    let index = vm.word(tee, INDEX) as i64;
    let index = int::new(vm, index);
    let state = tuple::pair(vm, data, index);
    Ok(pickle::reduced(vm, tee, vec![empty], Some(state)))
}

fn setstate(vm: &mut Vm, tee: Addr, args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    let state = args.get(vm, 0);
    let parts = pickle::items(vm, state, 2, 2)?;
    if vm.type_of(parts[0]) != types::IT_TEEDATAOBJECT {
        let name = vm.type_name(parts[0]);
        return Err(vm.type_error(format!(
            "argument 1 must be itertools._tee_dataobject, not {name}"
        )));
    }
    let index = index::ssize(vm, parts[1])?;
    if index < 0 || index as u64 > CELLS {
        return Err(vm.value_error("Index out of range"));
    }
    let data = vm.incref(parts[0]);
    vm.set_field(tee, DATA, Some(data));
    vm.set_word(tee, INDEX, index as u64);
    Ok(vm.none())
}

/// `_tee_dataobject(iterator, values, next)`
fn new_data(vm: &mut Vm, _class: Addr, args: Args) -> PyResult<Own> {
    index::check_positional(vm, "teedataobject", args.len(), 3, 3)?;
    let [iterator, values, link] = [0, 1, 2].map(|i| args.get(vm, i));
    if !vm.has_flag(values, flags::LIST_SUBCLASS) {
        let name = vm.type_name(values);
        return Err(vm.type_error(format!(
            "teedataobject() argument 2 must be list, not {name}"
        )));
    }
    let count = list::len(vm, values) as u64;
    let link_fits = match count {
        CELLS => link == NONE || vm.type_of(link) == types::IT_TEEDATAOBJECT,
        _ => count < CELLS && link == NONE,
    };
    if !link_fits {
        return Err(vm.value_error("Invalid arguments"));
    }
    let iterator = vm.incref(iterator);
    let data = make(vm, types::IT_TEEDATAOBJECT, [(ITERATOR, iterator)])?;
    for i in 0..count {
        let value = vm.incref(list::item(vm, values, i as usize));
        vm.init_field(data.addr(), VALUES + 8 * i, value);
    }
    vm.set_word(data.addr(), READ, count);
    if link != NONE {
        let link = vm.incref(link);
        vm.init_field(data.addr(), NEXT_LINK, link);
    }
    Ok(data)
}

fn reduce_data(vm: &mut Vm, data: Addr, _args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    let values = list::new(vm);
    for i in 0..vm.word(data, READ) & 0xFFFF_FFFF {
        let value = vm.incref(vm.field(data, VALUES + 8 * i));
        list::append(vm, values.addr(), value)?;
    }
    let iterator = vm.incref(vm.field(data, ITERATOR));
    let link = vm.field(data, NEXT_LINK).some().unwrap_or(NONE);
    let link = vm.incref(link);
    Ok(pickle::reduced(
        vm,
        data,
        vec![iterator, values, link],
        None,
    ))
}
