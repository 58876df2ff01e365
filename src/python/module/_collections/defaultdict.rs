//! `collections.defaultdict`: a dict with a function for missing keys. CPython: `defdictobject`.

use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    BinaryOp, Member, MemberKind, Method, NONE, Slots, TypeSpec, class_getitem, dict, flags,
    text::{self, Text},
    tuple, types,
};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `default_factory`, after the dict.
const FACTORY: u64 = 48;

/// `collections.defaultdict`
pub static SPEC: TypeSpec = TypeSpec {
    base: types::DICT,
    basicsize: 56,
    flags: flags::HAVE_GC | flags::BASETYPE | flags::DICT_SUBCLASS | flags::MAPPING,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(dealloc);
        slots.traverse = Some(traverse);
        slots.references = Some(references);
        slots.clear = Some(clear);
        slots.repr = Some(repr);
        slots.init = Some(init);
        slots.binary[BinaryOp::Or as usize] = Some(or);
    },
    methods: &[
        Method::new("__missing__", "(key, /)", missing),
        Method::new("copy", "()", copy),
        Method::new("__copy__", "()", copy),
        Method::new("__reduce__", "()", reduce),
        Method::class("__class_getitem__", "(object, /)", class_getitem::call),
    ],
    members: &[Member {
        name: "default_factory",
        kind: MemberKind::ObjectOrNone,
        offset: FACTORY as u32,
        writable: true,
    }],
    doc: Some(
        "defaultdict(default_factory=None, /, [...]) --> dict with default factory\n\n\
         The default factory is called without arguments to produce\n\
         a new value when a key is not present, in __getitem__ only.\n\
         A defaultdict compares equal to a dict with the same items.\n\
         All remaining arguments are treated the same as if they were\n\
         passed to the dict constructor, including keyword arguments.\n",
    ),
    ..TypeSpec::new(types::DEFAULTDICT, "collections.defaultdict")
};

/// The factory, `None` for none.
fn factory(vm: &Vm, dict: Addr) -> Addr {
    vm.field(dict, FACTORY).some().unwrap_or(NONE)
}

fn init(vm: &mut Vm, dict: Addr, args: Args) -> PyResult<()> {
    let factory = args.opt(vm, 0);
    if let Some(factory) = factory
        && factory != NONE
        && !vm.is_callable(factory)
    {
        return Err(vm.type_error("first argument must be callable or None"));
    }
    let new = factory.map(|factory| vm.incref(factory));
    let old = vm.replace_field(dict, FACTORY, new);
    if let Some(init) = vm.type_data(types::DICT).slots.init {
        init(vm, dict, args.skip(1))?;
    }
    vm.xdecref(old);
    Ok(())
}

fn dealloc(vm: &mut Vm, dict: Addr) {
    gc::untrack(vm, dict);
    vm.set_field(dict, FACTORY, None);
    if let Some(dealloc) = vm.type_data(types::DICT).slots.dealloc {
        dealloc(vm, dict);
    }
}

fn traverse(vm: &Vm, dict: Addr, visit: &mut dyn FnMut(Addr)) {
    if let Some(factory) = vm.field(dict, FACTORY).some() {
        visit(factory);
    }
    if let Some(traverse) = vm.type_data(types::DICT).slots.traverse {
        traverse(vm, dict, visit);
    }
}

fn references(vm: &Vm, dict: Addr, visit: &mut dyn FnMut(Addr)) {
    if let Some(factory) = vm.field(dict, FACTORY).some() {
        visit(factory);
    }
    if let Some(references) = vm.type_data(types::DICT).slots.references {
        references(vm, dict, visit);
    }
}

fn clear(vm: &mut Vm, dict: Addr) {
    vm.set_field(dict, FACTORY, None);
    if let Some(clear) = vm.type_data(types::DICT).slots.clear {
        clear(vm, dict);
    }
}

fn missing(vm: &mut Vm, dict: Addr, args: Args) -> PyResult<Own> {
    let (key, factory) = (args.get(vm, 0), factory(vm, dict));
    if factory == NONE {
        let key = tuple::new(vm, &[key]);
        return Err(
            match vm.call_tuple_dict(types::KEY_ERROR, key.addr(), Addr::NULL) {
                Ok(error) => {
                    vm.decref(key);
                    vm.raise(error)
                }
                Err(raised) => raised,
            },
        );
    }
    let value = vm.call(factory, &[])?;
    vm.set_item(dict, key, Some(value.addr()))?;
    Ok(value)
}

/// `type(self)(default_factory, self)`
fn copy_of(vm: &mut Vm, dict: Addr, source: Addr) -> PyResult<Own> {
    let (class, factory) = (vm.type_of(dict), factory(vm, dict));
    vm.call(class, &[factory, source])
}

fn copy(vm: &mut Vm, dict: Addr, _args: Args) -> PyResult<Own> {
    copy_of(vm, dict, dict)
}

fn reduce(vm: &mut Vm, dict: Addr, _args: Args) -> PyResult<Own> {
    let arguments = match vm.field(dict, FACTORY).some() {
        None | Some(NONE) => tuple::new(vm, &[]),
        Some(factory) => tuple::new(vm, &[factory]),
    };
    let items = vm.call_method(dict, vm.names.items, &[])?;
    let iterator = vm.get_iter(items.addr())?;
    vm.decref(items);
    let class = vm.incref(vm.type_of(dict));
    let (state, list_items) = (vm.none(), vm.none());
    Ok(tuple::from_owned(
        vm,
        vec![class, arguments, state, list_items, iterator],
    ))
}

fn repr(vm: &mut Vm, dict: Addr) -> PyResult<Own> {
    let Some(dict_repr) = vm.type_data(types::DICT).slots.repr else {
        return Err(vm.system_error("dict has no repr"));
    };
    let items = dict_repr(vm, dict)?;
    let mut text = Text::new();
    text.push_str(&vm.type_data(vm.type_of(dict)).name.clone());
    text.push_str("(");
    match vm.field(dict, FACTORY).some() {
        None => text.push_str("None"),
        Some(factory) if vm.repr_enter(factory) => {
            let result = text::push_repr(vm, &mut text, factory);
            vm.repr_leave(factory);
            result?;
        }
        Some(_) => text.push_str("..."),
    }
    text.push_str(", ");
    text::push_object(vm, &mut text, items.addr());
    vm.decref(items);
    text.push_str(")");
    text.finish(vm)
}

fn or(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    let own = if vm.type_check(left, types::DEFAULTDICT) {
        left
    } else {
        right
    };
    let other = if own == left { right } else { left };
    if !vm.has_flag(other, flags::DICT_SUBCLASS) {
        return Ok(vm.not_implemented());
    }
    let result = copy_of(vm, own, left)?;
    dict::update(vm, result.addr(), right)?;
    Ok(result)
}
