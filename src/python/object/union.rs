//! `int | str`: `types.UnionType`, from 3.14 on `typing.Union`. CPython: `unionobject`, Objects/unionobject.c.
//!
//! ```text
//! 3.13   16 args   24 parameters
//! 3.14   16 args   24 the hashable ones, a frozenset   32 the others   40 parameters   48 weakrefs
//! ```

use super::generic_alias::{drop_fields, parameters, push_type, substitute};
use super::{
    Builder, CompareOp, GetSet, Member, MemberKind, Method, NONE, Slots, TypeSpec, alloc, flags,
    tuple, types,
};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Vm};

const ARGS: u64 = 16;
/// The members as a set, from 3.14 on.
const MEMBERS: u64 = 24;

/// Where the type variables among the members are kept.
fn parameters_at(vm: &Vm) -> u64 {
    if vm.profile.unions_are_typing { 40 } else { 24 }
}

/// The references in the order in which the collector visits them.
fn fields(vm: &Vm) -> &'static [u64] {
    match vm.profile.unions_are_typing {
        true => &[ARGS, MEMBERS, 32, 40],
        false => &[ARGS, 24],
    }
}

/// The type.
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 32,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION,
    slots: union_slots,
    methods: &[
        Method::class("__class_getitem__", "(object, /)", class_getitem),
        Method::new("__mro_entries__", "(bases, /)", |vm, this, _| {
            let text = vm.repr(this)?;
            let message = format!("Cannot subclass {}", super::str::to_rust(vm, text.addr()));
            vm.decref(text);
            Err(vm.type_error(message))
        }),
    ],
    members: &[Member {
        name: "__args__",
        kind: MemberKind::ObjectOrNone,
        offset: ARGS as u32,
        writable: false,
    }],
    getset: &[
        GetSet::read("__parameters__", |vm, this| {
            parameters(vm, this, ARGS, parameters_at(vm))
        }),
        GetSet::read("__origin__", |vm, _| Ok(vm.incref(types::UNION_TYPE))),
    ],
    ..TypeSpec::new(types::UNION_TYPE, "types.UnionType")
};

/// `Union[X, Y]`; what is neither a class nor an alias is looked at by `typing`.
fn class_getitem(vm: &mut Vm, _class: Addr, args: Args) -> PyResult<Own> {
    let given = args.get(vm, 0);
    let given = match vm.has_flag(given, flags::TUPLE_SUBCLASS) {
        true => tuple::items(vm, given),
        false => vec![given],
    };
    if given.is_empty() {
        return Err(vm.type_error("Cannot take a Union of no types."));
    }
    let mut checked = Vec::with_capacity(given.len());
    for item in given {
        checked.push(match is_unionable(vm, item) {
            true => vm.incref(item),
            false => check(vm, item)?,
        });
    }
    let items: Vec<Addr> = checked.iter().map(Own::addr).collect();
    let union = join(vm, &items);
    for item in checked {
        vm.decref(item);
    }
    union
}

/// `typing._type_check`
fn check(vm: &mut Vm, item: Addr) -> PyResult<Own> {
    let typing = vm.import_module("typing")?;
    let name = super::str::intern(vm, "_type_check");
    let function = vm.get_attr(typing.addr(), name.addr());
    vm.decref(name);
    vm.decref(typing);
    let function = function?;
    let message = super::str::new(vm, "Union[arg, ...]: each arg must be a type.");
    let checked = vm.call(function.addr(), &[item, message.addr()]);
    vm.decref(message);
    vm.decref(function);
    checked
}

/// The members of a union, a tuple, borrowed.
pub fn args(vm: &Vm, union: Addr) -> Addr {
    vm.field(union, ARGS)
}

fn new_union(vm: &mut Vm, members: Vec<Own>) -> PyResult<Own> {
    let members = tuple::from_owned(vm, members);
    let set = match vm.profile.unions_are_typing {
        true => {
            let items = tuple::items(vm, members.addr());
            Some(super::set::new_frozenset(vm, &items)?)
        }
        false => None,
    };
    let union = alloc::alloc(vm, types::UNION_TYPE, 0)?;
    vm.init_field(union.addr(), ARGS, members);
    if let Some(set) = set {
        vm.init_field(union.addr(), MEMBERS, set);
    }
    gc::track(vm, union.addr());
    Ok(union)
}

/// Whether the running code has unions: in 3.9 only the library, which is of a later version.
fn has_unions(vm: &Vm) -> bool {
    vm.profile.has_unions
        || vm.frames.last().is_some_and(|frame| {
            let code = &vm.program_ref(frame.code).code;
            crate::python::lib::is_path(&code.filename)
        })
}

/// Whether an object may be a member of a union without `typing`: `None`, a class, an alias, a union.
fn is_unionable(vm: &Vm, object: Addr) -> bool {
    let ty = vm.type_of(object);
    object == NONE
        || vm.type_flags(ty) & flags::TYPE_SUBCLASS != 0
        || matches!(
            ty,
            types::GENERIC_ALIAS | types::UNION_TYPE | types::TYPE_ALIAS_TYPE
        )
}

/// `X | Y` for classes and aliases.
pub fn type_or(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    if !has_unions(vm) || !is_unionable(vm, left) || !is_unionable(vm, right) {
        return Ok(vm.not_implemented());
    }
    join(vm, &[left, right])
}

/// The union of some types: flat, without repetitions.
fn join(vm: &mut Vm, types: &[Addr]) -> PyResult<Own> {
    let mut members: Vec<Own> = Vec::new();
    for &side in types {
        let parts = if vm.type_of(side) == types::UNION_TYPE {
            tuple::items(vm, args(vm, side))
        } else {
            vec![side]
        };
        for part in parts {
            let part = if part == NONE { types::NONE_TYPE } else { part };
            let mut seen = false;
            for member in &members {
                let aliases = vm.type_of(member.addr()) == types::GENERIC_ALIAS
                    && vm.type_of(part) == types::GENERIC_ALIAS;
                seen |= member.addr() == part || aliases && vm.equal(member.addr(), part)?;
            }
            if !seen {
                members.push(vm.incref(part));
            }
        }
    }
    if members.len() == 1
        && let Some(only) = members.pop()
    {
        return Ok(only);
    }
    new_union(vm, members)
}

fn union_slots(slots: &mut Slots) {
    slots.dealloc = Some(|vm, this| {
        gc::untrack(vm, this);
        if vm.profile.unions_are_typing {
            super::weakref::clear_refs(vm, this);
        }
        drop_fields(vm, this, fields(vm));
        alloc::free(vm, this);
    });
    slots.traverse = Some(|vm, this, visit| {
        for offset in fields(vm) {
            if let Some(object) = vm.field(this, *offset).some() {
                visit(object);
            }
        }
    });
    slots.repr = Some(|vm, this| {
        let mut builder = Builder::new();
        for (i, member) in tuple::items(vm, args(vm, this)).into_iter().enumerate() {
            if i > 0 {
                builder.push_str(" | ");
            }
            push_type(vm, &mut builder, member)?;
        }
        builder.finish(vm)
    });
    slots.hash = Some(|vm, this| {
        let members = tuple::items(vm, args(vm, this));
        let set = super::set::new_frozenset(vm, &members)?;
        let hash = vm.hash(set.addr());
        vm.decref(set);
        hash
    });
    slots.richcompare = Some(|vm, left, right, op| {
        let both = vm.type_of(left) == types::UNION_TYPE && vm.type_of(right) == types::UNION_TYPE;
        if !both || !matches!(op, CompareOp::Eq | CompareOp::Ne) {
            return Ok(vm.not_implemented());
        }
        let (left, right) = (
            tuple::items(vm, args(vm, left)),
            tuple::items(vm, args(vm, right)),
        );
        let left = super::set::new_frozenset(vm, &left)?;
        let right = super::set::new_frozenset(vm, &right)?;
        let result = vm.rich_compare(left.addr(), right.addr(), op);
        vm.decref(left);
        vm.decref(right);
        result
    });
    slots.mp_subscript = Some(|vm, this, item| {
        let parameters = parameters(vm, this, ARGS, parameters_at(vm))?;
        let substituted = substitute(vm, this, args(vm, this), parameters.addr(), item)?;
        vm.decref(parameters);
        let mut result: Option<Own> = None;
        for arg in tuple::items(vm, substituted.addr()) {
            result = Some(match result {
                Some(left) => {
                    let joined = vm.binary_op(left.addr(), arg, super::BinaryOp::Or)?;
                    vm.decref(left);
                    joined
                }
                None => vm.incref(arg),
            });
        }
        vm.decref(substituted);
        Ok(result.unwrap_or_else(|| vm.none()))
    });
    slots.binary[super::BinaryOp::Or as usize] = Some(type_or);
}
