//! `collections.OrderedDict`: a dict with its own order. CPython: `PyODictObject`, Objects/odictobject.c.

mod methods;
pub mod nodes;
mod update;
pub mod views;

use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    BinaryOp, CompareOp, GetSet, NOT_IMPLEMENTED, Slots, TRUE, TypeSpec, dict, flags, list, object,
    str,
    text::{self, Text},
    tuple, types, weakref,
};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `od_inst_dict`.
const DICT: u64 = 96;
/// Offset of `od_weakreflist`.
const WEAKREFS: u64 = 104;

/// `collections.OrderedDict`
pub static SPEC: TypeSpec = TypeSpec {
    base: types::DICT,
    basicsize: 112,
    dictoffset: DICT as u32,
    weaklistoffset: WEAKREFS as u32,
    flags: flags::HAVE_GC
        | flags::BASETYPE
        | flags::DICT_SUBCLASS
        | flags::MAPPING
        | flags::MATCH_SELF,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(dealloc);
        slots.traverse = Some(traverse);
        slots.references = Some(references);
        slots.clear = Some(clear_all);
        slots.repr = Some(repr);
        slots.hash = Some(object::hash_not_implemented);
        slots.richcompare = Some(richcompare);
        slots.iter = Some(|vm, od| views::iter(vm, od, views::KEYS));
        slots.init = Some(init);
        slots.mp_ass_subscript = Some(assign_subscript);
        slots.binary[BinaryOp::Or as usize] = Some(or);
        slots.inplace[BinaryOp::Or as usize] = Some(|vm, od, other| {
            update::from_argument(vm, od, other)?;
            Ok(vm.incref(od))
        });
    },
    methods: methods::METHODS,
    getset: &[GetSet::write(
        "__dict__",
        object::get_dict,
        |vm, od, _name, value| object::set_dict(vm, od, value),
    )],
    doc: Some("Dictionary that remembers insertion order"),
    ..TypeSpec::new(types::ORDERED_DICT, "collections.OrderedDict")
};

/// Whether the object is an `OrderedDict` or an instance of a subclass.
pub fn check(vm: &Vm, object: Addr) -> bool {
    vm.type_check(object, types::ORDERED_DICT)
}

/// `od[key] = value` of the type itself: `PyODict_SetItem`.
pub fn set(vm: &mut Vm, od: Addr, key: Addr, value: Addr) -> PyResult<()> {
    let hash = dict::hash_of(vm, key)?;
    let (own_key, value) = (vm.incref(key), vm.incref(value));
    dict::set_hashed(vm, od, own_key, hash, value)?;
    match nodes::add(vm, od, key, hash) {
        Ok(()) => Ok(()),
        Err(raised) => {
            let kept = vm.take_raised();
            if let Ok(removed) = dict::remove_hashed(vm, od, key, hash) {
                vm.xdecref(removed);
            }
            vm.clear_raised();
            vm.raised = kept;
            Err(raised)
        }
    }
}

/// Takes a key out and gives its value: `_odict_popkey_hash`.
pub fn pop(vm: &mut Vm, od: Addr, key: Addr) -> PyResult<Option<Own>> {
    let hash = dict::hash_of(vm, key)?;
    let held = vm.incref(key);
    if let Some(node) = nodes::find(vm, od, key, hash)? {
        nodes::remove(vm, od, node)?;
    }
    let value = dict::remove_hashed(vm, od, key, hash)?;
    vm.decref(held);
    Ok(value)
}

fn assign_subscript(vm: &mut Vm, od: Addr, key: Addr, value: Option<Addr>) -> PyResult<()> {
    match value {
        Some(value) => set(vm, od, key, value),
        None => match pop(vm, od, key)? {
            Some(value) => {
                vm.decref(value);
                Ok(())
            }
            None => Err(vm.key_error(key)),
        },
    }
}

fn init(vm: &mut Vm, od: Addr, args: Args) -> PyResult<()> {
    if args.len() > 1 {
        let given = args.len();
        return Err(vm.type_error(format!("expected at most 1 arguments, got {given}")));
    }
    update::update(vm, od, args)
}

fn dealloc(vm: &mut Vm, od: Addr) {
    gc::untrack(vm, od);
    if !vm.trashcan_begin(od) {
        return;
    }
    vm.set_field(od, DICT, None);
    if vm.word(od, WEAKREFS) != 0 {
        weakref::clear_refs(vm, od);
    }
    nodes::clear(vm, od);
    if let Some(dealloc) = vm.type_data(types::DICT).slots.dealloc {
        dealloc(vm, od);
    }
    vm.trashcan_end();
}

fn traverse(vm: &Vm, od: Addr, visit: &mut dyn FnMut(Addr)) {
    visit_own(vm, od, visit);
    if let Some(traverse) = vm.type_data(types::DICT).slots.traverse {
        traverse(vm, od, visit);
    }
}

fn references(vm: &Vm, od: Addr, visit: &mut dyn FnMut(Addr)) {
    visit_own(vm, od, visit);
    if let Some(references) = vm.type_data(types::DICT).slots.references {
        references(vm, od, visit);
    }
}

/// Visits what an `OrderedDict` holds besides its items.
fn visit_own(vm: &Vm, od: Addr, visit: &mut dyn FnMut(Addr)) {
    if let Some(attributes) = vm.field(od, DICT).some() {
        visit(attributes);
    }
    for node in nodes::all(vm, od) {
        visit(nodes::key(vm, node));
    }
}

fn clear_all(vm: &mut Vm, od: Addr) {
    vm.set_field(od, DICT, None);
    clear(vm, od);
}

/// Removes everything.
pub fn clear(vm: &mut Vm, od: Addr) {
    dict::clear(vm, od);
    nodes::clear(vm, od);
}

fn repr(vm: &mut Vm, od: Addr) -> PyResult<Own> {
    let name = vm.type_data(vm.type_of(od)).name.clone();
    if dict::len(vm, od) == 0 {
        return Ok(str::new(vm, &format!("{name}()")));
    }
    if !vm.repr_enter(od) {
        return Ok(str::new(vm, "..."));
    }
    let result = repr_items(vm, od, &name);
    vm.repr_leave(od);
    result
}

fn repr_items(vm: &mut Vm, od: Addr, name: &str) -> PyResult<Own> {
    let is_exact = vm.type_of(od) == types::ORDERED_DICT;
    let shown = match vm.profile.ordered_dicts_show_pairs {
        true if is_exact => list_of_pairs(vm, od)?,
        false if is_exact => dict::copy(vm, od)?,
        as_list => {
            let items = vm.call_method(od, vm.names.items, &[])?;
            let shown = match as_list {
                true => list::from_iterable(vm, items.addr())?,
                false => vm.call(types::DICT, &[items.addr()])?,
            };
            vm.decref(items);
            shown
        }
    };
    let mut text = Text::new();
    text.push_str(name);
    text.push_str("(");
    text::push_repr(vm, &mut text, shown.addr())?;
    vm.decref(shown);
    text.push_str(")");
    text.finish(vm)
}

fn list_of_pairs(vm: &mut Vm, od: Addr) -> PyResult<Own> {
    let mut pairs = Vec::new();
    for node in nodes::all(vm, od) {
        let (key, hash) = (nodes::key(vm, node), nodes::hash(vm, node));
        if let Some(value) = dict::get_hashed(vm, od, key, hash)? {
            pairs.push(tuple::new(vm, &[key, value]));
        }
    }
    list::from_owned(vm, pairs)
}

/// Equal to another dict with the same items; to another `OrderedDict` only in the same order.
fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    let comparable = check(vm, left)
        && vm.has_flag(right, flags::DICT_SUBCLASS)
        && matches!(op, CompareOp::Eq | CompareOp::Ne);
    let Some(compare) = vm
        .type_data(types::DICT)
        .slots
        .richcompare
        .filter(|_| comparable)
    else {
        return Ok(vm.not_implemented());
    };
    let result = compare(vm, left, right, CompareOp::Eq)?;
    if result.addr() == NOT_IMPLEMENTED {
        return Ok(result);
    }
    let mut equal = result.addr() == TRUE;
    vm.decref(result);
    if equal && check(vm, right) {
        equal = same_order(vm, left, right)?;
    }
    Ok(vm.bool(equal == (op == CompareOp::Eq)))
}

fn same_order(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<bool> {
    let states = [left, right].map(|od| vm.word(od, nodes::STATE));
    let pairs = std::iter::zip(nodes::all(vm, left), nodes::all(vm, right));
    for (a, b) in pairs {
        let (a, b) = (nodes::key(vm, a), nodes::key(vm, b));
        let equal = vm.equal(a, b)?;
        if states != [left, right].map(|od| vm.word(od, nodes::STATE)) {
            return Err(vm.runtime_error("OrderedDict mutated during iteration"));
        }
        if !equal {
            return Ok(false);
        }
    }
    Ok(true)
}

fn or(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    let (own, other) = if check(vm, left) {
        (left, right)
    } else {
        (right, left)
    };
    if !vm.has_flag(other, flags::DICT_SUBCLASS) {
        return Ok(vm.not_implemented());
    }
    let class = vm.type_of(own);
    let result = vm.call(class, &[left])?;
    update::from_argument(vm, result.addr(), right)?;
    Ok(result)
}
