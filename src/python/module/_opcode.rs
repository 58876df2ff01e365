//! `_opcode` and `_opcode_metadata`: the instructions as `opcode` and `dis` know them. CPython:
//! Modules/_opcode.c, Lib/_opcode_metadata.py.

use super::{NativeModule, add, add_int};
use crate::python::code::Op;
use crate::python::code::opcode::BINARY_OPERATORS;
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, NONE, dict, int, list, str, tuple};
use crate::python::vm::{Args, PyResult, Vm};

/// From this number on an instruction has an argument.
const HAVE_ARGUMENT: i64 = 44;
/// From this number on an instruction is one that a tool put in place of another.
const MIN_INSTRUMENTED: i64 = 236;

/// What CPython numbers beside the instructions that its compiler writes: those of the evaluator, those that
/// only tools see, and those that are gone when the code is assembled.
const OTHERS: &[(&str, i64)] = &[
    ("RESERVED", 17),
    ("ENTER_EXECUTOR", 70),
    ("INSTRUMENTED_RESUME", 236),
    ("INSTRUMENTED_END_FOR", 237),
    ("INSTRUMENTED_END_SEND", 238),
    ("INSTRUMENTED_RETURN_VALUE", 239),
    ("INSTRUMENTED_RETURN_CONST", 240),
    ("INSTRUMENTED_YIELD_VALUE", 241),
    ("INSTRUMENTED_LOAD_SUPER_ATTR", 242),
    ("INSTRUMENTED_FOR_ITER", 243),
    ("INSTRUMENTED_CALL", 244),
    ("INSTRUMENTED_CALL_KW", 245),
    ("INSTRUMENTED_CALL_FUNCTION_EX", 246),
    ("INSTRUMENTED_INSTRUCTION", 247),
    ("INSTRUMENTED_JUMP_FORWARD", 248),
    ("INSTRUMENTED_JUMP_BACKWARD", 249),
    ("INSTRUMENTED_POP_JUMP_IF_TRUE", 250),
    ("INSTRUMENTED_POP_JUMP_IF_FALSE", 251),
    ("INSTRUMENTED_POP_JUMP_IF_NONE", 252),
    ("INSTRUMENTED_POP_JUMP_IF_NOT_NONE", 253),
    ("INSTRUMENTED_LINE", 254),
    ("JUMP", 256),
    ("JUMP_NO_INTERRUPT", 257),
    ("LOAD_CLOSURE", 258),
    ("LOAD_METHOD", 259),
    ("LOAD_SUPER_METHOD", 260),
    ("LOAD_ZERO_SUPER_ATTR", 261),
    ("LOAD_ZERO_SUPER_METHOD", 262),
    ("POP_BLOCK", 263),
    ("SETUP_CLEANUP", 264),
    ("SETUP_FINALLY", 265),
    ("SETUP_WITH", 266),
    ("STORE_FAST_MAYBE_NULL", 267),
];

/// `_opcode`
pub static MODULE: NativeModule = NativeModule {
    name: "_opcode",
    methods: &[
        Method::new(
            "stack_effect",
            "(opcode, oparg=None, /, *, jump=None)",
            stack_effect,
        ),
        Method::new("is_valid", "(opcode)", |vm, _, args| {
            test(vm, args, |_, _| true)
        }),
        Method::new("has_arg", "(opcode)", |vm, _, args| {
            test(vm, args, |number, _| number > HAVE_ARGUMENT)
        }),
        Method::new("has_const", "(opcode)", |vm, _, args| {
            test(vm, args, |_, name| name.ends_with("_CONST"))
        }),
        Method::new("has_name", "(opcode)", |vm, _, args| {
            test(vm, args, |_, name| has_name(name))
        }),
        Method::new("has_jump", "(opcode)", |vm, _, args| {
            test(vm, args, |_, name| {
                !name.starts_with("INSTRUMENTED")
                    && (name.contains("JUMP") || matches!(name, "FOR_ITER" | "SEND"))
            })
        }),
        Method::new("has_free", "(opcode)", |vm, _, args| {
            test(vm, args, |_, name| {
                name.ends_with("DEREF") || name == "MAKE_CELL"
            })
        }),
        Method::new("has_local", "(opcode)", |vm, _, args| {
            test(vm, args, |_, name| {
                name.contains("_FAST") || name == "LOAD_CLOSURE"
            })
        }),
        Method::new("has_exc", "(opcode)", |vm, _, args| {
            test(vm, args, |_, name| name.starts_with("SETUP_"))
        }),
        Method::new("get_nb_ops", "()", nb_ops),
        Method::new("get_intrinsic1_descs", "()", |vm, _, _| {
            names(
                vm,
                &[
                    "INTRINSIC_1_INVALID",
                    "INTRINSIC_PRINT",
                    "INTRINSIC_IMPORT_STAR",
                    "INTRINSIC_STOPITERATION_ERROR",
                    "INTRINSIC_ASYNC_GEN_WRAP",
                    "INTRINSIC_UNARY_POSITIVE",
                    "INTRINSIC_LIST_TO_TUPLE",
                    "INTRINSIC_TYPEVAR",
                    "INTRINSIC_PARAMSPEC",
                    "INTRINSIC_TYPEVARTUPLE",
                    "INTRINSIC_SUBSCRIPT_GENERIC",
                    "INTRINSIC_TYPEALIAS",
                ],
            )
        }),
        Method::new("get_intrinsic2_descs", "()", |vm, _, _| {
            names(
                vm,
                &[
                    "INTRINSIC_2_INVALID",
                    "INTRINSIC_PREP_RERAISE_STAR",
                    "INTRINSIC_TYPEVAR_WITH_BOUND",
                    "INTRINSIC_TYPEVAR_WITH_CONSTRAINTS",
                    "INTRINSIC_SET_FUNCTION_TYPE_PARAMS",
                    "INTRINSIC_SET_TYPEPARAM_DEFAULT",
                ],
            )
        }),
        Method::new(
            "get_executor",
            "(*, code, offset)",
            |vm, _, _| Ok(vm.none()),
        ),
        Method::new("get_specialization_stats", "()", |vm, _, _| Ok(vm.none())),
    ],
    types: &[],
    init: |vm, module| {
        let off = vm.bool(false);
        add(vm, module, "ENABLE_SPECIALIZATION", off);
        Ok(())
    },
};

/// `_opcode_metadata`
pub static METADATA: NativeModule = NativeModule {
    name: "_opcode_metadata",
    methods: &[],
    types: &[],
    init: |vm, module| {
        let opmap = dict::new(vm);
        for (name, number) in numbers(vm) {
            let number = int::new(vm, number);
            dict::set_name(vm, opmap.addr(), name, number);
        }
        add(vm, module, "opmap", opmap);
        // Nothing is specialized here: code stays as the compiler wrote it.
        for name in ["_specializations", "_specialized_opmap"] {
            let empty = dict::new(vm);
            add(vm, module, name, empty);
        }
        add_int(vm, module, "HAVE_ARGUMENT", HAVE_ARGUMENT);
        add_int(vm, module, "MIN_INSTRUMENTED_OPCODE", MIN_INSTRUMENTED);
        Ok(())
    },
};

/// All names with their numbers.
fn numbers(vm: &Vm) -> Vec<(&'static str, i64)> {
    let hidden = match vm.profile.loops_count_by_index {
        true => [Op::GetIter, Op::ForIter].as_slice(),
        false => [Op::GetIterPair, Op::ForIterPair, Op::PopIter].as_slice(),
    };
    let real = Op::ALL.iter().filter(|op| !hidden.contains(op));
    let real = real.map(|op| (op.name(), *op as i64));
    real.chain(OTHERS.iter().copied()).collect()
}

fn has_name(name: &str) -> bool {
    !name.starts_with("INSTRUMENTED")
        && (name.ends_with("_ATTR") || name.ends_with("_GLOBAL") || name.ends_with("_NAME"))
        || matches!(
            name,
            "IMPORT_FROM"
                | "LOAD_FROM_DICT_OR_GLOBALS"
                | "LOAD_METHOD"
                | "LOAD_SUPER_METHOD"
                | "LOAD_ZERO_SUPER_METHOD"
        )
}

fn test(vm: &mut Vm, args: Args, holds: fn(i64, &str) -> bool) -> PyResult<Own> {
    let number = i64::from(super::int_argument(vm, args.get(vm, 0))?);
    let found = numbers(vm)
        .into_iter()
        .any(|(name, known)| known == number && holds(number, name));
    Ok(vm.bool(found))
}

fn names(vm: &mut Vm, names: &[&str]) -> PyResult<Own> {
    let names = names.iter().map(|name| str::intern(vm, name)).collect();
    list::from_owned(vm, names)
}

fn nb_ops(vm: &mut Vm, _: Addr, _: Args) -> PyResult<Own> {
    const NAMES: [&str; 13] = [
        "ADD",
        "AND",
        "FLOOR_DIVIDE",
        "LSHIFT",
        "MATRIX_MULTIPLY",
        "MULTIPLY",
        "REMAINDER",
        "OR",
        "POWER",
        "RSHIFT",
        "SUBTRACT",
        "TRUE_DIVIDE",
        "XOR",
    ];
    let mut pairs = Vec::new();
    for (prefix, suffix) in [("NB_", ""), ("NB_INPLACE_", "=")] {
        for (name, symbol) in NAMES.iter().zip(BINARY_OPERATORS) {
            let name = str::new(vm, &format!("{prefix}{name}"));
            let symbol = str::new(vm, &format!("{symbol}{suffix}"));
            pairs.push(tuple::pair(vm, name, symbol));
        }
    }
    list::from_owned(vm, pairs)
}

fn stack_effect(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let number = super::int_argument(vm, args.get(vm, 0))?;
    let oparg = match args.opt(vm, 1).filter(|oparg| *oparg != NONE) {
        Some(oparg) => super::int_argument(vm, oparg)? as u32,
        None => 0,
    };
    let jump = match args.opt(vm, 2).filter(|jump| *jump != NONE) {
        Some(jump) => vm.is_true(jump)?,
        None => true,
    };
    let effect = match Op::ALL.iter().find(|op| **op as i32 == number) {
        Some(op) => op.stack_effect(oparg),
        None => match OTHERS.iter().find(|(_, known)| *known == i64::from(number)) {
            // The handler finds the exception on the stack, and for some where it was raised.
            Some(("SETUP_FINALLY" | "SETUP_WITH", _)) => i32::from(jump),
            Some(("SETUP_CLEANUP", _)) => 2 * i32::from(jump),
            Some(("LOAD_CLOSURE", _)) => 1,
            Some(("STORE_FAST_MAYBE_NULL", _)) => -1,
            Some(("JUMP" | "JUMP_NO_INTERRUPT" | "POP_BLOCK" | "RESERVED", _)) => 0,
            _ => return Err(vm.value_error("invalid opcode or oparg")),
        },
    };
    Ok(int::new(vm, i64::from(effect)))
}
