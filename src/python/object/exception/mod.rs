//! `BaseException` and its family. CPython: `PyBaseExceptionObject`, Objects/exceptions.c.

mod family;
mod fields;
pub mod group;
mod reduce;

pub use family::SPECS;
pub use fields::{
    NAME_ERROR_NAME, STOP_ITERATION_VALUE, SYNTAX_ERROR, SYSTEM_EXIT_CODE, UNICODE_ERROR,
    set_attribute_error_context,
};

use super::{
    EMPTY_TUPLE, GetSet, Member, MemberKind, Method, NONE, Slots, TypeSpec, alloc, dict, flags,
    list, object, str, tuple, types,
};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Raised, Vm};

/// Offsets of the fields every exception has.
#[allow(missing_docs)] // CPython's field names
pub mod offsets {
    pub const DICT: u64 = 16;
    pub const ARGS: u64 = 24;
    /// A byte: `__suppress_context__`. It stands where CPython has the notes, which it keeps elsewhere; so all other
    /// fields stand where they did before 3.11.
    pub const SUPPRESS_CONTEXT: u64 = 32;
    pub const TRACEBACK: u64 = 40;
    pub const CONTEXT: u64 = 48;
    pub const CAUSE: u64 = 56;
    /// The first field of a subclass that has more.
    pub const OWN: u64 = 64;
}
use offsets::*;

/// `BaseException`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 72,
    flags: flags::BASETYPE | flags::HAVE_GC | flags::BASE_EXC_SUBCLASS,
    dictoffset: DICT as u32,
    slots,
    methods: METHODS,
    getset: GETSET,
    members: &[Member {
        name: "__suppress_context__",
        kind: MemberKind::Bool,
        offset: SUPPRESS_CONTEXT as u32,
        writable: true,
    }],
    ..TypeSpec::new(types::BASE_EXCEPTION, "BaseException")
};

static METHODS: &[Method] = &[
    Method::new("__reduce__", "()", reduce::reduce),
    Method::new("__setstate__", "(state, /)", |vm, this, args| {
        let state = args.get(vm, 0);
        if state != NONE {
            if !vm.has_flag(state, flags::DICT_SUBCLASS) {
                return Err(vm.type_error("state is not a dictionary"));
            }
            let mut position = 0;
            while let Some((_, name, value)) = dict::next_entry(vm, state, &mut position) {
                let (name, value) = (vm.incref(name), vm.incref(value));
                vm.set_attr(this, name.addr(), Some(value.addr()))?;
                vm.decref(name);
                vm.decref(value);
            }
        }
        Ok(vm.none())
    }),
    Method::new("with_traceback", "(object, /)", |vm, this, args| {
        let traceback = args.get(vm, 0);
        set_traceback(vm, this, traceback, Some(traceback))?;
        Ok(vm.incref(this))
    }),
    Method::new("add_note", "(object, /)", |vm, this, args| {
        add_note(vm, this, args.get(vm, 0))?;
        Ok(vm.none())
    }),
];

static GETSET: &[GetSet] = &[
    GetSet::write("__dict__", object::get_dict, |vm, object, _, value| {
        object::set_dict(vm, object, value)
    }),
    GetSet::write(
        "args",
        |vm, this| Ok(object::or_none(vm, vm.field(this, ARGS))),
        |vm, this, _, value| {
            let Some(value) = value else {
                return Err(vm.type_error("args may not be deleted"));
            };
            let args = list::from_iterable(vm, value)?;
            let args_tuple = list::as_tuple(vm, args.addr());
            vm.decref(args);
            vm.set_field(this, ARGS, Some(args_tuple));
            Ok(())
        },
    ),
    GetSet::write(
        "__traceback__",
        |vm, this| Ok(object::or_none(vm, vm.field(this, TRACEBACK))),
        set_traceback,
    ),
    GetSet::write(
        "__context__",
        |vm, this| Ok(object::or_none(vm, vm.field(this, CONTEXT))),
        |vm, this, _, value| set_exception_field(vm, this, CONTEXT, value, "exception context"),
    ),
    GetSet::write(
        "__cause__",
        |vm, this| Ok(object::or_none(vm, vm.field(this, CAUSE))),
        |vm, this, _, value| {
            set_exception_field(vm, this, CAUSE, value, "exception cause")?;
            vm.heap.space.set_byte(this.at(SUPPRESS_CONTEXT), 1);
            Ok(())
        },
    ),
];

fn slots(slots: &mut Slots) {
    slots.dealloc = Some(dealloc);
    slots.traverse = Some(traverse);
    slots.clear = Some(clear);
    slots.repr = Some(repr);
    slots.str = Some(to_str);
    slots.init = Some(init);
    slots.new = Some(new_slot);
}

/// The reference fields of an exception: those all have, and those of its own kind.
fn reference_fields(vm: &Vm, this: Addr) -> impl Iterator<Item = u64> + use<> {
    [DICT, ARGS, TRACEBACK, CAUSE, CONTEXT]
        .into_iter()
        .chain(fields::own_references(vm, this).iter().copied())
}

fn dealloc(vm: &mut Vm, this: Addr) {
    gc::untrack(vm, this);
    if !vm.trashcan_begin(this) {
        return;
    }
    clear(vm, this);
    alloc::free(vm, this);
    vm.trashcan_end();
}

fn traverse(vm: &Vm, this: Addr, visit: &mut dyn FnMut(Addr)) {
    for offset in reference_fields(vm, this) {
        if let Some(object) = vm.field(this, offset).some() {
            visit(object);
        }
    }
}

fn clear(vm: &mut Vm, this: Addr) {
    for offset in reference_fields(vm, this) {
        vm.set_field(this, offset, None);
    }
}

/// `class(value)`: for classes made in Rust directly, for others by calling them.
pub fn new(vm: &mut Vm, class: Addr, value: Own) -> PyResult<Own> {
    if vm.type_flags(class) & flags::HEAPTYPE != 0 || fields::needs_init(vm, class) {
        let made = vm.call(class, &[value.addr()]);
        vm.decref(value);
        return made;
    }
    let exception = alloc::alloc(vm, class, 0)?;
    let args = tuple::from_owned(vm, vec![value]);
    vm.init_field(exception.addr(), ARGS, args);
    gc::track(vm, exception.addr());
    Ok(exception)
}

/// `class()`
pub fn new_without_args(vm: &mut Vm, class: Addr) -> PyResult<Own> {
    if vm.type_flags(class) & flags::HEAPTYPE != 0 {
        return vm.call(class, &[]);
    }
    let exception = alloc::alloc(vm, class, 0)?;
    let args = vm.incref(EMPTY_TUPLE);
    vm.init_field(exception.addr(), ARGS, args);
    gc::track(vm, exception.addr());
    Ok(exception)
}

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let exception = object::generic_alloc(vm, class, 0)?;
    let values = args.to_vec(vm);
    let args = tuple::new(vm, &values);
    vm.init_field(exception.addr(), ARGS, args);
    Ok(exception)
}

fn init(vm: &mut Vm, this: Addr, args: Args) -> PyResult<()> {
    if args.keyword_count() != 0 {
        let name = vm.type_name(this);
        return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
    }
    set_args(vm, this, args);
    Ok(())
}

/// `self.args = args`. `__new__` and `__init__` are given one tuple of arguments, which is kept.
fn set_args(vm: &mut Vm, this: Addr, args: Args) {
    let values = args.to_vec(vm);
    let kept = vm.field(this, ARGS);
    if !kept.is_null() && tuple::items(vm, kept) == values {
        return;
    }
    let args = tuple::new(vm, &values);
    vm.set_field(this, ARGS, Some(args));
}

/// The arguments of an exception, borrowed.
pub fn args(vm: &Vm, this: Addr) -> Vec<Addr> {
    tuple::items(vm, vm.field(this, ARGS))
}

fn to_str(vm: &mut Vm, this: Addr) -> PyResult<Own> {
    match args(vm, this).as_slice() {
        [] => Ok(str::new(vm, "")),
        [one] => vm.str(*one),
        _ => vm.str(vm.field(this, ARGS)),
    }
}

fn repr(vm: &mut Vm, this: Addr) -> PyResult<Own> {
    let name = vm.type_name(this);
    let text = match args(vm, this).as_slice() {
        [one] => format!("({})", vm.repr_text(*one)?),
        _ => vm.repr_text(vm.field(this, ARGS))?,
    };
    Ok(str::new(vm, &format!("{name}{text}")))
}

fn set_traceback(vm: &mut Vm, this: Addr, _descriptor: Addr, value: Option<Addr>) -> PyResult<()> {
    let Some(value) = value else {
        return Err(vm.type_error("__traceback__ may not be deleted"));
    };
    if value != NONE && vm.type_of(value) != types::TRACEBACK {
        return Err(vm.type_error("__traceback__ must be a traceback or None"));
    }
    let value = (value != NONE).then(|| vm.incref(value));
    vm.set_field(this, TRACEBACK, value);
    Ok(())
}

fn set_exception_field(
    vm: &mut Vm,
    this: Addr,
    offset: u64,
    value: Option<Addr>,
    what: &str,
) -> PyResult<()> {
    let Some(value) = value else {
        let name = if offset == CAUSE {
            "__cause__"
        } else {
            "__context__"
        };
        return Err(vm.type_error(format!("{name} may not be deleted")));
    };
    if value != NONE && !vm.has_flag(value, flags::BASE_EXC_SUBCLASS) {
        return Err(vm.type_error(format!("{what} must be None or derive from BaseException")));
    }
    let value = (value != NONE).then(|| vm.incref(value));
    vm.set_field(this, offset, value);
    Ok(())
}

/// `exception.add_note(note)`
pub fn add_note(vm: &mut Vm, this: Addr, note: Addr) -> PyResult<()> {
    if !vm.has_flag(note, flags::UNICODE_SUBCLASS) {
        let name = vm.type_name(note);
        return Err(vm.type_error(format!("note must be a str, not '{name}'")));
    }
    let notes = match vm.get_attr_opt(this, vm.names.__notes__)? {
        Some(notes) => notes,
        None => {
            let notes = list::new(vm);
            vm.set_attr(this, vm.names.__notes__, Some(notes.addr()))?;
            notes
        }
    };
    if !vm.has_flag(notes.addr(), flags::LIST_SUBCLASS) {
        return Err(vm.type_error("Cannot add note: __notes__ is not a list"));
    }
    let note = vm.incref(note);
    list::append(vm, notes.addr(), note)?;
    vm.decref(notes);
    Ok(())
}

impl Vm {
    /// Adds a note to the exception that is being raised.
    pub fn add_note(&mut self, text: String) {
        let Some(exception) = self.raised.take() else {
            return;
        };
        let note = str::new(self, &text);
        if add_note(self, exception.addr(), note.addr()).is_err() {
            self.clear_raised();
        }
        self.decref(note);
        self.raised = Some(exception);
    }

    /// Raises `StopIteration()`.
    pub fn stop_iteration(&mut self) -> Raised {
        match new_without_args(self, types::STOP_ITERATION) {
            Ok(exception) => self.raise(exception),
            Err(raised) => raised,
        }
    }

    /// Raises `StopIteration(value)`, without wrapping a tuple.
    pub fn stop_iteration_with(&mut self, value: Own) -> Raised {
        if value.addr() == NONE {
            self.decref(value);
            return self.stop_iteration();
        }
        let raised = match new_without_args(self, types::STOP_ITERATION) {
            Ok(exception) => {
                let copy = self.incref(value.addr());
                let args = tuple::from_owned(self, vec![copy]);
                self.set_field(exception.addr(), ARGS, Some(args));
                self.set_field(exception.addr(), STOP_ITERATION_VALUE, Some(value));
                return self.raise(exception);
            }
            Err(raised) => raised,
        };
        self.decref(value);
        raised
    }
}
