//! Special methods and the slots they stand for. CPython: `slotdefs`, Objects/typeobject.c.
//!
//! Each row joins a name (`__add__`) with a slot and with the *wrapper* that lets Python call a native slot
//! under that name (`int.__add__`). A slot's generic function, which looks the method up, is in
//! `dispatch`.

use super::dispatch as d;
use crate::python::memory::{Addr, Own};
use crate::python::object::slots::{CompareOp, Slots};
use crate::python::object::{NONE, NOT_IMPLEMENTED, flags, int, types};
use crate::python::vm::{Args, PyResult, Vm};

/// What can be done with one slot, whichever its function's type is.
pub struct SlotOps {
    /// Whether the slot is filled.
    pub has: fn(&Slots) -> bool,
    /// Fills it with the function that looks the special method up.
    pub set_generic: fn(&mut Slots),
    /// Copies it.
    pub copy: fn(&Slots, &mut Slots),
    /// Empties it.
    pub clear: fn(&mut Slots),
    /// Whether both have the same function there.
    pub same: fn(&Slots, &Slots) -> bool,
}

/// Lets Python call the native slot of type `owner` on `this`.
pub type WrapFn = fn(&mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own>;

/// A row: a name, its slot, and the wrapper if there is one.
pub struct SlotDef {
    /// The special method's name.
    pub name: &'static str,
    /// Index into [`OPS`].
    pub slot: usize,
    /// The wrapper; `None` for names like `__getattr__` that only turn a slot generic.
    pub wrap: Option<WrapFn>,
    /// What `__text_signature__` says after `$self`.
    pub signature: &'static str,
}

fn same_fn<F: Copy>(a: Option<F>, b: Option<F>, address: fn(F) -> usize) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => address(a) == address(b),
        (None, None) => true,
        _ => false,
    }
}

macro_rules! ops {
    ($($const:ident($($field:tt)+) = $generic:expr;)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Index { $($const,)* }
        $(
            /// Index of the slot in [`OPS`].
            pub const $const: usize = Index::$const as usize;
        )*
        /// The operations of every slot.
        pub static OPS: &[SlotOps] = &[$(SlotOps {
            has: |slots| slots.$($field)+.is_some(),
            set_generic: |slots| slots.$($field)+ = $generic,
            copy: |from, to| to.$($field)+ = from.$($field)+,
            clear: |slots| slots.$($field)+ = None,
            same: |a, b| same_fn(a.$($field)+, b.$($field)+, |function| function as usize),
        }),*];

        impl Slots {
            /// Which slots of [`OPS`] are filled: bit `n` for the one with index `n`.
            pub fn filled(&self) -> u128 {
                $(u128::from(self.$($field)+.is_some()) << $const)|*
            }

            /// Copies every slot of [`OPS`] that is empty here.
            pub fn fill_from(&mut self, base: &Slots) {
                $(self.$($field)+ = self.$($field)+.or(base.$($field)+);)*
            }
        }
    };
}

ops! {
    REPR(repr) = Some(d::repr);
    STR(str) = Some(d::str);
    HASH(hash) = Some(d::hash);
    CALL(call) = Some(d::call);
    GETATTRO(getattro) = Some(d::getattro);
    SETATTRO(setattro) = Some(d::setattro);
    RICHCOMPARE(richcompare) = Some(d::richcompare);
    ITER(iter) = Some(d::iter);
    ITERNEXT(iternext) = Some(d::iternext);
    DESCR_GET(descr_get) = Some(d::descr_get);
    DESCR_SET(descr_set) = Some(d::descr_set);
    INIT(init) = Some(d::init);
    NEW(new) = Some(d::new);
    FINALIZE(finalize) = Some(d::finalize);
    ADD(binary[0]) = Some(d::binary::<0>);
    AND(binary[1]) = Some(d::binary::<1>);
    FLOORDIV(binary[2]) = Some(d::binary::<2>);
    LSHIFT(binary[3]) = Some(d::binary::<3>);
    MATMUL(binary[4]) = Some(d::binary::<4>);
    MUL(binary[5]) = Some(d::binary::<5>);
    MOD(binary[6]) = Some(d::binary::<6>);
    OR(binary[7]) = Some(d::binary::<7>);
    RSHIFT(binary[9]) = Some(d::binary::<9>);
    SUB(binary[10]) = Some(d::binary::<10>);
    TRUEDIV(binary[11]) = Some(d::binary::<11>);
    XOR(binary[12]) = Some(d::binary::<12>);
    IADD(inplace[0]) = Some(d::inplace::<0>);
    IAND(inplace[1]) = Some(d::inplace::<1>);
    IFLOORDIV(inplace[2]) = Some(d::inplace::<2>);
    ILSHIFT(inplace[3]) = Some(d::inplace::<3>);
    IMATMUL(inplace[4]) = Some(d::inplace::<4>);
    IMUL(inplace[5]) = Some(d::inplace::<5>);
    IMOD(inplace[6]) = Some(d::inplace::<6>);
    IOR(inplace[7]) = Some(d::inplace::<7>);
    IRSHIFT(inplace[9]) = Some(d::inplace::<9>);
    ISUB(inplace[10]) = Some(d::inplace::<10>);
    ITRUEDIV(inplace[11]) = Some(d::inplace::<11>);
    IXOR(inplace[12]) = Some(d::inplace::<12>);
    POW(power) = Some(d::power);
    IPOW(inplace_power) = Some(d::inplace_power);
    DIVMOD(divmod) = Some(d::divmod);
    NEG(negative) = Some(d::negative);
    POS(positive) = Some(d::positive);
    ABS(absolute) = Some(d::absolute);
    INVERT(invert) = Some(d::invert);
    BOOL(bool) = Some(d::bool);
    INT(int) = Some(d::int);
    FLOAT(float) = Some(d::float);
    INDEX(index) = Some(d::index);
    SQ_LENGTH(sq_length) = Some(d::length);
    SQ_CONCAT(sq_concat) = None;
    SQ_REPEAT(sq_repeat) = None;
    SQ_ITEM(sq_item) = Some(d::sq_item);
    SQ_ASS_ITEM(sq_ass_item) = Some(d::sq_ass_item);
    SQ_CONTAINS(sq_contains) = Some(d::sq_contains);
    SQ_ICONCAT(sq_inplace_concat) = None;
    SQ_IREPEAT(sq_inplace_repeat) = None;
    MP_LENGTH(mp_length) = Some(d::length);
    MP_SUBSCRIPT(mp_subscript) = Some(d::mp_subscript);
    MP_ASS_SUBSCRIPT(mp_ass_subscript) = Some(d::mp_ass_subscript);
    AM_AWAIT(am_await) = Some(d::am_await);
    AM_AITER(am_aiter) = Some(d::am_aiter);
    AM_ANEXT(am_anext) = Some(d::am_anext);
}

const fn row(
    name: &'static str,
    slot: usize,
    wrap: Option<WrapFn>,
    signature: &'static str,
) -> SlotDef {
    SlotDef {
        name,
        slot,
        wrap,
        signature,
    }
}

/// The special methods, in CPython's order.
pub static SLOTDEFS: &[SlotDef] = &[
    row("__getattribute__", GETATTRO, Some(wrap_getattro), "name, /"),
    row("__getattr__", GETATTRO, None, ""),
    row(
        "__setattr__",
        SETATTRO,
        Some(wrap_setattr),
        "name, value, /",
    ),
    row("__delattr__", SETATTRO, Some(wrap_delattr), "name, /"),
    row(
        "__repr__",
        REPR,
        Some(|vm, owner, this, args| wrap_unary(vm, owner, this, args, |s| s.repr)),
        "/",
    ),
    row("__hash__", HASH, Some(wrap_hash), "/"),
    row("__call__", CALL, Some(wrap_call), "/, *args, **kwargs"),
    row(
        "__str__",
        STR,
        Some(|vm, owner, this, args| wrap_unary(vm, owner, this, args, |s| s.str)),
        "/",
    ),
    row("__lt__", RICHCOMPARE, Some(wrap_compare::<0>), "value, /"),
    row("__le__", RICHCOMPARE, Some(wrap_compare::<1>), "value, /"),
    row("__eq__", RICHCOMPARE, Some(wrap_compare::<2>), "value, /"),
    row("__ne__", RICHCOMPARE, Some(wrap_compare::<3>), "value, /"),
    row("__gt__", RICHCOMPARE, Some(wrap_compare::<4>), "value, /"),
    row("__ge__", RICHCOMPARE, Some(wrap_compare::<5>), "value, /"),
    row(
        "__iter__",
        ITER,
        Some(|vm, owner, this, args| wrap_unary(vm, owner, this, args, |s| s.iter)),
        "/",
    ),
    row("__next__", ITERNEXT, Some(wrap_next), "/"),
    row(
        "__get__",
        DESCR_GET,
        Some(wrap_descr_get),
        "instance, owner=None, /",
    ),
    row(
        "__set__",
        DESCR_SET,
        Some(wrap_descr_set),
        "instance, value, /",
    ),
    row(
        "__delete__",
        DESCR_SET,
        Some(wrap_descr_delete),
        "instance, /",
    ),
    row("__init__", INIT, Some(wrap_init), "/, *args, **kwargs"),
    row("__new__", NEW, None, ""),
    row("__del__", FINALIZE, Some(wrap_del), "/"),
    row(
        "__await__",
        AM_AWAIT,
        Some(|vm, owner, this, args| wrap_unary(vm, owner, this, args, |s| s.am_await)),
        "/",
    ),
    row(
        "__aiter__",
        AM_AITER,
        Some(|vm, owner, this, args| wrap_unary(vm, owner, this, args, |s| s.am_aiter)),
        "/",
    ),
    row(
        "__anext__",
        AM_ANEXT,
        Some(|vm, owner, this, args| wrap_unary(vm, owner, this, args, |s| s.am_anext)),
        "/",
    ),
    row("__add__", ADD, Some(wrap_left::<0>), "value, /"),
    row("__radd__", ADD, Some(wrap_right::<0>), "value, /"),
    row("__sub__", SUB, Some(wrap_left::<10>), "value, /"),
    row("__rsub__", SUB, Some(wrap_right::<10>), "value, /"),
    row("__mul__", MUL, Some(wrap_left::<5>), "value, /"),
    row("__rmul__", MUL, Some(wrap_right::<5>), "value, /"),
    row("__mod__", MOD, Some(wrap_left::<6>), "value, /"),
    row("__rmod__", MOD, Some(wrap_right::<6>), "value, /"),
    row("__divmod__", DIVMOD, Some(wrap_divmod), "value, /"),
    row("__rdivmod__", DIVMOD, Some(wrap_rdivmod), "value, /"),
    row("__pow__", POW, Some(wrap_pow), "value, mod=None, /"),
    row("__rpow__", POW, Some(wrap_rpow), "value, mod=None, /"),
    row(
        "__neg__",
        NEG,
        Some(|vm, owner, this, args| wrap_unary(vm, owner, this, args, |s| s.negative)),
        "/",
    ),
    row(
        "__pos__",
        POS,
        Some(|vm, owner, this, args| wrap_unary(vm, owner, this, args, |s| s.positive)),
        "/",
    ),
    row(
        "__abs__",
        ABS,
        Some(|vm, owner, this, args| wrap_unary(vm, owner, this, args, |s| s.absolute)),
        "/",
    ),
    row("__bool__", BOOL, Some(wrap_bool), "/"),
    row(
        "__invert__",
        INVERT,
        Some(|vm, owner, this, args| wrap_unary(vm, owner, this, args, |s| s.invert)),
        "/",
    ),
    row("__lshift__", LSHIFT, Some(wrap_left::<3>), "value, /"),
    row("__rlshift__", LSHIFT, Some(wrap_right::<3>), "value, /"),
    row("__rshift__", RSHIFT, Some(wrap_left::<9>), "value, /"),
    row("__rrshift__", RSHIFT, Some(wrap_right::<9>), "value, /"),
    row("__and__", AND, Some(wrap_left::<1>), "value, /"),
    row("__rand__", AND, Some(wrap_right::<1>), "value, /"),
    row("__xor__", XOR, Some(wrap_left::<12>), "value, /"),
    row("__rxor__", XOR, Some(wrap_right::<12>), "value, /"),
    row("__or__", OR, Some(wrap_left::<7>), "value, /"),
    row("__ror__", OR, Some(wrap_right::<7>), "value, /"),
    row(
        "__int__",
        INT,
        Some(|vm, owner, this, args| wrap_unary(vm, owner, this, args, |s| s.int)),
        "/",
    ),
    row(
        "__float__",
        FLOAT,
        Some(|vm, owner, this, args| wrap_unary(vm, owner, this, args, |s| s.float)),
        "/",
    ),
    row("__iadd__", IADD, Some(wrap_inplace::<0>), "value, /"),
    row("__isub__", ISUB, Some(wrap_inplace::<10>), "value, /"),
    row("__imul__", IMUL, Some(wrap_inplace::<5>), "value, /"),
    row("__imod__", IMOD, Some(wrap_inplace::<6>), "value, /"),
    row("__ipow__", IPOW, Some(wrap_ipow), "value, /"),
    row("__ilshift__", ILSHIFT, Some(wrap_inplace::<3>), "value, /"),
    row("__irshift__", IRSHIFT, Some(wrap_inplace::<9>), "value, /"),
    row("__iand__", IAND, Some(wrap_inplace::<1>), "value, /"),
    row("__ixor__", IXOR, Some(wrap_inplace::<12>), "value, /"),
    row("__ior__", IOR, Some(wrap_inplace::<7>), "value, /"),
    row("__floordiv__", FLOORDIV, Some(wrap_left::<2>), "value, /"),
    row("__rfloordiv__", FLOORDIV, Some(wrap_right::<2>), "value, /"),
    row("__truediv__", TRUEDIV, Some(wrap_left::<11>), "value, /"),
    row("__rtruediv__", TRUEDIV, Some(wrap_right::<11>), "value, /"),
    row(
        "__ifloordiv__",
        IFLOORDIV,
        Some(wrap_inplace::<2>),
        "value, /",
    ),
    row(
        "__itruediv__",
        ITRUEDIV,
        Some(wrap_inplace::<11>),
        "value, /",
    ),
    row(
        "__index__",
        INDEX,
        Some(|vm, owner, this, args| wrap_unary(vm, owner, this, args, |s| s.index)),
        "/",
    ),
    row("__matmul__", MATMUL, Some(wrap_left::<4>), "value, /"),
    row("__rmatmul__", MATMUL, Some(wrap_right::<4>), "value, /"),
    row("__imatmul__", IMATMUL, Some(wrap_inplace::<4>), "value, /"),
    row(
        "__len__",
        MP_LENGTH,
        Some(|vm, owner, this, args| wrap_length(vm, owner, this, args, |s| s.mp_length)),
        "/",
    ),
    row("__getitem__", MP_SUBSCRIPT, Some(wrap_subscript), "key, /"),
    row(
        "__setitem__",
        MP_ASS_SUBSCRIPT,
        Some(wrap_assign_subscript),
        "key, value, /",
    ),
    row(
        "__delitem__",
        MP_ASS_SUBSCRIPT,
        Some(wrap_delete_subscript),
        "key, /",
    ),
    row(
        "__len__",
        SQ_LENGTH,
        Some(|vm, owner, this, args| wrap_length(vm, owner, this, args, |s| s.sq_length)),
        "/",
    ),
    row("__add__", SQ_CONCAT, Some(wrap_concat), "value, /"),
    row("__mul__", SQ_REPEAT, Some(wrap_repeat), "value, /"),
    row("__rmul__", SQ_REPEAT, Some(wrap_repeat), "value, /"),
    row("__getitem__", SQ_ITEM, Some(wrap_item), "key, /"),
    row(
        "__setitem__",
        SQ_ASS_ITEM,
        Some(wrap_assign_item),
        "key, value, /",
    ),
    row("__delitem__", SQ_ASS_ITEM, Some(wrap_delete_item), "key, /"),
    row("__contains__", SQ_CONTAINS, Some(wrap_contains), "key, /"),
    row(
        "__iadd__",
        SQ_ICONCAT,
        Some(wrap_inplace_concat),
        "value, /",
    ),
    row(
        "__imul__",
        SQ_IREPEAT,
        Some(wrap_inplace_repeat),
        "value, /",
    ),
];

fn slots(vm: &Vm, owner: Addr) -> &Slots {
    &vm.type_data(owner).slots
}

/// The words of CPython's wrappers: they count arguments without naming the function.
fn expect(vm: &mut Vm, args: Args, count: usize) -> PyResult<()> {
    if args.keyword_count() != 0 {
        return Err(vm.type_error("wrapper takes no keyword arguments"));
    }
    if args.len() == count {
        return Ok(());
    }
    let plural = if count == 1 { "" } else { "s" };
    Err(vm.type_error(format!(
        "expected {count} argument{plural}, got {}",
        args.len()
    )))
}

/// The same for wrappers that unpack a tuple: a name that is empty stands before the words, with its space.
fn unpack(vm: &mut Vm, args: Args, least: usize, most: usize) -> PyResult<()> {
    if args.keyword_count() != 0 || (least..=most).contains(&args.len()) {
        return expect(vm, args, args.len());
    }
    let (word, limit) = match args.len() < least {
        _ if least == most => ("", most),
        true => ("at least ", least),
        false => ("at most ", most),
    };
    let plural = if limit == 1 { "" } else { "s" };
    let given = args.len();
    Err(vm.type_error(format!(
        " expected {word}{limit} argument{plural}, got {given}"
    )))
}

fn missing(vm: &mut Vm) -> crate::python::vm::Raised {
    vm.system_error("a slot wrapper was called for an empty slot")
}

macro_rules! slot_of {
    ($vm:ident, $owner:ident, $($field:tt)+) => {
        match slots($vm, $owner).$($field)+ {
            Some(function) => function,
            None => return Err(missing($vm)),
        }
    };
}

fn wrap_unary(
    vm: &mut Vm,
    owner: Addr,
    this: Addr,
    args: Args,
    slot: fn(&Slots) -> Option<crate::python::object::slots::UnaryFn>,
) -> PyResult<Own> {
    expect(vm, args, 0)?;
    match slot(slots(vm, owner)) {
        Some(function) => function(vm, this),
        None => Err(missing(vm)),
    }
}

fn wrap_length(
    vm: &mut Vm,
    owner: Addr,
    this: Addr,
    args: Args,
    slot: fn(&Slots) -> Option<crate::python::object::slots::LenFn>,
) -> PyResult<Own> {
    expect(vm, args, 0)?;
    let Some(function) = slot(slots(vm, owner)) else {
        return Err(missing(vm));
    };
    let length = function(vm, this)?;
    Ok(int::new(vm, length as i64))
}

fn wrap_getattro(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    expect(vm, args, 1)?;
    let function = slot_of!(vm, owner, getattro);
    function(vm, this, args.get(vm, 0))
}

/// `object.__setattr__(str_instance, …)` must not get around a stricter type. CPython: `hackcheck`.
fn hackcheck(vm: &mut Vm, owner: Addr, this: Addr, what: &str) -> PyResult<()> {
    let mut ty = vm.type_of(this);
    while !ty.is_null() && vm.type_flags(ty) & flags::HEAPTYPE != 0 {
        ty = vm.field(ty, crate::python::vm::typedata::TP_BASE);
    }
    let stricter = !ty.is_null() && !(OPS[SETATTRO].same)(slots(vm, ty), slots(vm, owner));
    if stricter {
        let name = vm.type_name(this);
        return Err(vm.type_error(format!("can't apply this {what} to {name} object")));
    }
    Ok(())
}

fn wrap_setattr(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    unpack(vm, args, 2, 2)?;
    hackcheck(vm, owner, this, "__setattr__")?;
    let function = slot_of!(vm, owner, setattro);
    function(vm, this, args.get(vm, 0), args.opt(vm, 1))?;
    Ok(vm.none())
}

fn wrap_delattr(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    expect(vm, args, 1)?;
    hackcheck(vm, owner, this, "__delattr__")?;
    let function = slot_of!(vm, owner, setattro);
    function(vm, this, args.get(vm, 0), None)?;
    Ok(vm.none())
}

fn wrap_hash(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    expect(vm, args, 0)?;
    let function = slot_of!(vm, owner, hash);
    let hash = function(vm, this)?;
    Ok(int::new(vm, hash))
}

fn wrap_call(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    let function = slot_of!(vm, owner, call);
    // The wrapper passes on the tuple that it got itself.
    vm.tuple_base = args.base();
    let result = function(vm, this, args);
    vm.tuple_base = Addr::NULL;
    result
}

fn wrap_compare<const OP: u32>(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    expect(vm, args, 1)?;
    let function = slot_of!(vm, owner, richcompare);
    function(vm, this, args.get(vm, 0), CompareOp::from_number(OP))
}

fn wrap_next(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    expect(vm, args, 0)?;
    let function = slot_of!(vm, owner, iternext);
    match function(vm, this)? {
        Some(item) => Ok(item),
        None => Err(vm.stop_iteration()),
    }
}

fn wrap_descr_get(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    if args.is_empty() || args.len() > 2 {
        let at = if args.is_empty() {
            ("at least", "1 argument")
        } else {
            ("at most", "2 arguments")
        };
        return Err(vm.type_error(format!("expected {} {}, got {}", at.0, at.1, args.len())));
    }
    let given = |argument: Option<Addr>| argument.filter(|argument| *argument != NONE);
    let (object, class) = (given(args.opt(vm, 0)), given(args.opt(vm, 1)));
    if object.is_none() && class.is_none() {
        return Err(vm.type_error("__get__(None, None) is invalid"));
    }
    let function = slot_of!(vm, owner, descr_get);
    function(vm, this, object, class)
}

fn wrap_descr_set(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    unpack(vm, args, 2, 2)?;
    let function = slot_of!(vm, owner, descr_set);
    function(vm, this, args.get(vm, 0), args.opt(vm, 1))?;
    Ok(vm.none())
}

fn wrap_descr_delete(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    expect(vm, args, 1)?;
    let function = slot_of!(vm, owner, descr_set);
    function(vm, this, args.get(vm, 0), None)?;
    Ok(vm.none())
}

fn wrap_init(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    let function = slot_of!(vm, owner, init);
    vm.tuple_base = args.base();
    let result = function(vm, this, args);
    vm.tuple_base = Addr::NULL;
    result?;
    Ok(vm.none())
}

fn wrap_del(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    expect(vm, args, 0)?;
    let function = slot_of!(vm, owner, finalize);
    function(vm, this);
    Ok(vm.none())
}

fn wrap_left<const OP: usize>(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    expect(vm, args, 1)?;
    let function = slot_of!(vm, owner, binary[OP]);
    function(vm, this, args.get(vm, 0))
}

fn wrap_right<const OP: usize>(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    expect(vm, args, 1)?;
    let function = slot_of!(vm, owner, binary[OP]);
    function(vm, args.get(vm, 0), this)
}

fn wrap_inplace<const OP: usize>(
    vm: &mut Vm,
    owner: Addr,
    this: Addr,
    args: Args,
) -> PyResult<Own> {
    expect(vm, args, 1)?;
    let function = slot_of!(vm, owner, inplace[OP]);
    function(vm, this, args.get(vm, 0))
}

fn wrap_divmod(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    expect(vm, args, 1)?;
    let function = slot_of!(vm, owner, divmod);
    function(vm, this, args.get(vm, 0))
}

fn wrap_rdivmod(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    expect(vm, args, 1)?;
    let function = slot_of!(vm, owner, divmod);
    function(vm, args.get(vm, 0), this)
}

fn pow_args(vm: &mut Vm, args: Args) -> PyResult<(Addr, Addr)> {
    unpack(vm, args, 1, 2)?;
    Ok((args.get(vm, 0), args.opt(vm, 1).unwrap_or(NONE)))
}

fn wrap_pow(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    let (other, modulus) = pow_args(vm, args)?;
    let function = slot_of!(vm, owner, power);
    function(vm, this, other, modulus)
}

fn wrap_rpow(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    let (other, modulus) = pow_args(vm, args)?;
    let function = slot_of!(vm, owner, power);
    function(vm, other, this, modulus)
}

fn wrap_ipow(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    expect(vm, args, 1)?;
    let function = slot_of!(vm, owner, inplace_power);
    function(vm, this, args.get(vm, 0), NONE)
}

fn wrap_bool(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    expect(vm, args, 0)?;
    let function = slot_of!(vm, owner, bool);
    let truth = function(vm, this)?;
    Ok(vm.bool(truth))
}

fn wrap_subscript(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    expect(vm, args, 1)?;
    let function = slot_of!(vm, owner, mp_subscript);
    function(vm, this, args.get(vm, 0))
}

fn wrap_assign_subscript(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    unpack(vm, args, 2, 2)?;
    let function = slot_of!(vm, owner, mp_ass_subscript);
    function(vm, this, args.get(vm, 0), args.opt(vm, 1))?;
    Ok(vm.none())
}

fn wrap_delete_subscript(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    expect(vm, args, 1)?;
    let function = slot_of!(vm, owner, mp_ass_subscript);
    function(vm, this, args.get(vm, 0), None)?;
    Ok(vm.none())
}

fn wrap_concat(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    expect(vm, args, 1)?;
    let function = slot_of!(vm, owner, sq_concat);
    function(vm, this, args.get(vm, 0))
}

fn wrap_inplace_concat(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    expect(vm, args, 1)?;
    let function = slot_of!(vm, owner, sq_inplace_concat);
    function(vm, this, args.get(vm, 0))
}

fn wrap_repeat(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    unpack(vm, args, 1, 1)?;
    let count = vm.index_value(args.get(vm, 0), types::OVERFLOW_ERROR)?;
    let function = slot_of!(vm, owner, sq_repeat);
    function(vm, this, count)
}

fn wrap_inplace_repeat(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    unpack(vm, args, 1, 1)?;
    let count = vm.index_value(args.get(vm, 0), types::OVERFLOW_ERROR)?;
    let function = slot_of!(vm, owner, sq_inplace_repeat);
    function(vm, this, count)
}

fn item_index(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<isize> {
    let index = vm.index_value(args.get(vm, 0), types::OVERFLOW_ERROR)?;
    match slots(vm, owner).sq_length {
        Some(length) if index < 0 => Ok(index + length(vm, this)? as isize),
        _ => Ok(index),
    }
}

fn wrap_item(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    expect(vm, args, 1)?;
    let index = item_index(vm, owner, this, args)?;
    let function = slot_of!(vm, owner, sq_item);
    function(vm, this, index)
}

fn wrap_assign_item(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    unpack(vm, args, 2, 2)?;
    let index = item_index(vm, owner, this, args)?;
    let function = slot_of!(vm, owner, sq_ass_item);
    function(vm, this, index, args.opt(vm, 1))?;
    Ok(vm.none())
}

fn wrap_delete_item(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    expect(vm, args, 1)?;
    let index = item_index(vm, owner, this, args)?;
    let function = slot_of!(vm, owner, sq_ass_item);
    function(vm, this, index, None)?;
    Ok(vm.none())
}

fn wrap_contains(vm: &mut Vm, owner: Addr, this: Addr, args: Args) -> PyResult<Own> {
    expect(vm, args, 1)?;
    let function = slot_of!(vm, owner, sq_contains);
    let found = function(vm, this, args.get(vm, 0))?;
    Ok(vm.bool(found))
}

/// Whether an operator's answer is "not mine".
pub fn declined(result: &Own) -> bool {
    result.addr() == NOT_IMPLEMENTED
}
