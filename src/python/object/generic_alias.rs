//! `list[int]`. CPython: `gaobject`, Objects/genericaliasobject.c.
//!
//! ```text
//! alias   16 origin   24 args   32 parameters   40 weakrefs   48 starred
//! ```

use super::{
    Builder, CompareOp, GetSet, Member, MemberKind, Method, Slots, TypeSpec, alloc, flags, list,
    object, tuple, types,
};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::version::Version;
use crate::python::vm::{Args, PyResult, Vm};

const ORIGIN: u64 = 16;
const ARGS: u64 = 24;
const PARAMETERS: u64 = 32;
const WEAKLIST: u64 = 40;
const STARRED: u64 = 48;

/// `types.GenericAlias`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 64,
    flags: flags::BASETYPE | flags::HAVE_GC | flags::HAVE_VECTORCALL,
    weaklistoffset: WEAKLIST as u32,
    slots: alias_slots,
    methods: &[Method::new(
        "__mro_entries__",
        "(bases, /)",
        |vm, this, _| {
            let origin = vm.field(this, ORIGIN);
            Ok(tuple::new(vm, &[origin]))
        },
    )],
    members: &[
        Member {
            name: "__origin__",
            kind: MemberKind::ObjectOrNone,
            offset: ORIGIN as u32,
            writable: false,
        },
        Member {
            name: "__args__",
            kind: MemberKind::ObjectOrNone,
            offset: ARGS as u32,
            writable: false,
        },
        Member {
            name: "__unpacked__",
            kind: MemberKind::Bool,
            offset: STARRED as u32,
            writable: false,
        },
    ],
    getset: &[GetSet::read("__parameters__", |vm, this| {
        parameters(vm, this, ARGS, PARAMETERS)
    })],
    ..TypeSpec::new(types::GENERIC_ALIAS, "types.GenericAlias")
};

/// `origin[args]`; `args` is made a tuple if it is none.
pub fn new(vm: &mut Vm, origin: Addr, args: Addr) -> PyResult<Own> {
    let args = if vm.type_of(args) == types::TUPLE {
        vm.incref(args)
    } else {
        tuple::new(vm, &[args])
    };
    let alias = alloc::alloc(vm, types::GENERIC_ALIAS, 0)?;
    let origin = vm.incref(origin);
    vm.init_field(alias.addr(), ORIGIN, origin);
    vm.init_field(alias.addr(), ARGS, args);
    gc::track(vm, alias.addr());
    Ok(alias)
}

/// `__class_getitem__` of built-in generics.
pub fn class_getitem(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    new(vm, class, args.get(vm, 0))
}

/// The type variables among the arguments, in order of first appearance: `_Py_make_parameters`.
pub(super) fn parameters(vm: &mut Vm, this: Addr, args_at: u64, kept_at: u64) -> PyResult<Own> {
    if let Some(kept) = vm.field(this, kept_at).some() {
        return Ok(vm.incref(kept));
    }
    let args = vm.field(this, args_at);
    let made = collect_parameters(vm, args)?;
    let result = vm.incref(made.addr());
    vm.set_field(this, kept_at, Some(made));
    Ok(result)
}

fn collect_parameters(vm: &mut Vm, args: Addr) -> PyResult<Own> {
    let mut found: Vec<Own> = Vec::new();
    for arg in tuple::items(vm, args) {
        if vm.has_flag(arg, flags::TYPE_SUBCLASS) {
            continue;
        }
        if let Some(subst) = vm.get_attr_opt(arg, vm.names.__typing_subst__)? {
            vm.decref(subst);
            if !found.iter().any(|known| known.addr() == arg) {
                found.push(vm.incref(arg));
            }
        } else if let Some(inner) = vm.get_attr_opt(arg, vm.names.__parameters__)? {
            if vm.has_flag(inner.addr(), flags::TUPLE_SUBCLASS) {
                for parameter in tuple::items(vm, inner.addr()) {
                    if !found.iter().any(|known| known.addr() == parameter) {
                        found.push(vm.incref(parameter));
                    }
                }
            }
            vm.decref(inner);
        }
    }
    Ok(tuple::from_owned(vm, found))
}

/// `alias[items]`: the parameters replaced. CPython: `_Py_subs_parameters`.
pub(super) fn substitute(
    vm: &mut Vm,
    this: Addr,
    args: Addr,
    parameters: Addr,
    item: Addr,
) -> PyResult<Own> {
    let count = tuple::len(vm, parameters);
    if count == 0 {
        let text = vm.repr_text(this)?;
        return Err(vm.type_error(format!("{text} is not a generic class")));
    }
    let items = if vm.type_of(item) == types::TUPLE {
        vm.incref(item)
    } else {
        tuple::new(vm, &[item])
    };
    let given = tuple::len(vm, items.addr());
    if given != count {
        let (text, few) = (
            vm.repr_text(this)?,
            if given > count { "many" } else { "few" },
        );
        return Err(vm.type_error(format!(
            "Too {few} arguments for {text}; actual {given}, expected {count}"
        )));
    }
    let mut replaced = Vec::new();
    for arg in tuple::items(vm, args) {
        replaced.push(substitute_one(vm, arg, parameters, items.addr())?);
    }
    vm.decref(items);
    Ok(tuple::from_owned(vm, replaced))
}

pub(super) fn substitute_one(
    vm: &mut Vm,
    arg: Addr,
    parameters: Addr,
    items: Addr,
) -> PyResult<Own> {
    let position = |vm: &Vm, wanted: Addr| {
        tuple::items(vm, parameters)
            .iter()
            .position(|parameter| *parameter == wanted)
    };
    if vm.has_flag(arg, flags::TYPE_SUBCLASS) {
        return Ok(vm.incref(arg));
    }
    if let Some(subst) = vm.get_attr_opt(arg, vm.names.__typing_subst__)? {
        let at = position(vm, arg).unwrap_or(0);
        let result = vm.call(subst.addr(), &[tuple::item(vm, items, at)]);
        vm.decref(subst);
        return result;
    }
    let Some(inner) = vm.get_attr_opt(arg, vm.names.__parameters__)? else {
        return Ok(vm.incref(arg));
    };
    let is_tuple = vm.has_flag(inner.addr(), flags::TUPLE_SUBCLASS);
    if !is_tuple || tuple::len(vm, inner.addr()) == 0 {
        vm.decref(inner);
        return Ok(vm.incref(arg));
    }
    let wanted: Vec<Addr> = tuple::items(vm, inner.addr())
        .into_iter()
        .map(|parameter| position(vm, parameter).map_or(parameter, |at| tuple::item(vm, items, at)))
        .collect();
    vm.decref(inner);
    let key = tuple::new(vm, &wanted);
    let result = vm.get_item(arg, key.addr());
    vm.decref(key);
    result
}

pub(super) fn drop_fields(vm: &mut Vm, this: Addr, offsets: &[u64]) {
    for offset in offsets {
        vm.set_field(this, *offset, None);
    }
}

fn alias_slots(slots: &mut Slots) {
    slots.dealloc = Some(|vm, this| {
        gc::untrack(vm, this);
        super::weakref::clear_refs(vm, this);
        drop_fields(vm, this, &[ORIGIN, ARGS, PARAMETERS]);
        alloc::free(vm, this);
    });
    slots.traverse = Some(|vm, this, visit| {
        for offset in [ORIGIN, ARGS, PARAMETERS] {
            if let Some(object) = vm.field(this, offset).some() {
                visit(object);
            }
        }
    });
    slots.repr = Some(alias_repr);
    slots.hash = Some(|vm, this| {
        let hash = vm.hash(vm.field(this, ORIGIN))? ^ vm.hash(vm.field(this, ARGS))?;
        Ok(if hash == -1 { -2 } else { hash })
    });
    slots.richcompare = Some(alias_compare);
    slots.call = Some(alias_call);
    slots.getattro = Some(alias_getattro);
    slots.mp_subscript = Some(|vm, this, item| {
        let parameters = parameters(vm, this, ARGS, PARAMETERS)?;
        let args = substitute(vm, this, vm.field(this, ARGS), parameters.addr(), item)?;
        vm.decref(parameters);
        let result = new(vm, vm.field(this, ORIGIN), args.addr());
        vm.decref(args);
        result
    });
    slots.iter = Some(|vm, this| {
        if vm.profile.version < Version::V3_11 {
            return Err(vm.type_error("'types.GenericAlias' object is not iterable"));
        }
        let starred = new(vm, vm.field(this, ORIGIN), vm.field(this, ARGS))?;
        vm.set_word(starred.addr(), STARRED, 1);
        let items = tuple::from_owned(vm, vec![starred]);
        let iterator = vm.get_iter(items.addr());
        vm.decref(items);
        iterator
    });
    slots.new = Some(|vm, _class, args| {
        if args.len() != 2 || args.keyword_count() != 0 {
            return Err(vm.type_error(format!(
                "GenericAlias expected 2 arguments, got {}",
                args.len()
            )));
        }
        new(vm, args.get(vm, 0), args.get(vm, 1))
    });
    slots.binary[super::BinaryOp::Or as usize] = Some(super::union::type_or);
}

/// Whether it is `*list[int]`; from 3.11 on.
fn is_starred(vm: &Vm, this: Addr) -> bool {
    vm.profile.version >= Version::V3_11 && vm.word(this, STARRED) != 0
}

fn alias_compare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    let both =
        vm.type_of(left) == types::GENERIC_ALIAS && vm.type_of(right) == types::GENERIC_ALIAS;
    if !both || !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(vm.not_implemented());
    }
    let same = is_starred(vm, left) == is_starred(vm, right)
        && vm.equal(vm.field(left, ORIGIN), vm.field(right, ORIGIN))?
        && vm.equal(vm.field(left, ARGS), vm.field(right, ARGS))?;
    Ok(vm.bool(same == (op == CompareOp::Eq)))
}

/// Calling an alias makes an instance of the origin, which learns of it in `__orig_class__` if it can.
fn alias_call(vm: &mut Vm, this: Addr, args: Args) -> PyResult<Own> {
    let object = vm.call_args(vm.field(this, ORIGIN), args)?;
    let result = vm.set_attr(object.addr(), vm.names.__orig_class__, Some(this));
    if result.is_err() {
        if !vm.raised_is(types::ATTRIBUTE_ERROR) && !vm.raised_is(types::TYPE_ERROR) {
            return result.map(|()| object);
        }
        vm.clear_raised();
    }
    Ok(object)
}

/// Attributes are the origin's, but for the alias's own.
fn alias_getattro(vm: &mut Vm, this: Addr, name: Addr) -> PyResult<Own> {
    const OWN: [&str; 11] = [
        "__class__",
        "__origin__",
        "__args__",
        "__unpacked__",
        "__parameters__",
        "__typing_unpacked_tuple_args__",
        "__mro_entries__",
        "__reduce_ex__",
        "__reduce__",
        "__copy__",
        "__deepcopy__",
    ];
    const BLOCKED: [&str; 3] = ["__bases__", "__copy__", "__deepcopy__"];
    if vm.is_exact_str(name) {
        let text = vm.name_text(name);
        if BLOCKED.contains(&text.as_str()) || OWN.contains(&text.as_str()) {
            return object::generic_getattr(vm, this, name);
        }
        return vm.get_attr(vm.field(this, ORIGIN), name);
    }
    object::generic_getattr(vm, this, name)
}

/// How a type is written in the repr of an alias or a union.
pub(super) fn push_type(vm: &mut Vm, builder: &mut Builder, object: Addr) -> PyResult<()> {
    if object == super::ELLIPSIS {
        builder.push_str("...");
        return Ok(());
    }
    if object == types::NONE_TYPE {
        builder.push_str("None");
        return Ok(());
    }
    let is_alias = matches!(vm.type_of(object), types::GENERIC_ALIAS | types::UNION_TYPE);
    if !is_alias && vm.has_flag(object, flags::TYPE_SUBCLASS) {
        let qualname = super::r#type::qualname_text(vm, object)?;
        match super::r#type::module_text(vm, object)? {
            Some(module) if module != "builtins" => {
                builder.push_str(&format!("{module}.{qualname}"))
            }
            _ => builder.push_str(&qualname),
        }
        return Ok(());
    }
    let text = vm.repr(object)?;
    builder.push(vm, text.addr());
    vm.decref(text);
    Ok(())
}

fn alias_repr(vm: &mut Vm, this: Addr) -> PyResult<Own> {
    let mut builder = Builder::new();
    if is_starred(vm, this) {
        builder.push_str("*");
    }
    let (origin, args) = (vm.field(this, ORIGIN), vm.field(this, ARGS));
    push_type(vm, &mut builder, origin)?;
    builder.push_str("[");
    for (i, arg) in tuple::items(vm, args).into_iter().enumerate() {
        if i > 0 {
            builder.push_str(", ");
        }
        if vm.type_of(arg) == types::LIST {
            builder.push_str("[");
            for (j, inner) in list::items(vm, arg).into_iter().enumerate() {
                if j > 0 {
                    builder.push_str(", ");
                }
                push_type(vm, &mut builder, inner)?;
            }
            builder.push_str("]");
        } else {
            push_type(vm, &mut builder, arg)?;
        }
    }
    if tuple::len(vm, args) == 0 {
        builder.push_str("()");
    }
    builder.push_str("]");
    builder.finish(vm)
}
