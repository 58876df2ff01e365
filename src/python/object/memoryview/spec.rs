//! The type object of `memoryview`: slots, methods, attributes.

use super::{Layout, access, cast, check_released, iterator, layout, make, release, to_vec};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::bytes::like::hex;
use crate::python::object::{
    GetSet, Method, NONE, Slots, TypeSpec, alloc, bytes, flags, int, str, tuple, types, weakref,
};
use crate::python::vm::{Args, PyResult, Vm};

/// `memoryview`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 144,
    itemsize: 8,
    flags: flags::HAVE_GC | flags::SEQUENCE,
    weaklistoffset: super::WEAKREFS as u32,
    slots: fill,
    methods: METHODS,
    getset: GETSET,
    doc: Some("Create a new memoryview object which references the given object."),
    ..TypeSpec::new(types::MEMORYVIEW, "memoryview")
};

fn fill(slots: &mut Slots) {
    slots.dealloc = Some(dealloc);
    slots.traverse = Some(|vm, view, visit| {
        if let Some(managed) = vm.field(view, super::MBUF).some() {
            visit(managed);
        }
    });
    slots.clear = Some(|vm, view| {
        if vm.word(view, super::EXPORTS) == 0 {
            super::let_go(vm, view);
        }
    });
    slots.repr = Some(repr);
    slots.hash = Some(access::hash);
    slots.richcompare = Some(access::richcompare);
    slots.iter = Some(iterator::new);
    slots.new = Some(new_slot);
    slots.sq_length = Some(access::length);
    slots.sq_item = Some(access::sq_item);
    slots.mp_length = Some(access::length);
    slots.mp_subscript = Some(access::subscript);
    slots.mp_ass_subscript = Some(access::set_item);
}

const METHODS: &[Method] = &[
    Method::new("release", "()", release_method),
    Method::new("tobytes", "(order='C')", tobytes),
    Method::new("hex", "(sep=None, bytes_per_sep=1)", hex_method),
    Method::new("tolist", "()", tolist),
    Method::new("cast", "(format, shape=None)", cast::cast),
    Method::new("toreadonly", "()", toreadonly),
    Method::class("_from_flags", "(object, flags)", from_flags),
    Method::new("__enter__", "()", enter),
    Method::new("__exit__", "(*exc_info)", release_method),
];

const GETSET: &[GetSet] = &[
    GetSet::read("obj", obj),
    GetSet::read("nbytes", |vm, view| {
        attribute(vm, view, |vm, layout| int::from_usize(vm, layout.nbytes()))
    }),
    GetSet::read("readonly", |vm, view| {
        attribute(vm, view, |vm, layout| vm.bool(layout.readonly))
    }),
    GetSet::read("itemsize", |vm, view| {
        attribute(vm, view, |vm, layout| int::from_usize(vm, layout.itemsize))
    }),
    GetSet::read("format", |vm, view| {
        attribute(vm, view, |vm, layout| {
            str::from_char(vm, char::from(layout.format))
        })
    }),
    GetSet::read("ndim", |vm, view| {
        attribute(vm, view, |vm, layout| {
            int::from_usize(vm, layout.shape.len())
        })
    }),
    GetSet::read("shape", |vm, view| {
        attribute(vm, view, |vm, layout| {
            let counts = layout
                .shape
                .iter()
                .map(|count| int::from_usize(vm, *count))
                .collect();
            tuple::from_owned(vm, counts)
        })
    }),
    GetSet::read("strides", |vm, view| {
        attribute(vm, view, |vm, layout| {
            let strides = layout
                .strides
                .iter()
                .map(|stride| int::new(vm, *stride as i64))
                .collect();
            tuple::from_owned(vm, strides)
        })
    }),
    GetSet::read("suboffsets", |vm, view| {
        attribute(vm, view, |vm, _| tuple::from_owned(vm, Vec::new()))
    }),
    GetSet::read("c_contiguous", |vm, view| {
        attribute(vm, view, |vm, layout| vm.bool(layout.is_c_contiguous()))
    }),
    GetSet::read("f_contiguous", |vm, view| {
        attribute(vm, view, |vm, layout| vm.bool(layout.is_f_contiguous()))
    }),
    GetSet::read("contiguous", |vm, view| {
        attribute(vm, view, |vm, layout| {
            vm.bool(layout.is_c_contiguous() || layout.is_f_contiguous())
        })
    }),
];

/// An attribute of a view that is not released.
fn attribute(vm: &mut Vm, view: Addr, read: fn(&mut Vm, &Layout) -> Own) -> PyResult<Own> {
    check_released(vm, view)?;
    let layout = layout(vm, view);
    Ok(read(vm, &layout))
}

fn obj(vm: &mut Vm, view: Addr) -> PyResult<Own> {
    check_released(vm, view)?;
    let base = vm.field(view, super::OBJ).some().unwrap_or(NONE);
    Ok(vm.incref(base))
}

fn new_slot(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let [object] = args.bind(vm, "memoryview", "(object)")?;
    super::new(vm, object)
}

fn from_flags(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let object = args.get(vm, 0);
    super::new(vm, object)
}

fn enter(vm: &mut Vm, view: Addr, _: Args) -> PyResult<Own> {
    check_released(vm, view)?;
    Ok(vm.incref(view))
}

fn release_method(vm: &mut Vm, view: Addr, _: Args) -> PyResult<Own> {
    release(vm, view)?;
    Ok(vm.none())
}

fn dealloc(vm: &mut Vm, view: Addr) {
    gc::untrack(vm, view);
    super::let_go(vm, view);
    if vm.word(view, super::WEAKREFS) != 0 {
        weakref::clear_refs(vm, view);
    }
    alloc::free(vm, view);
}

fn repr(vm: &mut Vm, view: Addr) -> PyResult<Own> {
    let kind = if super::is_released(vm, view) {
        "released memory"
    } else {
        "memory"
    };
    Ok(str::new(vm, &format!("<{kind} at {:#x}>", view.0)))
}

fn tobytes(vm: &mut Vm, view: Addr, args: Args) -> PyResult<Own> {
    check_released(vm, view)?;
    let order = match args.opt(vm, 0) {
        None | Some(NONE) => "C".to_string(),
        Some(order) => {
            str::arg::string(vm, "tobytes", "argument 'order'", order)?;
            str::to_rust(vm, order)
        }
    };
    let mut layout = layout(vm, view);
    match order.as_str() {
        "C" => {}
        "A" if !layout.is_f_contiguous() => {}
        "F" | "A" => {
            layout.shape.reverse();
            layout.strides.reverse();
        }
        _ => return Err(vm.value_error("order must be 'C', 'F' or 'A'")),
    }
    let content = to_vec(vm, &layout);
    bytes::try_new(vm, &content)
}

fn hex_method(vm: &mut Vm, view: Addr, args: Args) -> PyResult<Own> {
    check_released(vm, view)?;
    let layout = layout(vm, view);
    let content = to_vec(vm, &layout);
    hex::hex_of(vm, &content, args)
}

fn tolist(vm: &mut Vm, view: Addr, _: Args) -> PyResult<Own> {
    check_released(vm, view)?;
    let layout = layout(vm, view);
    access::to_list(vm, &layout, layout.buf, 0)
}

fn toreadonly(vm: &mut Vm, view: Addr, _: Args) -> PyResult<Own> {
    check_released(vm, view)?;
    let mut layout = layout(vm, view);
    layout.readonly = true;
    make(vm, view, &layout)
}
