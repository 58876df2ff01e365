//! `_thread._local`: attributes that each thread has for itself. CPython: `localobject`.
//!
//! ```text
//! 16  the running thread's dict    24  dicts of all threads, by their number
//! 32  args   40  kw                what `__init__` is called with in each thread
//! 48  weakreflist                  56  whose dict is at 16
//! ```

use crate::python::memory::{Addr, Own};
use crate::python::object::slots::Slots;
use crate::python::object::{TypeSpec, dict, flags, int, iterator, object, tuple, types, weakref};
use crate::python::vm::{Args, PyResult, Vm};

const DICT: u64 = 16;
const DICTS: u64 = 24;
const ARGS: u64 = 32;
const KEYWORDS: u64 = 40;
const WEAKREFS: u64 = 48;
const THREAD: u64 = 56;

/// Nobody's dict is at 16.
const NO_THREAD: u64 = u64::MAX;

const FIELDS: &[u64] = &[DICT, DICTS, ARGS, KEYWORDS];

/// `_thread._local`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 64,
    dictoffset: DICT as u32,
    weaklistoffset: WEAKREFS as u32,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, local| {
            if vm.word(local, WEAKREFS) != 0 {
                weakref::clear_refs(vm, local);
            }
            vm.threads.locals.retain(|other| *other != local);
            iterator::dealloc_fields(vm, local, FIELDS);
        });
        slots.traverse = Some(|vm, local, visit| iterator::visit_fields(vm, local, FIELDS, visit));
        slots.clear = Some(|vm, local| iterator::clear_fields(vm, local, FIELDS));
        slots.getattro = Some(|vm, local, name| {
            choose(vm, local)?;
            if vm.is_exact_str(name) && name == vm.names.__dict__ {
                return Ok(vm.incref(vm.field(local, DICT)));
            }
            object::generic_getattr(vm, local, name)
        });
        slots.setattro = Some(|vm, local, name, value| {
            choose(vm, local)?;
            if vm.is_exact_str(name) && name == vm.names.__dict__ {
                let ty = vm.type_name(local);
                return Err(vm.attribute_error_text(format!(
                    "'{ty}' object attribute '__dict__' is read-only"
                )));
            }
            object::generic_setattr(vm, local, name, value)
        });
        slots.new = Some(new);
    },
    doc: Some("Thread-local data"),
    ..TypeSpec::new(types::THREAD_LOCAL, "_thread._local")
};

fn has_own_init(vm: &Vm, class: Addr) -> bool {
    let init = |ty: Addr| vm.type_data(ty).slots.init.map(|init| init as usize);
    init(class) != init(types::OBJECT)
}

fn new(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let takes_nothing = args.is_empty() && args.keyword_count() == 0;
    if !takes_nothing && !has_own_init(vm, class) {
        return Err(vm.type_error("Initialization arguments are not supported"));
    }
    let local = object::generic_alloc(vm, class, 0)?;
    let this = local.addr();
    let positional = args.to_vec(vm);
    let positional = tuple::new(vm, &positional);
    vm.init_field(this, ARGS, positional);
    let keywords = dict::new(vm);
    for (name, value) in args.keywords(vm) {
        dict::set(vm, keywords.addr(), name, value)?;
    }
    vm.init_field(this, KEYWORDS, keywords);
    let dicts = dict::new(vm);
    vm.init_field(this, DICTS, dicts);
    let thread = vm.threads.running;
    add_dict(vm, this, thread)?;
    vm.threads.locals.push(this);
    Ok(local)
}

/// A thread has ended, and with it what it had for itself in every such object.
pub(super) fn forget(vm: &mut Vm, thread: i64) {
    let mut kept = Vec::new();
    for local in vm.threads.locals.clone() {
        let key = int::new(vm, thread);
        let removed = dict::remove(vm, vm.field(local, DICTS), key.addr());
        vm.decref(key);
        kept.extend(removed.ok().flatten());
        if vm.word(local, THREAD) as i64 == thread {
            kept.push(Own::from_addr(vm.field(local, DICT)));
            vm.set_word(local, DICT, 0);
            vm.set_word(local, THREAD, NO_THREAD);
        }
    }
    // Only now: what dies may run code, which may ask any of them.
    for dict in kept {
        vm.decref(dict);
    }
}

/// Gives the running thread a dict.
fn add_dict(vm: &mut Vm, this: Addr, thread: i64) -> PyResult<()> {
    let made = dict::new(vm);
    let key = int::new(vm, thread);
    dict::set(vm, vm.field(this, DICTS), key.addr(), made.addr())?;
    vm.decref(key);
    vm.set_field(this, DICT, Some(made));
    vm.set_word(this, THREAD, thread as u64);
    Ok(())
}

/// Puts the running thread's dict in place.
fn choose(vm: &mut Vm, this: Addr) -> PyResult<()> {
    let thread = vm.threads.running;
    if vm.word(this, THREAD) as i64 == thread {
        return Ok(());
    }
    let key = int::new(vm, thread);
    let found = dict::get(vm, vm.field(this, DICTS), key.addr())?;
    vm.decref(key);
    if let Some(found) = found {
        let found = vm.incref(found);
        vm.set_field(this, DICT, Some(found));
        vm.set_word(this, THREAD, thread as u64);
        return Ok(());
    }
    add_dict(vm, this, thread)?;
    let class = vm.type_of(this);
    if has_own_init(vm, class) {
        let init = vm.get_attr(this, vm.names.__init__)?;
        let (positional, keywords) = (vm.field(this, ARGS), vm.field(this, KEYWORDS));
        let result = vm.call_tuple_dict(init.addr(), positional, keywords)?;
        vm.decref(result);
        vm.decref(init);
    }
    Ok(())
}
