//! `_contextvars`: values that belong to a context rather than to a thread. CPython: Python/context.c.
//!
//! ```text
//! Context     16 ctx_prev   24 ctx_vars (hamt)   32 weakrefs   40 ctx_entered
//! ContextVar  16 name       24 default           32 cached …   56 hash
//! Token       16 context    24 var               32 old value  40 used
//! hamt        16 root       24 weakrefs          32 count
//! ```
//!
//! A `hamt` never changes: setting a variable makes another one. CPython shares all but a path of its tree; here the
//! root is a dict that is copied, which is as true for the handful of variables that a program has.

use super::{_thread, NativeModule};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    CompareOp, GetSet, Member, MemberKind, Method, NONE, Slots, TypeSpec, alloc, class_getitem,
    dict, flags, iterator, object, str, types, weakref,
};
use crate::python::vm::{Args, PyResult, Raised, Vm};

const PREVIOUS: u64 = 16;
const VARS: u64 = 24;
const CONTEXT_WEAKREFS: u64 = 32;
const ENTERED: u64 = 40;

const NAME: u64 = 16;
const DEFAULT: u64 = 24;

const TOKEN_CONTEXT: u64 = 16;
const TOKEN_VAR: u64 = 24;
const OLD_VALUE: u64 = 32;
const USED: u64 = 40;

const ROOT: u64 = 16;
const HAMT_WEAKREFS: u64 = 24;
const COUNT: u64 = 32;

/// What the module keeps beside memory.
#[derive(Clone, Copy, Debug, Default)]
pub struct State {
    /// The running context, owned; `NULL` until one is needed.
    pub current: Addr,
    /// `Token.MISSING`, owned by the type.
    missing: Addr,
}

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "_contextvars",
    methods: &[Method::new("copy_context", "()", |vm, _, _| {
        let current = current(vm)?;
        copy(vm, current)
    })],
    types: &[types::CONTEXT, types::CONTEXT_VAR, types::CONTEXT_TOKEN],
    init,
};

fn init(vm: &mut Vm, _module: Addr) -> PyResult<()> {
    if vm.contexts.missing.is_null() {
        let missing = alloc::alloc(vm, types::TOKEN_MISSING, 0)?.into_addr();
        vm.set_immortal(missing);
        vm.contexts.missing = missing;
    }
    let missing = vm.incref(vm.contexts.missing);
    let namespace = vm.field(types::CONTEXT_TOKEN, crate::python::vm::typedata::TP_DICT);
    dict::set_name(vm, namespace, "MISSING", missing);
    vm.type_modified(types::CONTEXT_TOKEN);
    Ok(())
}

/// `_contextvars.Context`
pub static CONTEXT: TypeSpec = TypeSpec {
    basicsize: 48,
    weaklistoffset: CONTEXT_WEAKREFS as u32,
    flags: flags::HAVE_GC,
    slots: |slots: &mut Slots| {
        const FIELDS: &[u64] = &[PREVIOUS, VARS];
        slots.dealloc = Some(|vm, context| {
            if vm.word(context, CONTEXT_WEAKREFS) != 0 {
                weakref::clear_refs(vm, context);
            }
            iterator::dealloc_fields(vm, context, FIELDS);
        });
        slots.traverse =
            Some(|vm, context, visit| iterator::visit_fields(vm, context, FIELDS, visit));
        slots.clear = Some(|vm, context| iterator::clear_fields(vm, context, FIELDS));
        slots.hash = Some(object::hash_not_implemented);
        slots.richcompare = Some(compare);
        slots.iter = Some(|vm, context| {
            let vars = variables(vm, context);
            vm.get_iter(vars)
        });
        slots.mp_length = Some(|vm, context| {
            let vars = variables(vm, context);
            Ok(dict::len(vm, vars))
        });
        slots.mp_subscript = Some(|vm, context, var| match lookup(vm, context, var)? {
            Some(value) => Ok(vm.incref(value)),
            None => Err(vm.key_error(var)),
        });
        slots.sq_contains = Some(|vm, context, var| Ok(lookup(vm, context, var)?.is_some()));
        slots.new = Some(|vm, _, args| {
            if !args.is_empty() || args.keyword_count() > 0 {
                return Err(vm.type_error("Context() does not accept any arguments"));
            }
            let vars = dict::new(vm);
            new_context(vm, vars)
        });
    },
    methods: &[
        Method::new("get", "(key, default=None, /)", |vm, context, args| {
            let found = lookup(vm, context, args.get(vm, 0))?;
            let value = found.or(args.opt(vm, 1)).unwrap_or(NONE);
            Ok(vm.incref(value))
        }),
        Method::new("items", "()", |vm, context, _| view(vm, context, "items")),
        Method::new("keys", "()", |vm, context, _| view(vm, context, "keys")),
        Method::new("values", "()", |vm, context, _| view(vm, context, "values")),
        Method::new("copy", "()", |vm, context, _| copy(vm, context)),
        Method::new("run", "(*args, **kwargs)", run),
    ],
    ..TypeSpec::new(types::CONTEXT, "_contextvars.Context")
};

/// `_contextvars.ContextVar`
pub static VAR: TypeSpec = TypeSpec {
    basicsize: 64,
    flags: flags::HAVE_GC,
    slots: |slots: &mut Slots| {
        const FIELDS: &[u64] = &[NAME, DEFAULT];
        slots.dealloc = Some(|vm, var| iterator::dealloc_fields(vm, var, FIELDS));
        slots.traverse = Some(|vm, var, visit| iterator::visit_fields(vm, var, FIELDS, visit));
        slots.clear = Some(|vm, var| iterator::clear_fields(vm, var, FIELDS));
        slots.repr = Some(var_repr);
        slots.hash = Some(|_, var| Ok(crate::python::protocol::hash_pointer(var)));
        slots.new = Some(new_var);
    },
    methods: &[
        Method::new("get", "(default=<unrepresentable>, /)", var_get),
        Method::new("set", "(value, /)", var_set),
        Method::new("reset", "(token, /)", var_reset),
        Method::class("__class_getitem__", "(object, /)", class_getitem::call),
    ],
    members: &[Member {
        name: "name",
        kind: MemberKind::ObjectOrNone,
        offset: NAME as u32,
        writable: false,
    }],
    ..TypeSpec::new(types::CONTEXT_VAR, "_contextvars.ContextVar")
};

/// `_contextvars.Token`
pub static TOKEN: TypeSpec = TypeSpec {
    basicsize: 48,
    flags: flags::HAVE_GC,
    slots: |slots: &mut Slots| {
        const FIELDS: &[u64] = &[TOKEN_CONTEXT, TOKEN_VAR, OLD_VALUE];
        slots.dealloc = Some(|vm, token| iterator::dealloc_fields(vm, token, FIELDS));
        slots.traverse = Some(|vm, token, visit| iterator::visit_fields(vm, token, FIELDS, visit));
        slots.clear = Some(|vm, token| iterator::clear_fields(vm, token, FIELDS));
        slots.repr = Some(token_repr);
        slots.hash = Some(object::hash_not_implemented);
        slots.new =
            Some(|vm, _, _| Err(vm.runtime_error("Tokens can only be created by ContextVars")));
    },
    methods: &[Method::class(
        "__class_getitem__",
        "(object, /)",
        class_getitem::call,
    )],
    getset: &[
        GetSet::read("var", |vm, token| {
            let var = vm.field(token, TOKEN_VAR);
            Ok(vm.incref(var))
        }),
        GetSet::read("old_value", |vm, token| {
            let old = vm.field(token, OLD_VALUE).some();
            let old = old.unwrap_or(vm.contexts.missing);
            Ok(vm.incref(old))
        }),
    ],
    ..TypeSpec::new(types::CONTEXT_TOKEN, "_contextvars.Token")
};

/// The type of `Token.MISSING`.
pub static MISSING: TypeSpec = TypeSpec {
    flags: flags::DISALLOW_INSTANTIATION,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, missing| vm.set_immortal(missing));
        slots.repr = Some(|vm, _| Ok(str::new(vm, "<Token.MISSING>")));
    },
    ..TypeSpec::new(types::TOKEN_MISSING, "Token.MISSING")
};

/// `hamt`
pub static HAMT: TypeSpec = TypeSpec {
    basicsize: 40,
    weaklistoffset: HAMT_WEAKREFS as u32,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, hamt| {
            if vm.word(hamt, HAMT_WEAKREFS) != 0 {
                weakref::clear_refs(vm, hamt);
            }
            iterator::dealloc_fields(vm, hamt, &[ROOT]);
        });
        slots.traverse = Some(|vm, hamt, visit| iterator::visit_fields(vm, hamt, &[ROOT], visit));
        slots.clear = Some(|vm, hamt| iterator::clear_fields(vm, hamt, &[ROOT]));
    },
    ..TypeSpec::new(types::HAMT, "hamt")
};

// ---- contexts

fn new_context(vm: &mut Vm, vars: Own) -> PyResult<Own> {
    let hamt = new_hamt(vm, vars)?;
    let context = alloc::alloc(vm, types::CONTEXT, 0)?;
    vm.init_field(context.addr(), VARS, hamt);
    gc::track(vm, context.addr());
    Ok(context)
}

fn new_hamt(vm: &mut Vm, vars: Own) -> PyResult<Own> {
    let hamt = alloc::alloc(vm, types::HAMT, 0)?;
    let count = dict::len(vm, vars.addr());
    vm.init_field(hamt.addr(), ROOT, vars);
    vm.set_word(hamt.addr(), COUNT, count as u64);
    gc::track(vm, hamt.addr());
    Ok(hamt)
}

/// The running context, borrowed.
fn current(vm: &mut Vm) -> PyResult<Addr> {
    if vm.contexts.current.is_null() {
        let vars = dict::new(vm);
        vm.contexts.current = new_context(vm, vars)?.into_addr();
    }
    Ok(vm.contexts.current)
}

/// The variables of a context, a dict, borrowed.
fn variables(vm: &Vm, context: Addr) -> Addr {
    vm.field(vm.field(context, VARS), ROOT)
}

/// A context with the same values, which costs nothing: they share them.
fn copy(vm: &mut Vm, context: Addr) -> PyResult<Own> {
    let hamt = vm.incref(vm.field(context, VARS));
    let copy = alloc::alloc(vm, types::CONTEXT, 0)?;
    vm.init_field(copy.addr(), VARS, hamt);
    gc::track(vm, copy.addr());
    Ok(copy)
}

fn lookup(vm: &mut Vm, context: Addr, var: Addr) -> PyResult<Option<Addr>> {
    if vm.type_of(var) != types::CONTEXT_VAR {
        let got = vm.repr_text(var)?;
        return Err(vm.type_error(format!("a ContextVar key was expected, got {got}")));
    }
    let vars = variables(vm, context);
    dict::get(vm, vars, var)
}

fn view(vm: &mut Vm, context: Addr, what: &str) -> PyResult<Own> {
    let vars = variables(vm, context);
    let name = str::intern(vm, what);
    let view = vm.call_method(vars, name.addr(), &[]);
    vm.decref(name);
    let view = view?;
    let iterator = vm.get_iter(view.addr());
    vm.decref(view);
    iterator
}

/// Contexts are equal when their variables have equal values.
fn compare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) || vm.type_of(right) != types::CONTEXT {
        return Ok(vm.not_implemented());
    }
    let (left, right) = (variables(vm, left), variables(vm, right));
    vm.rich_compare(left, right, op)
}

/// A copy of the running context: `PyContext_CopyCurrent`.
pub fn copy_current(vm: &mut Vm) -> PyResult<Own> {
    let current = current(vm)?;
    copy(vm, current)
}

/// What [`exit`] has to give back.
#[must_use]
pub struct Entered {
    context: Addr,
    outer: Addr,
}

/// Makes `context` the running one: `PyContext_Enter`.
///
/// # Errors
/// `RuntimeError` where it is running already.
pub fn enter(vm: &mut Vm, context: Addr) -> PyResult<Entered> {
    if vm.word(context, ENTERED) != 0 {
        let shown = vm.repr_text(context)?;
        return Err(vm.runtime_error(format!("cannot enter context: {shown} is already entered")));
    }
    let previous = current(vm)?;
    let previous = vm.incref(previous);
    vm.init_field(context, PREVIOUS, previous);
    vm.set_word(context, ENTERED, 1);
    let entered = vm.incref(context);
    let outer = std::mem::replace(&mut vm.contexts.current, entered.into_addr());
    Ok(Entered { context, outer })
}

/// The context that ran before runs again: `PyContext_Exit`.
pub fn exit(vm: &mut Vm, entered: Entered) {
    let inner = std::mem::replace(&mut vm.contexts.current, entered.outer);
    vm.set_word(entered.context, ENTERED, 0);
    let raised = vm.raised.take();
    vm.set_field(entered.context, PREVIOUS, None);
    vm.decref(Own::from_addr(inner));
    vm.raised = raised;
}

/// [`enter`], for Python code that calls [`exit_counted`] in a `finally`.
pub fn enter_counted(vm: &mut Vm, context: Addr) -> PyResult<()> {
    let Entered { outer, .. } = enter(vm, context)?;
    // The context holds the one before; nothing of the host's does while the thread waits.
    vm.decref_word(outer.0);
    Ok(())
}

/// [`exit`]: the context knows itself which one ran before.
pub fn exit_counted(vm: &mut Vm, context: Addr) {
    let outer = vm.field(context, PREVIOUS);
    let outer = vm.incref(outer).into_addr();
    exit(vm, Entered { context, outer });
}

/// `context.run(callable, *args, **kwargs)`
fn run(vm: &mut Vm, context: Addr, args: Args) -> PyResult<Own> {
    let Some(callable) = args.opt(vm, 0) else {
        return Err(vm.type_error("run() missing 1 required positional argument"));
    };
    _thread::redirect::context_run(vm, context)?;
    let entered = enter(vm, context)?;
    let result = vm.call_args(callable, args.skip(1));
    exit(vm, entered);
    result
}

// ---- variables

fn new_var(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    if args.len() != 1 {
        let count = args.len();
        return Err(vm.type_error(format!(
            "ContextVar() takes exactly 1 positional argument ({count} given)"
        )));
    }
    let [name, default] = args.bind(vm, "ContextVar", "(name, /, *, default=None)")?;
    if !str::check(vm, name) {
        return Err(vm.type_error("context variable name must be a str"));
    }
    let var = alloc::alloc(vm, class, 0)?;
    let kept = vm.incref(name);
    vm.init_field(var.addr(), NAME, kept);
    if let Some(default) = default.some() {
        let may_close_a_cycle = vm.type_flags(vm.type_of(default)) & flags::HAVE_GC != 0;
        let default = vm.incref(default);
        vm.init_field(var.addr(), DEFAULT, default);
        if may_close_a_cycle {
            gc::track(vm, var.addr());
        }
    }
    Ok(var)
}

fn var_repr(vm: &mut Vm, var: Addr) -> PyResult<Own> {
    let name = vm.repr_text(vm.field(var, NAME))?;
    let mut text = format!("<ContextVar name={name}");
    if let Some(default) = vm.field(var, DEFAULT).some() {
        text += &format!(" default={}", vm.repr_text(default)?);
    }
    text += &format!(" at {:#x}>", var.0);
    Ok(str::new(vm, &text))
}

fn var_get(vm: &mut Vm, var: Addr, args: Args) -> PyResult<Own> {
    let found = match vm.contexts.current.some() {
        Some(current) => lookup(vm, current, var)?,
        None => None,
    };
    let value = found.or(args.opt(vm, 0)).or(vm.field(var, DEFAULT).some());
    match value {
        Some(value) => Ok(vm.incref(value)),
        None => {
            let var = vm.incref(var);
            Err(vm.error_value(types::LOOKUP_ERROR, var))
        }
    }
}

/// Gives a variable a value in the running context, or none.
fn assign(vm: &mut Vm, var: Addr, value: Option<Addr>) -> PyResult<()> {
    let context = current(vm)?;
    let vars = variables(vm, context);
    let vars = dict::copy(vm, vars)?;
    match value {
        Some(value) => dict::set(vm, vars.addr(), var, value)?,
        None => {
            if dict::get(vm, vars.addr(), var)?.is_none() {
                return Err(vm.lookup_error_value(var));
            }
            let removed = dict::remove(vm, vars.addr(), var)?;
            vm.xdecref(removed);
        }
    }
    let hamt = new_hamt(vm, vars)?;
    vm.set_field(context, VARS, Some(hamt));
    Ok(())
}

fn var_set(vm: &mut Vm, var: Addr, args: Args) -> PyResult<Own> {
    let context = current(vm)?;
    let old = lookup(vm, context, var)?;
    let token = alloc::alloc(vm, types::CONTEXT_TOKEN, 0)?;
    let parts = [
        (TOKEN_CONTEXT, Some(context)),
        (TOKEN_VAR, Some(var)),
        (OLD_VALUE, old),
    ];
    for (offset, part) in parts {
        if let Some(part) = part {
            let part = vm.incref(part);
            vm.init_field(token.addr(), offset, part);
        }
    }
    gc::track(vm, token.addr());
    assign(vm, var, Some(args.get(vm, 0)))?;
    Ok(token)
}

fn var_reset(vm: &mut Vm, var: Addr, args: Args) -> PyResult<Own> {
    let token = args.get(vm, 0);
    if vm.type_of(token) != types::CONTEXT_TOKEN {
        let got = vm.repr_text(token)?;
        return Err(vm.type_error(format!("expected an instance of Token, got {got}")));
    }
    let shown = vm.repr_text(token)?;
    if vm.word(token, USED) != 0 {
        return Err(vm.runtime_error(format!("{shown} has already been used once")));
    }
    if vm.field(token, TOKEN_VAR) != var {
        return Err(vm.value_error(format!("{shown} was created by a different ContextVar")));
    }
    if vm.field(token, TOKEN_CONTEXT) != current(vm)? {
        return Err(vm.value_error(format!("{shown} was created in a different Context")));
    }
    vm.set_word(token, USED, 1);
    assign(vm, var, vm.field(token, OLD_VALUE).some())?;
    Ok(vm.none())
}

fn token_repr(vm: &mut Vm, token: Addr) -> PyResult<Own> {
    let var = vm.repr_text(vm.field(token, TOKEN_VAR))?;
    let used = if vm.word(token, USED) != 0 {
        " used"
    } else {
        ""
    };
    let text = format!("<Token{used} var={var} at {:#x}>", token.0);
    Ok(str::new(vm, &text))
}

impl Vm {
    /// Raises `LookupError(value)`.
    fn lookup_error_value(&mut self, value: Addr) -> Raised {
        let value = self.incref(value);
        self.error_value(types::LOOKUP_ERROR, value)
    }

    /// Gives the running context back, at the end.
    pub(crate) fn drop_context(&mut self) {
        let current = std::mem::replace(&mut self.contexts.current, Addr::NULL);
        self.decref_word(current.0);
    }
}
