//! `BaseExceptionGroup` and `ExceptionGroup`: several exceptions as one. CPython: `PyBaseExceptionGroupObject`.

use super::offsets::OWN;
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    Member, MemberKind, Method, NONE, Slots, class_getitem, flags, list, str, tuple, types,
};
use crate::python::version::Version;
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of the message.
pub const MESSAGE: u64 = OWN;
/// Offset of the tuple of exceptions.
pub const EXCEPTIONS: u64 = OWN + 8;

pub(super) static MEMBERS: &[Member] = &[
    Member {
        name: "message",
        kind: MemberKind::ObjectOrNone,
        offset: MESSAGE as u32,
        writable: false,
    },
    Member {
        name: "exceptions",
        kind: MemberKind::ObjectOrNone,
        offset: EXCEPTIONS as u32,
        writable: false,
    },
];

/// Up to 3.12 the methods get a tuple of their arguments.
const TAKES_TUPLE: fn(Version) -> bool = |version| version <= Version::V3_12;

pub(super) static METHODS: &[Method] = &[
    Method::class("__class_getitem__", "(object, /)", class_getitem::call),
    Method::new("derive", "(excs, /)", |vm, this, args| {
        let message = vm.field(this, MESSAGE);
        vm.call(types::BASE_EXCEPTION_GROUP, &[message, args.get(vm, 0)])
    })
    .with_tuple_in(TAKES_TUPLE),
    Method::new("split", "(matcher_value, /)", |vm, this, args| {
        let (matched, rest) = split(vm, this, args.get(vm, 0))?;
        let matched = matched.unwrap_or_else(|| vm.none());
        let rest = rest.unwrap_or_else(|| vm.none());
        Ok(tuple::from_owned(vm, vec![matched, rest]))
    })
    .with_tuple_in(TAKES_TUPLE),
    Method::new("subgroup", "(matcher_value, /)", |vm, this, args| {
        let (matched, _) = split_recursive(vm, this, args.get(vm, 0), false)?;
        Ok(matched.unwrap_or_else(|| vm.none()))
    })
    .with_tuple_in(TAKES_TUPLE),
];

pub(super) fn slots(slots: &mut Slots) {
    slots.new = Some(new);
    slots.init = Some(|_, _, _| Ok(()));
    slots.str = Some(|vm, this| {
        let count = tuple::len(vm, vm.field(this, EXCEPTIONS));
        let plural = if count == 1 { "" } else { "s" };
        let text = format!(
            "{} ({count} sub-exception{plural})",
            vm.name_text(vm.field(this, MESSAGE))
        );
        Ok(str::new(vm, &text))
    });
}

fn new(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let name = vm.type_data(class).name.to_string();
    if args.len() != 2 || args.keyword_count() != 0 {
        return Err(vm.type_error(format!(
            "BaseExceptionGroup.__new__() takes exactly 2 arguments ({} given)",
            args.len()
        )));
    }
    let (message, exceptions) = (args.get(vm, 0), args.get(vm, 1));
    if !vm.has_flag(message, flags::UNICODE_SUBCLASS) {
        let got = vm.type_name(message);
        return Err(vm.type_error(format!("argument 1 must be str, not {got}")));
    }
    if !vm.is_sequence(exceptions) {
        return Err(vm.type_error("second argument (exceptions) must be a sequence"));
    }
    let members = tuple::from_iterable(vm, exceptions)?;
    if tuple::len(vm, members.addr()) == 0 {
        return Err(vm.value_error("second argument (exceptions) must be a non-empty sequence"));
    }
    let mut all_ordinary = true;
    for (i, member) in tuple::items(vm, members.addr()).into_iter().enumerate() {
        if !vm.has_flag(member, flags::BASE_EXC_SUBCLASS) {
            return Err(vm.value_error(format!(
                "Item {i} of second argument (exceptions) is not an exception"
            )));
        }
        all_ordinary &= vm.type_check(member, types::EXCEPTION);
    }
    let class = chosen_class(vm, class, &name, all_ordinary)?;
    let group = super::new_slot(vm, class, args)?;
    let message = vm.incref(message);
    vm.init_field(group.addr(), MESSAGE, message);
    vm.init_field(group.addr(), EXCEPTIONS, members);
    Ok(group)
}

/// A group of only `Exception`s is an `ExceptionGroup`; others cannot be in one.
fn chosen_class(vm: &mut Vm, class: Addr, name: &str, all_ordinary: bool) -> PyResult<Addr> {
    let exception_group = vm.exception_group;
    if class == types::BASE_EXCEPTION_GROUP {
        return Ok(if all_ordinary && !exception_group.is_null() {
            exception_group
        } else {
            class
        });
    }
    if !all_ordinary && (class == exception_group || vm.is_subtype(class, types::EXCEPTION)) {
        let what = if class == exception_group {
            "ExceptionGroup"
        } else {
            name
        };
        return Err(vm.type_error(format!(
            "Cannot nest BaseExceptions in {}",
            if what == "ExceptionGroup" {
                "an ExceptionGroup".to_string()
            } else {
                format!("'{what}'")
            }
        )));
    }
    Ok(class)
}

/// Whether one exception matches: a class, a tuple of classes, or a predicate.
fn matches(vm: &mut Vm, exception: Addr, matcher: Addr) -> PyResult<bool> {
    let by_class = vm.has_flag(matcher, flags::TUPLE_SUBCLASS)
        || vm.has_flag(matcher, flags::TYPE_SUBCLASS)
            && vm.is_subtype(matcher, types::BASE_EXCEPTION);
    if by_class {
        return vm.is_instance(exception, matcher);
    }
    if !vm.is_callable(matcher) || vm.has_flag(matcher, flags::TYPE_SUBCLASS) {
        return Err(vm.type_error("expected an exception type, a tuple of exception types, or a callable (other than a class)"));
    }
    let result = vm.call(matcher, &[exception])?;
    let truth = vm.is_true(result.addr());
    vm.decref(result);
    truth
}

/// Splits a group (or one exception) into what matches and the rest, keeping the nesting.
pub fn split(vm: &mut Vm, exception: Addr, matcher: Addr) -> PyResult<(Option<Own>, Option<Own>)> {
    split_recursive(vm, exception, matcher, true)
}

/// The same, or only what matches: `exceptiongroup_split_recursive`.
fn split_recursive(
    vm: &mut Vm,
    exception: Addr,
    matcher: Addr,
    wants_rest: bool,
) -> PyResult<(Option<Own>, Option<Own>)> {
    if matches(vm, exception, matcher)? {
        return Ok((Some(vm.incref(exception)), None));
    }
    if !vm.type_check(exception, types::BASE_EXCEPTION_GROUP) {
        let rest = wants_rest.then(|| vm.incref(exception));
        return Ok((None, rest));
    }
    let matched = list::new(vm);
    let rest = wants_rest.then(|| list::new(vm));
    for member in tuple::items(vm, vm.field(exception, EXCEPTIONS)) {
        vm.enter_native(" in exceptiongroup_split_recursive")?;
        let parts = split_recursive(vm, member, matcher, wants_rest);
        vm.leave_native();
        let (member_matched, member_rest) = parts?;
        if let Some(member) = member_matched {
            list::append(vm, matched.addr(), member)?;
        }
        if let (Some(rest), Some(member)) = (&rest, member_rest) {
            list::append(vm, rest.addr(), member)?;
        }
    }
    let found = derive(vm, exception, matched.addr())?;
    let others = match &rest {
        Some(rest) => derive(vm, exception, rest.addr())?,
        None => None,
    };
    vm.decref(matched);
    vm.xdecref(rest);
    Ok((found, others))
}

/// A group like `original` of other members: `derive()`, called with a tuple that C has built, then traceback, cause, context and notes.
fn derive(vm: &mut Vm, original: Addr, members: Addr) -> PyResult<Option<Own>> {
    use super::offsets::*;
    if list::len(vm, members) == 0 {
        return Ok(None);
    }
    let name = str::intern(vm, "derive");
    let arguments = tuple::new(vm, &[members]);
    let group = vm.call_method(original, name.addr(), &[members])?;
    vm.decref(arguments);
    vm.decref(name);
    if !vm.type_check(group.addr(), types::BASE_EXCEPTION_GROUP) {
        return Err(vm.type_error("derive must return an instance of BaseExceptionGroup"));
    }
    for offset in [TRACEBACK, CONTEXT, CAUSE] {
        let value = vm
            .field(original, offset)
            .some()
            .map(|value| vm.incref(value));
        vm.set_field(group.addr(), offset, value);
    }
    if let Some(notes) = vm.get_attr_opt(original, vm.names.__notes__)? {
        if notes.addr() != NONE {
            let copy = list::from_iterable(vm, notes.addr())?;
            vm.set_attr(group.addr(), vm.names.__notes__, Some(copy.addr()))?;
            vm.decref(copy);
        }
        vm.decref(notes);
    }
    Ok(Some(group))
}
