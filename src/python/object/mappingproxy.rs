//! `types.MappingProxyType`: a read-only view of a mapping. CPython: `mappingproxyobject`.

use super::{BinaryOp, Method, Slots, TypeSpec, alloc, class_getitem, flags, str, types};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of the mapping.
pub const MAPPING: u64 = 16;

/// `mappingproxy`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 24,
    flags: flags::HAVE_GC | flags::MAPPING,
    slots,
    methods: METHODS,
    ..TypeSpec::new(types::MAPPINGPROXY, "mappingproxy")
};

static METHODS: &[Method] = &[
    Method::new("get", "(key, default=None, /)", |vm, this, args| {
        delegate(vm, this, "get", args)
    }),
    Method::new("keys", "()", |vm, this, args| {
        delegate(vm, this, "keys", args)
    }),
    Method::new("values", "()", |vm, this, args| {
        delegate(vm, this, "values", args)
    }),
    Method::new("items", "()", |vm, this, args| {
        delegate(vm, this, "items", args)
    }),
    Method::new("copy", "()", |vm, this, args| {
        delegate(vm, this, "copy", args)
    }),
    Method::class("__class_getitem__", "(object, /)", class_getitem::call),
    Method::new("__reversed__", "()", |vm, this, args| {
        delegate(vm, this, "__reversed__", args)
    }),
];

/// A proxy of `mapping`.
pub fn new(vm: &mut Vm, mapping: Addr) -> PyResult<Own> {
    let proxy = alloc::alloc(vm, types::MAPPINGPROXY, 0)?;
    let mapping = vm.incref(mapping);
    vm.init_field(proxy.addr(), MAPPING, mapping);
    gc::track(vm, proxy.addr());
    Ok(proxy)
}

fn delegate(vm: &mut Vm, this: Addr, name: &str, args: Args) -> PyResult<Own> {
    let mapping = vm.field(this, MAPPING);
    let name = str::intern(vm, name);
    let values: Vec<Addr> = args
        .to_vec(vm)
        .into_iter()
        .filter(|value| !value.is_null())
        .collect();
    let result = vm.call_method(mapping, name.addr(), &values);
    vm.decref(name);
    result
}

/// The mapping of a proxy, or the object itself.
fn unwrap(vm: &Vm, object: Addr) -> Addr {
    if vm.type_of(object) == types::MAPPINGPROXY {
        vm.field(object, MAPPING)
    } else {
        object
    }
}

fn slots(slots: &mut Slots) {
    slots.dealloc = Some(|vm, this| {
        gc::untrack(vm, this);
        vm.set_field(this, MAPPING, None);
        alloc::free(vm, this);
    });
    slots.traverse = Some(|vm, this, visit| visit(vm.field(this, MAPPING)));
    slots.repr = Some(|vm, this| {
        let text = vm.repr_text(vm.field(this, MAPPING))?;
        Ok(str::new(vm, &format!("mappingproxy({text})")))
    });
    slots.str = Some(|vm, this| vm.str(vm.field(this, MAPPING)));
    slots.hash = Some(|vm, this| vm.hash(vm.field(this, MAPPING)));
    slots.richcompare = Some(|vm, left, right, op| {
        let (left, right) = (vm.field(left, MAPPING), unwrap(vm, right));
        vm.rich_compare(left, right, op)
    });
    slots.iter = Some(|vm, this| vm.get_iter(vm.field(this, MAPPING)));
    slots.mp_length = Some(|vm, this| vm.len(vm.field(this, MAPPING)));
    slots.mp_subscript = Some(|vm, this, key| vm.get_item(vm.field(this, MAPPING), key));
    slots.sq_contains = Some(|vm, this, key| vm.contains(vm.field(this, MAPPING), key));
    slots.new = Some(|vm, _class, args| {
        let [mapping] = args.bind(vm, "mappingproxy", "(mapping)")?;
        let fine = vm.slots(mapping).mp_subscript.is_some()
            && !vm.has_flag(mapping, flags::LIST_SUBCLASS | flags::TUPLE_SUBCLASS);
        if !fine {
            let name = vm.type_name(mapping);
            return Err(vm.type_error(format!(
                "mappingproxy() argument must be a mapping, not {name}"
            )));
        }
        new(vm, mapping)
    });
    slots.binary[BinaryOp::Or as usize] = Some(|vm, left, right| {
        let (left, right) = (unwrap(vm, left), unwrap(vm, right));
        vm.binary_op(left, right, BinaryOp::Or)
    });
    slots.inplace[BinaryOp::Or as usize] = Some(|vm, left, _right| {
        let name = vm.type_name(left);
        Err(vm.type_error(format!("'|=' is not supported by {name}; use '|' instead")))
    });
}
