//! The type `dict`: slots and methods.

use super::keys::{self, DK_NENTRIES, Table};
use super::{MA_KEYS, MA_USED, MA_VALUES, values};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    BinaryOp, Builder, CompareOp, EMPTY_DICT_KEYS, Method, Slots, TypeSpec, alloc, class_getitem,
    flags, int, list, object, set, tuple, types,
};
use crate::python::vm::{Args, PyResult, Vm};

/// `dict`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 48,
    flags: flags::BASETYPE
        | flags::HAVE_GC
        | flags::DICT_SUBCLASS
        | flags::MATCH_SELF
        | flags::MAPPING,
    slots,
    methods: METHODS,
    ..TypeSpec::new(types::DICT, "dict")
};

fn slots(slots: &mut Slots) {
    slots.dealloc = Some(dealloc);
    slots.traverse = Some(traverse);
    slots.references = Some(references);
    slots.clear = Some(super::clear);
    slots.repr = Some(repr);
    slots.hash = Some(object::hash_not_implemented);
    slots.richcompare = Some(richcompare);
    slots.iter = Some(super::views::iter_keys);
    slots.init = Some(init);
    slots.new = Some(new);
    slots.sq_contains = Some(contains);
    slots.mp_length = Some(|vm, dict| Ok(super::len(vm, dict)));
    slots.mp_subscript = Some(subscript);
    slots.mp_ass_subscript = Some(assign_subscript);
    slots.binary[BinaryOp::Or as usize] = Some(or);
    slots.inplace[BinaryOp::Or as usize] = Some(inplace_or);
}

static METHODS: &[Method] = &[
    Method::new("__getitem__", "(key, /)", |vm, this, args| {
        subscript(vm, this, args.get(vm, 0))
    }),
    Method::new("__contains__", "(key, /)", |vm, this, args| {
        let found = contains(vm, this, args.get(vm, 0))?;
        Ok(vm.bool(found))
    }),
    Method::new("__sizeof__", "()", |vm, this, _| {
        let size = super::size_of(vm, this);
        Ok(int::new(vm, size as i64))
    }),
    Method::new("get", "(key, default=None, /)", get),
    Method::new("setdefault", "(key, default=None, /)", setdefault),
    Method::new("pop", "(key, default=<unrepresentable>, /)", pop),
    Method::new("popitem", "()", |vm, this, _| popitem(vm, this)),
    Method::new("keys", "()", |vm, this, _| {
        Ok(super::views::new_view(vm, types::DICT_KEYS, this))
    }),
    Method::new("items", "()", |vm, this, _| {
        Ok(super::views::new_view(vm, types::DICT_ITEMS, this))
    }),
    Method::new("values", "()", |vm, this, _| {
        Ok(super::views::new_view(vm, types::DICT_VALUES, this))
    }),
    Method::new("update", "(*args, **kwargs)", |vm, this, args| {
        update_from_args(vm, this, args, "update")?;
        Ok(vm.none())
    })
    .with_tuple(),
    Method::class("fromkeys", "(iterable, value=None, /)", fromkeys),
    Method::new("clear", "()", |vm, this, _| {
        super::clear(vm, this);
        Ok(vm.none())
    }),
    Method::new("copy", "()", |vm, this, _| super::copy(vm, this)),
    Method::new("__reversed__", "()", |vm, this, _| {
        Ok(super::views::new_iterator(
            vm,
            types::DICT_REVERSEKEYITERATOR,
            this,
        ))
    }),
    Method::class("__class_getitem__", "(object, /)", class_getitem::call),
];

fn dealloc(vm: &mut Vm, dict: Addr) {
    let ty = vm.type_of(dict);
    gc::untrack(vm, dict);
    if !vm.trashcan_begin(dict) {
        return;
    }
    let (keys, dict_values) = (vm.field(dict, MA_KEYS), vm.field(dict, MA_VALUES));
    if !dict_values.is_null() {
        if !values::is_embedded(vm, dict_values) {
            let room = values::room(vm, dict);
            values::drop_values(vm, dict_values, room);
        }
        keys::decref(vm, keys);
    } else if keys != EMPTY_DICT_KEYS {
        keys::decref(vm, keys);
    }
    if ty != types::DICT || !vm.freelists.dict.push(dict) {
        alloc::free(vm, dict);
    }
    vm.trashcan_end();
}

fn traverse(vm: &Vm, dict: Addr, visit: &mut dyn FnMut(Addr)) {
    visit_items(vm, dict, visit, false);
}

/// For the audit: also the keys of tables that hold only strings, and not the values that an instance owns.
fn references(vm: &Vm, dict: Addr, visit: &mut dyn FnMut(Addr)) {
    visit_items(vm, dict, visit, true);
}

fn visit_items(vm: &Vm, dict: Addr, visit: &mut dyn FnMut(Addr), all_keys: bool) {
    let dict_values = vm.field(dict, MA_VALUES);
    if !dict_values.is_null() {
        // Until 3.13 embedded values are visited by their instance.
        if vm.profile.dict_has_the_values || !values::is_embedded(vm, dict_values) {
            for entry in 0..values::room(vm, dict) {
                if let Some(value) = values::get(vm, dict_values, entry).some() {
                    visit(value);
                }
            }
        }
        return;
    }
    let table = Table::read(vm, vm.field(dict, MA_KEYS));
    for i in 0..vm.word(table.keys, DK_NENTRIES) {
        let value = table.value(vm, i);
        if !value.is_null() {
            visit(value);
            if all_keys || table.kind == keys::Kind::General {
                visit(table.key(vm, i));
            }
        }
    }
}

fn new(vm: &mut Vm, class: Addr, _args: Args) -> PyResult<Own> {
    // `dict()` does not look into the free list, as `{}` does.
    let dict = object::generic_alloc(vm, class, 0)?;
    if class == types::DICT && !vm.profile.dicts_are_tracked {
        gc::untrack(vm, dict.addr());
    }
    vm.set_word(dict.addr(), MA_KEYS, EMPTY_DICT_KEYS.0);
    if vm.profile.dict_call_makes_table {
        let table = keys::new(vm, keys::LOG_MINSIZE, keys::Kind::Unicode)?;
        vm.set_word(dict.addr(), MA_KEYS, table.0);
    }
    Ok(dict)
}

fn init(vm: &mut Vm, dict: Addr, args: Args) -> PyResult<()> {
    update_from_args(vm, dict, args, "dict")
}

/// `dict.update(*args, **kwargs)`: at most one positional, a mapping or pairs.
fn update_from_args(vm: &mut Vm, dict: Addr, args: Args, function: &str) -> PyResult<()> {
    if args.len() > 1 {
        return Err(vm.type_error(format!(
            "{function} expected at most 1 argument, got {}",
            args.len()
        )));
    }
    if let Some(source) = args.opt(vm, 0) {
        update_from(vm, dict, source)?;
    }
    for (name, value) in args.keywords(vm) {
        super::set(vm, dict, name, value)?;
    }
    Ok(())
}

fn update_from(vm: &mut Vm, dict: Addr, source: Addr) -> PyResult<()> {
    if vm.type_of(source) == types::DICT {
        return super::merge(vm, dict, source, true);
    }
    match vm.get_attr_opt(source, vm.names.keys)? {
        Some(method) => {
            vm.decref(method);
            super::update(vm, dict, source)
        }
        None => merge_pairs(vm, dict, source),
    }
}

/// A list or a tuple as it is, a list of any other iterable's items: `PySequence_Fast`.
fn sequence_fast(vm: &mut Vm, iterable: Addr) -> PyResult<Own> {
    if list::check(vm, iterable) || tuple::check(vm, iterable) {
        return Ok(vm.incref(iterable));
    }
    list::from_iterable(vm, iterable)
}

/// `dict(pairs)`. CPython: `PyDict_MergeFromSeq2`.
fn merge_pairs(vm: &mut Vm, dict: Addr, pairs: Addr) -> PyResult<()> {
    let iterator = vm.get_iter(pairs)?;
    let mut i = 0;
    while let Some(item) = vm.iter_next(iterator.addr())? {
        let pair = match sequence_fast(vm, item.addr()) {
            Ok(pair) => pair,
            Err(raised)
                if vm.raised_is(types::TYPE_ERROR) && vm.slots(item.addr()).iter.is_none() =>
            {
                let _ = raised;
                vm.clear_raised();
                return Err(vm.type_error(format!(
                    "cannot convert dictionary update sequence element #{i} to a sequence"
                )));
            }
            Err(raised) => return Err(raised),
        };
        let parts = match list::check(vm, pair.addr()) {
            true => list::items(vm, pair.addr()),
            false => tuple::items(vm, pair.addr()).into_iter().collect(),
        };
        let &[key, value] = &parts[..] else {
            let length = parts.len();
            return Err(vm.value_error(format!(
                "dictionary update sequence element #{i} has length {length}; 2 is required"
            )));
        };
        let (key, value) = (vm.incref(key), vm.incref(value));
        super::set(vm, dict, key.addr(), value.addr())?;
        vm.decref(key);
        vm.decref(value);
        vm.decref(pair);
        vm.decref(item);
        i += 1;
    }
    vm.decref(iterator);
    Ok(())
}

fn repr(vm: &mut Vm, dict: Addr) -> PyResult<Own> {
    use crate::python::object::str;
    if !vm.repr_enter(dict) {
        return Ok(str::new(vm, "{...}"));
    }
    let result = repr_items(vm, dict);
    vm.repr_leave(dict);
    result
}

fn repr_items(vm: &mut Vm, dict: Addr) -> PyResult<Own> {
    let (mut builder, mut position) = (Builder::new(), 0);
    builder.push_str("{");
    let mut first = true;
    while let Some((key, value)) = super::next(vm, dict, &mut position) {
        let (key, value) = (vm.incref(key), vm.incref(value));
        if !first {
            builder.push_str(", ");
        }
        first = false;
        for (object, after) in [(key, ": "), (value, "")] {
            let text = vm.repr(object.addr())?;
            builder.push(vm, text.addr());
            builder.push_str(after);
            vm.decref(text);
            vm.decref(object);
        }
    }
    builder.push_str("}");
    builder.finish(vm)
}

fn contains(vm: &mut Vm, dict: Addr, key: Addr) -> PyResult<bool> {
    Ok(super::get(vm, dict, key)?.is_some())
}

fn subscript(vm: &mut Vm, dict: Addr, key: Addr) -> PyResult<Own> {
    if let Some(value) = super::get(vm, dict, key)? {
        return Ok(vm.incref(value));
    }
    if vm.type_of(dict) != types::DICT
        && let Some(missing) = vm.lookup_special(dict, vm.names.__missing__)?
    {
        let result = vm.call(missing.addr(), &[key]);
        vm.decref(missing);
        return result;
    }
    Err(vm.key_error(key))
}

fn assign_subscript(vm: &mut Vm, dict: Addr, key: Addr, value: Option<Addr>) -> PyResult<()> {
    match value {
        Some(value) => super::set(vm, dict, key, value),
        None => match super::remove(vm, dict, key)? {
            Some(old) => {
                vm.decref(old);
                Ok(())
            }
            None => Err(vm.key_error(key)),
        },
    }
}

fn get(vm: &mut Vm, dict: Addr, args: Args) -> PyResult<Own> {
    let value = super::get(vm, dict, args.get(vm, 0))?;
    let value = value
        .or(args.opt(vm, 1))
        .unwrap_or(crate::python::object::NONE);
    Ok(vm.incref(value))
}

fn setdefault(vm: &mut Vm, dict: Addr, args: Args) -> PyResult<Own> {
    let default = args.opt(vm, 1).unwrap_or(crate::python::object::NONE);
    let value = super::set_default(vm, dict, args.get(vm, 0), default)?;
    Ok(vm.incref(value))
}

fn pop(vm: &mut Vm, dict: Addr, args: Args) -> PyResult<Own> {
    let key = args.get(vm, 0);
    if let Some(value) = super::remove(vm, dict, key)? {
        return Ok(value);
    }
    match args.opt(vm, 1) {
        Some(default) => Ok(vm.incref(default)),
        None => Err(vm.key_error(key)),
    }
}

/// The last item, removed. A split dict gets its own table first, as CPython does.
fn popitem(vm: &mut Vm, dict: Addr) -> PyResult<Own> {
    if super::len(vm, dict) == 0 {
        let message = crate::python::object::str::new(vm, "popitem(): dictionary is empty");
        return Err(vm.error_value(types::KEY_ERROR, message));
    }
    if !vm.field(dict, MA_VALUES).is_null() {
        let log2_size = vm.word(vm.field(dict, MA_KEYS), 8) & 0xFF;
        super::resize(vm, dict, log2_size as u32, true)?;
    }
    let table = Table::read(vm, vm.field(dict, MA_KEYS));
    keys::invalidate_version(vm, table.keys);
    let mut i = vm.word(table.keys, DK_NENTRIES);
    while i > 0 && table.value(vm, i - 1).is_null() {
        i -= 1;
    }
    let entry = i - 1;
    let hash = table.hash(vm, entry);
    let (key, value) = (table.key(vm, entry), table.value(vm, entry));
    table.unlink(vm, hash, entry);
    table.set_entry(vm, entry, 0, Addr::NULL, Addr::NULL);
    vm.set_word(table.keys, DK_NENTRIES, entry);
    let used = vm.word(dict, MA_USED);
    vm.set_word(dict, MA_USED, used - 1);
    Ok(tuple::from_owned(
        vm,
        vec![Own::from_addr(key), Own::from_addr(value)],
    ))
}

fn fromkeys(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let value = args.opt(vm, 1).unwrap_or(crate::python::object::NONE);
    let dict = vm.call(class, &[])?;
    let iterable = args.get(vm, 0);
    let exact = vm.type_of(dict.addr()) == types::DICT;
    if exact && super::len(vm, dict.addr()) == 0 && fromkeys_of(vm, dict.addr(), iterable, value)? {
        return Ok(dict);
    }
    let iterator = vm.get_iter(iterable)?;
    while let Some(key) = vm.iter_next(iterator.addr())? {
        if exact {
            super::set(vm, dict.addr(), key.addr(), value)?;
        } else {
            vm.set_item(dict.addr(), key.addr(), Some(value))?;
        }
        vm.decref(key);
    }
    vm.decref(iterator);
    Ok(dict)
}

/// Fills an empty dict with the keys of a dict or a set, whose hashes are known; `false` where it is neither. CPython:
/// `dict_dict_fromkeys`, `dict_set_fromkeys`.
fn fromkeys_of(vm: &mut Vm, dict: Addr, given: Addr, value: Addr) -> PyResult<bool> {
    let is_dict = vm.type_of(given) == types::DICT;
    if !is_dict && !set::check_exact(vm, given) {
        return Ok(false);
    }
    let (count, are_strings) = match is_dict {
        true => (
            super::len(vm, given),
            Table::read(vm, vm.field(given, MA_KEYS)).kind != keys::Kind::General,
        ),
        false => (set::len(vm, given), false),
    };
    if vm.profile.fromkeys_makes_room {
        let log2_size = super::estimate_log2_keysize(vm.profile, count as u64);
        super::resize(vm, dict, log2_size, are_strings)?;
    }
    let (mut position, mut slot) = (0, 0);
    loop {
        let next = match is_dict {
            true => super::next_entry(vm, given, &mut position).map(|(hash, key, _)| (key, hash)),
            false => set::table::next(vm, given, &mut slot),
        };
        let Some((key, hash)) = next else {
            return Ok(true);
        };
        let (key, value) = (vm.incref(key), vm.incref(value));
        super::set_hashed(vm, dict, key, hash, value)?;
    }
}

fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    let both = vm.has_flag(left, flags::DICT_SUBCLASS) && vm.has_flag(right, flags::DICT_SUBCLASS);
    if !both || !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(vm.not_implemented());
    }
    let equal = equal(vm, left, right)?;
    Ok(vm.bool(equal == (op == CompareOp::Eq)))
}

/// Whether two dicts have equal items. CPython: `dict_equal`.
pub(super) fn equal(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<bool> {
    if super::len(vm, left) != super::len(vm, right) {
        return Ok(false);
    }
    let mut position = 0;
    while let Some((hash, key, value)) = super::next_entry(vm, left, &mut position) {
        let (key, value) = (vm.incref(key), vm.incref(value));
        let other = super::get_hashed(vm, right, key.addr(), hash)?;
        let same = match other {
            Some(other) => {
                let other = vm.incref(other);
                let same = vm.equal(value.addr(), other.addr())?;
                vm.decref(other);
                same
            }
            None => false,
        };
        vm.decref(key);
        vm.decref(value);
        if !same {
            return Ok(false);
        }
    }
    Ok(true)
}

fn or(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if !vm.has_flag(left, flags::DICT_SUBCLASS) || !vm.has_flag(right, flags::DICT_SUBCLASS) {
        return Ok(vm.not_implemented());
    }
    let merged = super::copy(vm, left)?;
    update_from(vm, merged.addr(), right)?;
    Ok(merged)
}

fn inplace_or(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    update_from(vm, left, right)?;
    Ok(vm.incref(left))
}
