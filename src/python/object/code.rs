//! `code`: a compiled block. CPython: `PyCodeObject`, Objects/codeobject.c.
//!
//! The object has CPython's fields and the length of CPython's bytecode; what the eval loop reads stands
//! beside it in [`Program`], found by the index in the word of `co_executors`.

use super::{
    GetSet, Member, MemberKind, Method, NONE, TypeSpec, alloc, bytes, int, str, tuple, types,
};
use crate::python::code::{Code, Const, Op, flags, old_depth};
use crate::python::memory::{Addr, Own};
use crate::python::object::slots::{CompareOp, Slots};
use crate::python::vm::program::Program;
use crate::python::vm::{Args, PyResult, Vm};
use std::rc::Rc;
use std::sync::Arc;

/// `co_consts`
pub const CONSTS: u64 = 24;
/// `co_names`
pub const NAMES: u64 = 32;
/// `co_exceptiontable`, made when asked for.
pub const EXCEPTIONTABLE: u64 = 40;
/// `co_flags` and, in the upper half, `co_argcount`.
pub const FLAGS: u64 = 48;
/// `co_posonlyargcount`, `co_kwonlyargcount`
pub const POSONLY: u64 = 56;
/// `co_stacksize`, `co_firstlineno`
pub const STACKSIZE: u64 = 64;
/// `co_nlocalsplus`, `co_framesize`
pub const NLOCALSPLUS: u64 = 72;
/// `co_localsplusnames`
pub const LOCALSPLUSNAMES: u64 = 96;
/// `co_filename`
pub const FILENAME: u64 = 112;
/// `co_name`
pub const NAME: u64 = 120;
/// `co_qualname`
pub const QUALNAME: u64 = 128;
/// `co_linetable`, made when asked for.
pub const LINETABLE: u64 = 136;
/// `co_weakreflist`
pub const WEAKREFLIST: u64 = 144;
/// The index in `vm.programs`.
pub const INDEX: u64 = 152;

/// Where CPython's instruction `i` would start, in 16-bit units, with one item more for the end.
pub fn unit_offsets(code: &Code) -> Vec<usize> {
    let instructions = &code.instructions;
    // A jump's argument is a distance in units, which depends on the sizes before it: widen until stable.
    let mut widths: Vec<usize> = instructions
        .iter()
        .map(|i| if i.op.is_jump() { 1 } else { arg_units(i.arg) })
        .collect();
    loop {
        let mut offsets = Vec::with_capacity(instructions.len() + 1);
        let mut offset = 0;
        for (instruction, width) in instructions.iter().zip(&widths) {
            offsets.push(offset);
            offset += width + instruction.op.caches() as usize;
        }
        offsets.push(offset);
        let mut stable = true;
        for (i, instruction) in instructions.iter().enumerate() {
            if instruction.op.is_jump() {
                let target = offsets
                    .get(instruction.arg as usize)
                    .copied()
                    .unwrap_or(offset);
                let end = offsets[i + 1];
                let width = arg_units(target.abs_diff(end) as u32);
                if width > widths[i] {
                    widths[i] = width;
                    stable = false;
                }
            }
        }
        if stable {
            return offsets;
        }
    }
}

fn arg_units(arg: u32) -> usize {
    match arg {
        0..=0xFF => 1,
        0x100..=0xFFFF => 2,
        0x1_0000..=0xFF_FFFF => 3,
        _ => 4,
    }
}

/// A new code object that takes over its tuples and its file name.
pub fn new(
    vm: &mut Vm,
    code: &Arc<Code>,
    consts: Own,
    names: Own,
    locals: Own,
    filename: Own,
) -> PyResult<Own> {
    let units = unit_offsets(code).last().copied().unwrap_or(0);
    let object = alloc::alloc(vm, types::CODE, units)?;
    let address = object.addr();
    let (instructions, caches) = Program::instructions_of(code);
    let told_stacksize = match vm.profile.frame_size {
        Some(_) => old_depth(code, vm.profile.depth_is_of_graph),
        None => code.stacksize,
    };
    let program = Program {
        told_stacksize,
        zombie: std::cell::Cell::new(Addr::NULL),
        borrows: std::cell::OnceCell::new(),
        code: code.clone(),
        object: address,
        instructions,
        consts: all_consts(vm, code, consts.addr()).into(),
        names: tuple::items(vm, names.addr()).into(),
        caches,
        flags: code.flags,
        nlocalsplus: code.localsplus.len() as u32,
        stacksize: code.stacksize,
        argcount: code.argcount,
        simple: code.flags & (flags::VARARGS | flags::VARKEYWORDS) == 0 && code.kwonlyargcount == 0,
    };
    let index = vm.free_programs.pop().unwrap_or(vm.programs.len());
    if index == vm.programs.len() {
        vm.programs.push(None);
    }
    vm.programs[index] = Some(Rc::new(program));
    let pair = |low: u32, high: u32| u64::from(low) | u64::from(high) << 32;
    let mut code_flags = code.flags;
    if vm.profile.code_tells_no_free
        && !code
            .localsplus
            .iter()
            .any(|(_, kind)| kind.cell || kind.free)
    {
        code_flags |= flags::NOFREE;
    }
    vm.set_word(address, FLAGS, pair(code_flags, code.argcount));
    vm.set_word(
        address,
        POSONLY,
        pair(code.posonlyargcount, code.kwonlyargcount),
    );
    vm.set_word(address, STACKSIZE, pair(told_stacksize, code.first_line));
    vm.set_word(address, NLOCALSPLUS, pair(code.localsplus.len() as u32, 0));
    vm.set_word(address, INDEX, index as u64);
    vm.init_field(address, CONSTS, consts);
    vm.init_field(address, NAMES, names);
    vm.init_field(address, LOCALSPLUSNAMES, locals);
    vm.init_field(address, FILENAME, filename);
    let name = str::intern_immortal(vm, &code.name);
    let qualname = str::intern_immortal(vm, &code.qualname);
    vm.set_word(address, NAME, name.0);
    vm.set_word(address, QUALNAME, qualname.0);
    Ok(object)
}

fn dealloc(vm: &mut Vm, code: Addr) {
    super::weakref::clear_refs(vm, code);
    let index = vm.word(code, INDEX) as usize;
    if let Some(slot) = vm.programs.get_mut(index) {
        let program = slot.take();
        vm.free_programs.push(index);
        let zombie = program.and_then(|program| program.zombie.replace(Addr::NULL).some());
        if let Some(zombie) = zombie {
            alloc::free(vm, zombie);
        }
    }
    for field in OWNED {
        let word = vm.word(code, field);
        vm.decref_word(word);
    }
    alloc::free(vm, code);
}

/// The references that a code object holds, in the order in which they are dropped.
const OWNED: [u64; 8] = [
    CONSTS,
    NAMES,
    LOCALSPLUSNAMES,
    FILENAME,
    NAME,
    QUALNAME,
    LINETABLE,
    EXCEPTIONTABLE,
];

fn repr(vm: &mut Vm, code: Addr) -> PyResult<Own> {
    let program = vm.program(code);
    let text = format!(
        "<code object {} at {:#x}, file \"{}\", line {}>",
        program.code.name, code.0, program.code.filename, program.code.first_line
    );
    Ok(str::new(vm, &text))
}

fn compare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    if !vm.is_code(left) || !vm.is_code(right) || !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(vm.not_implemented());
    }
    let same = left == right || {
        let (left, right) = (vm.program(left), vm.program(right));
        let (a, b) = (&left.code, &right.code);
        a.name == b.name
            && a.first_line == b.first_line
            && a.flags == b.flags
            && a.argcount == b.argcount
            && a.instructions == b.instructions
            && a.consts == b.consts
            && a.names == b.names
            && a.localsplus == b.localsplus
    };
    Ok(vm.bool(same == (op == CompareOp::Eq)))
}

fn hash(vm: &mut Vm, code: Addr) -> PyResult<i64> {
    let program = vm.program(code);
    let mut hash = str::hash(vm, vm.field(code, NAME));
    for part in [
        program.code.first_line as i64,
        program.code.instructions.len() as i64,
        program.code.argcount as i64,
    ] {
        hash = (hash ^ part).wrapping_mul(1_000_003);
    }
    Ok(if hash == -1 { -2 } else { hash })
}

fn names_where(
    vm: &mut Vm,
    code: Addr,
    wanted: fn(&crate::python::code::LocalKind) -> bool,
) -> Own {
    let program = vm.program(code);
    let names = vm.field(code, LOCALSPLUSNAMES);
    let chosen: Vec<Addr> = program
        .code
        .localsplus
        .iter()
        .enumerate()
        .filter(|(_, (_, kind))| wanted(kind))
        .map(|(i, _)| tuple::item(vm, names, i))
        .collect();
    tuple::new(vm, &chosen)
}

fn get_varnames(vm: &mut Vm, code: Addr) -> PyResult<Own> {
    Ok(names_where(vm, code, |kind| kind.local))
}
fn get_cellvars(vm: &mut Vm, code: Addr) -> PyResult<Own> {
    Ok(names_where(vm, code, |kind| kind.cell))
}
fn get_freevars(vm: &mut Vm, code: Addr) -> PyResult<Own> {
    Ok(names_where(vm, code, |kind| kind.free))
}
fn get_nlocals(vm: &mut Vm, code: Addr) -> PyResult<Own> {
    let count = vm
        .program(code)
        .code
        .localsplus
        .iter()
        .filter(|(_, kind)| kind.local)
        .count();
    Ok(int::new(vm, count as i64))
}

/// The constants of a listing, and behind them those that are not listed, which are immortal.
fn all_consts(vm: &mut Vm, code: &Code, listed: Addr) -> Vec<Addr> {
    let mut all = tuple::items(vm, listed);
    if code.hidden_consts > 0 {
        let count = code.consts.len() - code.hidden_consts as usize;
        all.resize(count, NONE);
        all.extend(code.consts[count..].iter().map(|value| match value {
            Const::Bool(value) => vm.bool(*value).into_addr(),
            Const::Int(value) => int::from_big(vm, value).into_addr(),
            Const::Str(_) => super::EMPTY_STR,
            _ => NONE,
        }));
    }
    all
}

/// The bytecode as CPython writes it: two bytes a unit, extended arguments, zeros for caches.
fn get_code(vm: &mut Vm, code: Addr) -> PyResult<Own> {
    let program = vm.program(code);
    let offsets = unit_offsets(&program.code);
    let mut out: Vec<u8> = Vec::new();
    for (i, instruction) in program.code.instructions.iter().enumerate() {
        let caches = instruction.op.caches() as usize;
        let arg = if instruction.op.is_jump() {
            let target = offsets.get(instruction.arg as usize).copied().unwrap_or(0);
            target.abs_diff(offsets[i + 1]) as u32
        } else {
            instruction.arg
        };
        let units = offsets[i + 1] - offsets[i] - caches;
        for unit in (1..units).rev() {
            out.extend([Op::ExtendedArg.number(), (arg >> (8 * unit)) as u8]);
        }
        let (op, arg) = match instruction.op {
            Op::LoadConst => own_load(&program.code, arg),
            op => (op, arg),
        };
        out.extend([op.number(), arg as u8]);
        out.extend(std::iter::repeat_n(0, 2 * caches));
    }
    Ok(bytes::new(vm, &out))
}

/// How CPython loads a constant: some have an instruction of their own.
fn own_load(code: &Code, arg: u32) -> (Op, u32) {
    let first_hidden = code.consts.len() as u32 - code.hidden_consts;
    match code
        .consts
        .get(arg as usize)
        .filter(|_| arg >= first_hidden)
    {
        Some(Const::Int(value)) if value.sign() != num_bigint::Sign::Minus => (
            Op::LoadSmallInt,
            value.iter_u32_digits().next().unwrap_or(0),
        ),
        Some(Const::Int(_)) => (Op::LoadCommonConstant, 11),
        Some(Const::None) => (Op::LoadCommonConstant, 7),
        Some(Const::Str(_)) => (Op::LoadCommonConstant, 8),
        Some(Const::Bool(value)) => (Op::LoadCommonConstant, if *value { 9 } else { 10 }),
        _ => (Op::LoadConst, arg),
    }
}

fn get_linetable(vm: &mut Vm, code: Addr) -> PyResult<Own> {
    let table = super::code_tables::line_table(&vm.program(code).code);
    Ok(bytes::new(vm, &table))
}

fn get_exceptiontable(vm: &mut Vm, code: Addr) -> PyResult<Own> {
    let table = super::code_tables::exception_table(&vm.program(code).code);
    Ok(bytes::new(vm, &table))
}

fn co_lines(vm: &mut Vm, code: Addr, _: Args) -> PyResult<Own> {
    let rows = super::code_tables::line_ranges(&vm.program(code).code);
    let mut items = Vec::with_capacity(rows.len());
    for (start, end, line) in rows {
        let line = match line {
            Some(line) => int::new(vm, i64::from(line)),
            None => vm.none(),
        };
        let row = vec![int::new(vm, start as i64), int::new(vm, end as i64), line];
        items.push(tuple::from_owned(vm, row));
    }
    let list = super::list::from_owned(vm, items)?;
    let iterator = vm.get_iter(list.addr())?;
    vm.decref(list);
    Ok(iterator)
}

fn co_positions(vm: &mut Vm, code: Addr, _: Args) -> PyResult<Own> {
    let program = vm.program(code);
    let offsets = unit_offsets(&program.code);
    let mut items = Vec::new();
    for (i, position) in program.code.positions.iter().enumerate() {
        for _ in offsets[i]..offsets[i + 1] {
            let known = match vm.profile.tracebacks_have_carets {
                _ if position.line == 0 => 0,
                true => 4,
                false => 1,
            };
            let fields = [
                position.line,
                position.end_line,
                position.column,
                position.end_column,
            ];
            let row = (0..4)
                .map(|i| match i < known {
                    true => int::new(vm, i64::from(fields[i])),
                    false => vm.none(),
                })
                .collect();
            items.push(tuple::from_owned(vm, row));
        }
    }
    let list = super::list::from_owned(vm, items)?;
    let iterator = vm.get_iter(list.addr())?;
    vm.decref(list);
    Ok(iterator)
}

const REPLACE: &str = "(*, co_argcount=unchanged, co_posonlyargcount=unchanged, co_kwonlyargcount=unchanged, co_nlocals=unchanged, co_stacksize=unchanged, co_flags=unchanged, co_firstlineno=unchanged, co_code=unchanged, co_consts=unchanged, co_names=unchanged, co_varnames=unchanged, co_freevars=unchanged, co_cellvars=unchanged, co_filename=unchanged, co_name=unchanged, co_qualname=unchanged, co_linetable=unchanged, co_exceptiontable=unchanged)";

/// `code.replace(...)` for the fields that name things; the bytecode itself cannot be replaced.
fn replace(vm: &mut Vm, code: Addr, args: Args) -> PyResult<Own> {
    let program = vm.program(code);
    let mut copy = (*program.code).clone();
    let number = |vm: &mut Vm, i: usize, old: u32| -> PyResult<u32> {
        match args.opt(vm, i) {
            Some(value) => Ok(vm.index_value(value, types::OVERFLOW_ERROR)? as u32),
            None => Ok(old),
        }
    };
    copy.flags = number(vm, 5, copy.flags)?;
    copy.first_line = number(vm, 6, copy.first_line)?;
    if let Some(name) = args.opt(vm, 14) {
        copy.name = str::to_rust(vm, name).into();
    }
    if let Some(name) = args.opt(vm, 15) {
        copy.qualname = str::to_rust(vm, name).into();
    }
    let filename = match args.opt(vm, 13) {
        Some(name) => {
            copy.filename = str::to_rust(vm, name).into();
            vm.incref(name)
        }
        None => vm.incref(vm.field(code, FILENAME)),
    };
    for unsupported in [0usize, 1, 2, 3, 4, 7, 9, 10, 11, 12, 16, 17] {
        if args.opt(vm, unsupported).is_some() {
            return Err(vm.value_error("code.replace() cannot change this field here"));
        }
    }
    let consts = match args.opt(vm, 8) {
        Some(consts) => vm.incref(consts),
        None => vm.incref(vm.field(code, CONSTS)),
    };
    let names = vm.incref(vm.field(code, NAMES));
    let locals = vm.incref(vm.field(code, LOCALSPLUSNAMES));
    new(vm, &Arc::new(copy), consts, names, locals, filename)
}

fn fill(slots: &mut Slots) {
    slots.dealloc = Some(dealloc);
    slots.references = Some(|vm, code, visit| {
        for field in OWNED {
            if let Some(object) = vm.field(code, field).some() {
                visit(object);
            }
        }
    });
    slots.repr = Some(repr);
    slots.richcompare = Some(compare);
    slots.hash = Some(hash);
}

const fn object_member(name: &'static str, offset: u64) -> Member {
    Member {
        name,
        kind: MemberKind::Object,
        offset: offset as u32,
        writable: false,
    }
}

const fn int_member(name: &'static str, offset: u64) -> Member {
    Member {
        name,
        kind: MemberKind::Int32,
        offset: offset as u32,
        writable: false,
    }
}

/// `code.__sizeof__()`: whole words, as `_PyObject_VAR_SIZE` rounds.
fn sizeof(vm: &mut Vm, code: Addr, _: Args) -> PyResult<Own> {
    if let Some(size) = vm.profile.code_size {
        return Ok(super::int::new(vm, i64::from(size)));
    }
    let units = vm.word(code, super::OB_SIZE);
    Ok(super::int::new(
        vm,
        (u64::from(vm.type_data(types::CODE).basicsize) + 2 * units).next_multiple_of(8) as i64,
    ))
}

/// The type `code`.
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 200,
    itemsize: 2,
    weaklistoffset: WEAKREFLIST as u32,
    slots: fill,
    methods: &[
        Method::new("co_lines", "()", co_lines),
        Method::new("co_positions", "()", co_positions),
        Method::new("replace", REPLACE, replace),
        Method::new("_varname_from_oparg", "(oparg)", |vm, code, args| {
            let at = super::index::ssize(vm, args.get(vm, 0))?;
            let program = vm.program(code);
            let locals = &program.code.localsplus;
            match usize::try_from(at).ok().and_then(|at| locals.get(at)) {
                Some((name, _)) => Ok(super::str::intern(vm, name)),
                None => Err(vm.index_error("tuple index out of range")),
            }
        }),
        Method::new("__sizeof__", "()", sizeof),
    ],
    getset: &[
        GetSet::read("co_lnotab", get_linetable),
        GetSet::read("_co_code_adaptive", get_code),
        GetSet::read("co_varnames", get_varnames),
        GetSet::read("co_cellvars", get_cellvars),
        GetSet::read("co_freevars", get_freevars),
        GetSet::read("co_code", get_code),
        GetSet::read("co_nlocals", get_nlocals),
        GetSet::read("co_linetable", get_linetable),
        GetSet::read("co_exceptiontable", get_exceptiontable),
    ],
    members: &[
        int_member("co_argcount", FLAGS + 4),
        int_member("co_posonlyargcount", POSONLY),
        int_member("co_kwonlyargcount", POSONLY + 4),
        int_member("co_stacksize", STACKSIZE),
        int_member("co_flags", FLAGS),
        object_member("co_names", NAMES),
        object_member("co_filename", FILENAME),
        object_member("co_name", NAME),
        object_member("co_qualname", QUALNAME),
        int_member("co_firstlineno", STACKSIZE + 4),
        object_member("co_consts", CONSTS),
    ],
    ..TypeSpec::new(types::CODE, "code")
};
