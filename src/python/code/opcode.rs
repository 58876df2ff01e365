//! The instructions of CPython 3.13, each defined once.
//!
//! A row has the name used here, CPython's number and name, the number of inline cache units that follow
//! the instruction in CPython's bytecode, the stack effect in CPython's notation, and the same effect as a
//! number computed from the argument `n`. `[n]` repeats an operand, `if (…)` makes it optional.
//!
//! Arguments are encoded as CPython 3.13 encodes them, with one exception: a jump's argument is the index of
//! its target instruction (see [`super::Instruction`]). Some encodings worth knowing:
//!
//! | instruction | argument |
//! | --- | --- |
//! | `LoadGlobal` | `name << 1`, low bit: push NULL after the value |
//! | `LoadAttr` | `name << 1`, low bit: method load, pushes the function and `self`, or the value and NULL |
//! | `LoadSuperAttr` | `name << 2`, bit 0: method load, bit 1: `super` was called with two arguments |
//! | `CompareOp` | `operator << 5`, `16`: convert the result to `bool`; the low four bits are a cache's mask |
//! | `LoadFastLoadFast` and its kin | `first << 4`, second |
//! | `BinaryOp` | 0..=12 in the order of [`BINARY_OPERATORS`], `13 + that` for the in-place form |
//! | `MakeFunction`, `SetFunctionAttribute` | 1 defaults, 2 keyword defaults, 4 annotations, 8 closure, 16 `__annotate__` |
//! | `BuildInterpolation` | `conversion << 2`, low bit: with a format specification |
//! | `LoadCommonConstant` | 1 `NotImplementedError` |
//!
//! `GetIterPair`, `ForIterPair` and `PopIter` are those of 3.15, where a loop has two words on the stack: an iterator and
//! `NULL`, or what is iterated and an index (see [`crate::python::vm::pair`]). Their numbers are free ones of 3.13.

macro_rules! opcodes {
    ($($variant:ident = $number:literal $name:literal $caches:literal $notation:literal |$n:ident| $effect:expr;)*) => {
        /// An opcode.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Op {
            $(#[doc = concat!("`", $name, "` `", $notation, "`")] $variant = $number,)*
        }

        impl Op {
            /// Every opcode, in the order of CPython's numbers.
            pub const ALL: &[Op] = &[$(Op::$variant,)*];

            /// CPython's name: `LOAD_FAST`.
            pub const fn name(self) -> &'static str {
                match self { $(Op::$variant => $name,)* }
            }

            /// How many 16-bit cache units follow the instruction in CPython's bytecode.
            pub const fn caches(self) -> u32 {
                match self { $(Op::$variant => $caches,)* }
            }

            /// What the instruction takes from the stack and leaves on it, in CPython's notation.
            pub const fn notation(self) -> &'static str {
                match self { $(Op::$variant => $notation,)* }
            }

            /// By how much the stack grows when the instruction runs with argument `arg`.
            ///
            /// It is the same whether a jump is taken or not.
            pub const fn stack_effect(self, arg: u32) -> i32 {
                match self { $(Op::$variant => { let $n = arg as i32; let _ = $n; $effect })* }
            }
        }
    };
}

opcodes! {
    Cache = 0 "CACHE" 0 "( -- )" |n| 0;
    BeforeAsyncWith = 1 "BEFORE_ASYNC_WITH" 0 "(mgr -- exit, res)" |n| 1;
    BeforeWith = 2 "BEFORE_WITH" 0 "(mgr -- exit, res)" |n| 1;
    BinarySlice = 4 "BINARY_SLICE" 0 "(container, start, stop -- res)" |n| -2;
    BinarySubscr = 5 "BINARY_SUBSCR" 1 "(container, sub -- res)" |n| -1;
    CheckEgMatch = 6 "CHECK_EG_MATCH" 0 "(exc_value, match_type -- rest, match)" |n| 0;
    CheckExcMatch = 7 "CHECK_EXC_MATCH" 0 "(left, right -- left, b)" |n| 0;
    CleanupThrow = 8 "CLEANUP_THROW" 0 "(sub_iter, last_sent_val, exc_value -- none, value)" |n| -1;
    DeleteSubscr = 9 "DELETE_SUBSCR" 0 "(container, sub -- )" |n| -2;
    EndAsyncFor = 10 "END_ASYNC_FOR" 0 "(awaitable, exc -- )" |n| -2;
    EndFor = 11 "END_FOR" 0 "(value -- )" |n| -1;
    EndSend = 12 "END_SEND" 0 "(receiver, value -- value)" |n| -1;
    ExitInitCheck = 13 "EXIT_INIT_CHECK" 0 "(should_be_none -- )" |n| -1;
    FormatSimple = 14 "FORMAT_SIMPLE" 0 "(value -- res)" |n| 0;
    FormatWithSpec = 15 "FORMAT_WITH_SPEC" 0 "(value, fmt_spec -- res)" |n| -1;
    GetAiter = 16 "GET_AITER" 0 "(obj -- iter)" |n| 0;
    GetAnext = 18 "GET_ANEXT" 0 "(aiter -- aiter, awaitable)" |n| 1;
    GetIter = 19 "GET_ITER" 0 "(iterable -- iter)" |n| 0;
    GetLen = 20 "GET_LEN" 0 "(obj -- obj, len)" |n| 1;
    GetYieldFromIter = 21 "GET_YIELD_FROM_ITER" 0 "(iterable -- iter)" |n| 0;
    InterpreterExit = 22 "INTERPRETER_EXIT" 0 "(retval -- )" |n| -1;
    LoadAssertionError = 23 "LOAD_ASSERTION_ERROR" 0 "( -- value)" |n| 1;
    LoadBuildClass = 24 "LOAD_BUILD_CLASS" 0 "( -- bc)" |n| 1;
    LoadLocals = 25 "LOAD_LOCALS" 0 "( -- locals)" |n| 1;
    MakeFunction = 26 "MAKE_FUNCTION" 0 "(codeobj -- func)" |n| 0;
    MatchKeys = 27 "MATCH_KEYS" 0 "(subject, keys -- subject, keys, values_or_none)" |n| 1;
    MatchMapping = 28 "MATCH_MAPPING" 0 "(subject -- subject, res)" |n| 1;
    MatchSequence = 29 "MATCH_SEQUENCE" 0 "(subject -- subject, res)" |n| 1;
    Nop = 30 "NOP" 0 "( -- )" |n| 0;
    PopExcept = 31 "POP_EXCEPT" 0 "(exc_value -- )" |n| -1;
    PopTop = 32 "POP_TOP" 0 "(value -- )" |n| -1;
    PushExcInfo = 33 "PUSH_EXC_INFO" 0 "(new_exc -- prev_exc, new_exc)" |n| 1;
    PushNull = 34 "PUSH_NULL" 0 "( -- res)" |n| 1;
    ReturnGenerator = 35 "RETURN_GENERATOR" 0 "( -- res)" |n| 1;
    ReturnValue = 36 "RETURN_VALUE" 0 "(retval -- )" |n| -1;
    SetupAnnotations = 37 "SETUP_ANNOTATIONS" 0 "( -- )" |n| 0;
    StoreSlice = 38 "STORE_SLICE" 0 "(v, container, start, stop -- )" |n| -4;
    StoreSubscr = 39 "STORE_SUBSCR" 1 "(v, container, sub -- )" |n| -3;
    ToBool = 40 "TO_BOOL" 3 "(value -- res)" |n| 0;
    UnaryInvert = 41 "UNARY_INVERT" 0 "(value -- res)" |n| 0;
    UnaryNegative = 42 "UNARY_NEGATIVE" 0 "(value -- res)" |n| 0;
    UnaryNot = 43 "UNARY_NOT" 0 "(value -- res)" |n| 0;
    WithExceptStart = 44 "WITH_EXCEPT_START" 0 "(exit_func, lasti, unused, val -- exit_func, lasti, unused, val, res)" |n| 1;
    BinaryOp = 45 "BINARY_OP" 1 "(lhs, rhs -- res)" |n| -1;
    BuildConstKeyMap = 46 "BUILD_CONST_KEY_MAP" 0 "(values[n], keys -- map)" |n| -n;
    BuildList = 47 "BUILD_LIST" 0 "(values[n] -- list)" |n| 1 - n;
    BuildMap = 48 "BUILD_MAP" 0 "(values[n * 2] -- map)" |n| 1 - 2 * n;
    BuildSet = 49 "BUILD_SET" 0 "(values[n] -- set)" |n| 1 - n;
    BuildSlice = 50 "BUILD_SLICE" 0 "(start, stop, step if (n == 3) -- slice)" |n| if n == 3 { -2 } else { -1 };
    BuildString = 51 "BUILD_STRING" 0 "(pieces[n] -- str)" |n| 1 - n;
    BuildTuple = 52 "BUILD_TUPLE" 0 "(values[n] -- tup)" |n| 1 - n;
    Call = 53 "CALL" 3 "(callable, self_or_null, args[n] -- res)" |n| -1 - n;
    CallFunctionEx = 54 "CALL_FUNCTION_EX" 0 "(func, unused, callargs, kwargs if (n & 1) -- result)" |n| -2 - (n & 1);
    CallIntrinsic1 = 55 "CALL_INTRINSIC_1" 0 "(value -- res)" |n| 0;
    CallIntrinsic2 = 56 "CALL_INTRINSIC_2" 0 "(value2, value1 -- res)" |n| -1;
    CallKw = 57 "CALL_KW" 0 "(callable, self_or_null, args[n], kwnames -- res)" |n| -2 - n;
    CompareOp = 58 "COMPARE_OP" 1 "(left, right -- res)" |n| -1;
    ContainsOp = 59 "CONTAINS_OP" 1 "(left, right -- b)" |n| -1;
    ConvertValue = 60 "CONVERT_VALUE" 0 "(value -- result)" |n| 0;
    Copy = 61 "COPY" 0 "(bottom, unused[n - 1] -- bottom, unused[n - 1], top)" |n| 1;
    CopyFreeVars = 62 "COPY_FREE_VARS" 0 "( -- )" |n| 0;
    DeleteAttr = 63 "DELETE_ATTR" 0 "(owner -- )" |n| -1;
    DeleteDeref = 64 "DELETE_DEREF" 0 "( -- )" |n| 0;
    DeleteFast = 65 "DELETE_FAST" 0 "( -- )" |n| 0;
    DeleteGlobal = 66 "DELETE_GLOBAL" 0 "( -- )" |n| 0;
    DeleteName = 67 "DELETE_NAME" 0 "( -- )" |n| 0;
    DictMerge = 68 "DICT_MERGE" 0 "(callable, unused, unused, dict, unused[n - 1], update -- callable, unused, unused, dict, unused[n - 1])" |n| -1;
    DictUpdate = 69 "DICT_UPDATE" 0 "(dict, unused[n - 1], update -- dict, unused[n - 1])" |n| -1;
    ExtendedArg = 71 "EXTENDED_ARG" 0 "( -- )" |n| 0;
    ForIter = 72 "FOR_ITER" 1 "(iter -- iter, next)" |n| 1;
    GetAwaitable = 73 "GET_AWAITABLE" 0 "(iterable -- iter)" |n| 0;
    ImportFrom = 74 "IMPORT_FROM" 0 "(from -- from, res)" |n| 1;
    ImportName = 75 "IMPORT_NAME" 0 "(level, fromlist -- res)" |n| -1;
    IsOp = 76 "IS_OP" 0 "(left, right -- b)" |n| -1;
    JumpBackward = 77 "JUMP_BACKWARD" 1 "( -- )" |n| 0;
    JumpBackwardNoInterrupt = 78 "JUMP_BACKWARD_NO_INTERRUPT" 0 "( -- )" |n| 0;
    JumpForward = 79 "JUMP_FORWARD" 0 "( -- )" |n| 0;
    ListAppend = 80 "LIST_APPEND" 0 "(list, unused[n - 1], v -- list, unused[n - 1])" |n| -1;
    ListExtend = 81 "LIST_EXTEND" 0 "(list, unused[n - 1], iterable -- list, unused[n - 1])" |n| -1;
    LoadAttr = 82 "LOAD_ATTR" 9 "(owner -- attr, self_or_null if (n & 1))" |n| n & 1;
    LoadConst = 83 "LOAD_CONST" 0 "( -- value)" |n| 1;
    LoadDeref = 84 "LOAD_DEREF" 0 "( -- value)" |n| 1;
    LoadFast = 85 "LOAD_FAST" 0 "( -- value)" |n| 1;
    LoadFastAndClear = 86 "LOAD_FAST_AND_CLEAR" 0 "( -- value)" |n| 1;
    LoadFastCheck = 87 "LOAD_FAST_CHECK" 0 "( -- value)" |n| 1;
    LoadFastLoadFast = 88 "LOAD_FAST_LOAD_FAST" 0 "( -- value1, value2)" |n| 2;
    LoadFromDictOrDeref = 89 "LOAD_FROM_DICT_OR_DEREF" 0 "(class_dict -- value)" |n| 0;
    LoadFromDictOrGlobals = 90 "LOAD_FROM_DICT_OR_GLOBALS" 0 "(mod_or_class_dict -- v)" |n| 0;
    LoadGlobal = 91 "LOAD_GLOBAL" 4 "( -- res, null if (n & 1))" |n| 1 + (n & 1);
    LoadName = 92 "LOAD_NAME" 0 "( -- v)" |n| 1;
    LoadSuperAttr = 93 "LOAD_SUPER_ATTR" 1 "(global_super, class, self -- attr, self_or_null if (n & 1))" |n| (n & 1) - 2;
    MakeCell = 94 "MAKE_CELL" 0 "( -- )" |n| 0;
    MapAdd = 95 "MAP_ADD" 0 "(dict, unused[n - 1], key, value -- dict, unused[n - 1])" |n| -2;
    MatchClass = 96 "MATCH_CLASS" 0 "(subject, type, names -- attrs)" |n| -2;
    PopJumpIfFalse = 97 "POP_JUMP_IF_FALSE" 1 "(cond -- )" |n| -1;
    PopJumpIfNone = 98 "POP_JUMP_IF_NONE" 1 "(value -- )" |n| -1;
    PopJumpIfNotNone = 99 "POP_JUMP_IF_NOT_NONE" 1 "(value -- )" |n| -1;
    PopJumpIfTrue = 100 "POP_JUMP_IF_TRUE" 1 "(cond -- )" |n| -1;
    RaiseVarargs = 101 "RAISE_VARARGS" 0 "(args[n] -- )" |n| -n;
    Reraise = 102 "RERAISE" 0 "(values[n], exc -- values[n])" |n| -1;
    ReturnConst = 103 "RETURN_CONST" 0 "( -- )" |n| 0;
    Send = 104 "SEND" 1 "(receiver, v -- receiver, retval)" |n| 0;
    SetAdd = 105 "SET_ADD" 0 "(set, unused[n - 1], v -- set, unused[n - 1])" |n| -1;
    SetFunctionAttribute = 106 "SET_FUNCTION_ATTRIBUTE" 0 "(attr, func -- func)" |n| -1;
    SetUpdate = 107 "SET_UPDATE" 0 "(set, unused[n - 1], iterable -- set, unused[n - 1])" |n| -1;
    StoreAttr = 108 "STORE_ATTR" 4 "(v, owner -- )" |n| -2;
    StoreDeref = 109 "STORE_DEREF" 0 "(v -- )" |n| -1;
    StoreFast = 110 "STORE_FAST" 0 "(value -- )" |n| -1;
    StoreFastLoadFast = 111 "STORE_FAST_LOAD_FAST" 0 "(value1 -- value2)" |n| 0;
    StoreFastStoreFast = 112 "STORE_FAST_STORE_FAST" 0 "(value2, value1 -- )" |n| -2;
    StoreGlobal = 113 "STORE_GLOBAL" 0 "(v -- )" |n| -1;
    StoreName = 114 "STORE_NAME" 0 "(v -- )" |n| -1;
    Swap = 115 "SWAP" 0 "(bottom, unused[n - 2], top -- top, unused[n - 2], bottom)" |n| 0;
    UnpackEx = 116 "UNPACK_EX" 0 "(seq -- left[n & 0xFF], unused, right[n >> 8])" |n| (n & 0xFF) + (n >> 8);
    UnpackSequence = 117 "UNPACK_SEQUENCE" 1 "(seq -- values[n])" |n| n - 1;
    YieldValue = 118 "YIELD_VALUE" 0 "(retval -- value)" |n| 0;
    GetIterPair = 119 "GET_ITER" 1 "(iterable -- iter, index_or_null)" |n| 1;
    ForIterPair = 120 "FOR_ITER" 1 "(iter, index_or_null -- iter, index_or_null, next)" |n| 1;
    PopIter = 121 "POP_ITER" 0 "(iter, index_or_null -- )" |n| -2;
    BuildInterpolation = 123 "BUILD_INTERPOLATION" 0 "(value, str, format if (n & 1) -- interpolation)" |n| -1 - (n & 1);
    BuildTemplate = 124 "BUILD_TEMPLATE" 0 "(strings, interpolations -- template)" |n| -1;
    LoadSmallInt = 125 "LOAD_SMALL_INT" 0 "( -- value)" |n| 1;
    LoadCommonConstant = 122 "LOAD_COMMON_CONSTANT" 0 "( -- value)" |n| 1;
    Resume = 149 "RESUME" 0 "( -- )" |n| 0;
}

impl Op {
    /// CPython's opcode number.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// Whether the argument means anything. CPython: `dis.hasarg`, opcodes above `HAVE_ARGUMENT`, which is 44.
    pub const fn has_arg(self) -> bool {
        self.number() > 44
    }

    /// How many values the instruction leaves where they are, looks at, and leaves behind: the first two count from the
    /// bottom of its operands, the last one has those that stay.
    pub fn operands(self, arg: u32) -> (usize, usize, usize) {
        let inner = self.notation().trim_matches(['(', ')']);
        let (inputs, outputs) = inner.split_once("--").unwrap_or_default();
        let names = |side: &'static str| side.split(',').map(str::trim);
        let same = names(inputs).zip(names(outputs));
        let kept = same.take_while(|(input, output)| input == output);
        let size = |operand: &str| operand_size(operand, arg);
        (
            kept.map(|(operand, _)| size(operand)).sum(),
            names(inputs).map(size).sum(),
            names(outputs).map(size).sum(),
        )
    }

    /// Words of the stack that the instruction needs beyond what it leaves there. Sizes of generators tell:
    /// `(i for i in [])` has four words in 3.15.2, `[iter, index, next]` and one more.
    pub const fn headroom(self) -> i32 {
        matches!(self, Op::ForIterPair) as i32
    }

    /// Whether the argument is the index of a target instruction.
    pub const fn is_jump(self) -> bool {
        use Op::*;
        matches!(
            self,
            ForIter
                | ForIterPair
                | JumpBackward
                | JumpBackwardNoInterrupt
                | JumpForward
                | PopJumpIfFalse
                | PopJumpIfNone
                | PopJumpIfNotNone
                | PopJumpIfTrue
                | Send
        )
    }

    /// Whether the instruction after this one is never reached by falling through.
    pub const fn is_exit(self) -> bool {
        use Op::*;
        matches!(
            self,
            InterpreterExit
                | RaiseVarargs
                | Reraise
                | ReturnConst
                | ReturnValue
                | JumpBackward
                | JumpBackwardNoInterrupt
                | JumpForward
        )
    }
}

/// The size of an operand in the notation: 1, the repeat count, or 0 when its condition is false.
fn operand_size(text: &str, arg: u32) -> usize {
    let n = arg as usize;
    let value = |expression: &str| match expression {
        "n" => n,
        "n * 2" => n * 2,
        "n - 1" => n.saturating_sub(1),
        "n - 2" => n.saturating_sub(2),
        "n & 0xFF" => n & 0xFF,
        "n >> 8" => n >> 8,
        "n & 1" => n & 1,
        "n == 3" => usize::from(n == 3),
        _ => 0,
    };
    if let Some((_, repeat)) = text.split_once('[') {
        value(repeat.trim_end_matches(']'))
    } else if let Some((_, condition)) = text.split_once(" if (") {
        value(condition.trim_end_matches(')'))
    } else {
        usize::from(!text.is_empty())
    }
}

/// What `BinaryOp`'s argument means; in-place operators follow from 13 in the same order.
pub const BINARY_OPERATORS: [&str; 13] = [
    "+", "&", "//", "<<", "@", "*", "%", "|", "**", ">>", "-", "/", "^",
];

/// What `CompareOp`'s `arg >> 5` means.
pub const COMPARE_OPERATORS: [&str; 6] = ["<", "<=", "==", "!=", ">", ">="];

/// `CallIntrinsic1`'s argument. CPython 3.13: `_intrinsic_1_descs`.
#[allow(missing_docs)]
pub mod intrinsic1 {
    pub const PRINT: u32 = 1;
    pub const IMPORT_STAR: u32 = 2;
    pub const STOPITERATION_ERROR: u32 = 3;
    pub const ASYNC_GEN_WRAP: u32 = 4;
    pub const UNARY_POSITIVE: u32 = 5;
    pub const LIST_TO_TUPLE: u32 = 6;
    pub const TYPEVAR: u32 = 7;
    pub const PARAMSPEC: u32 = 8;
    pub const TYPEVARTUPLE: u32 = 9;
    pub const SUBSCRIPT_GENERIC: u32 = 10;
    pub const TYPEALIAS: u32 = 11;
}

/// `CallIntrinsic2`'s argument. CPython 3.13: `_intrinsic_2_descs`.
#[allow(missing_docs)]
pub mod intrinsic2 {
    pub const PREP_RERAISE_STAR: u32 = 1;
    pub const TYPEVAR_WITH_BOUND: u32 = 2;
    pub const TYPEVAR_WITH_CONSTRAINTS: u32 = 3;
    pub const SET_FUNCTION_TYPE_PARAMS: u32 = 4;
    pub const SET_TYPEPARAM_DEFAULT: u32 = 5;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_agrees_with_the_notation() {
        for &op in Op::ALL {
            for n in 2..8 {
                let (_, inputs, outputs) = op.operands(n);
                assert_eq!(
                    op.stack_effect(n),
                    outputs as i32 - inputs as i32,
                    "{} {n}",
                    op.name()
                );
            }
        }
    }

    #[test]
    fn what_stays_is_what_the_notation_repeats() {
        assert_eq!(Op::ForIter.operands(0), (1, 1, 2));
        assert_eq!(Op::ListAppend.operands(3), (3, 4, 3));
        assert_eq!(Op::BinaryOp.operands(0), (0, 2, 1));
    }
}
