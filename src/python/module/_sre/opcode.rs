//! Code words: what `re._compiler` writes and the matcher reads. CPython: Lib/re/_constants.py, whose order
//! gives the numbers.

/// Gives the names the numbers of their order.
macro_rules! codes {
    ($(#[$doc:meta])* $module:ident: $($name:ident)*) => {
        $(#[$doc])*
        #[allow(missing_docs, dead_code)] // the names say it; not every number is an instruction of the matcher
        pub mod $module {
            #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
            #[repr(u32)]
            enum Number { $($name),* }
            $(pub const $name: u32 = Number::$name as u32;)*
        }
    };
}

codes! {
    /// The instructions.
    op: FAILURE SUCCESS ANY ANY_ALL ASSERT ASSERT_NOT AT BRANCH CATEGORY CHARSET BIGCHARSET GROUPREF
        GROUPREF_EXISTS IN INFO JUMP LITERAL MARK MAX_UNTIL MIN_UNTIL NOT_LITERAL NEGATE RANGE REPEAT REPEAT_ONE
        SUBPATTERN MIN_REPEAT_ONE ATOMIC_GROUP POSSESSIVE_REPEAT POSSESSIVE_REPEAT_ONE
        GROUPREF_IGNORE IN_IGNORE LITERAL_IGNORE NOT_LITERAL_IGNORE
        GROUPREF_LOC_IGNORE IN_LOC_IGNORE LITERAL_LOC_IGNORE NOT_LITERAL_LOC_IGNORE
        GROUPREF_UNI_IGNORE IN_UNI_IGNORE LITERAL_UNI_IGNORE NOT_LITERAL_UNI_IGNORE RANGE_UNI_IGNORE
}

codes! {
    /// Positions, behind `AT`.
    at: BEGINNING BEGINNING_LINE BEGINNING_STRING BOUNDARY NON_BOUNDARY END END_LINE END_STRING
        LOC_BOUNDARY LOC_NON_BOUNDARY UNI_BOUNDARY UNI_NON_BOUNDARY
}

codes! {
    /// Categories, behind `CATEGORY`.
    category: DIGIT NOT_DIGIT SPACE NOT_SPACE WORD NOT_WORD LINEBREAK NOT_LINEBREAK LOC_WORD LOC_NOT_WORD
        UNI_DIGIT UNI_NOT_DIGIT UNI_SPACE UNI_NOT_SPACE UNI_WORD UNI_NOT_WORD UNI_LINEBREAK UNI_NOT_LINEBREAK
}

/// `SRE_MAGIC`: the code words of 3.13 and 3.14.
pub const MAGIC: i64 = 20_230_612;
/// A repeat without an upper end.
pub const MAXREPEAT: u32 = u32::MAX;
/// `SRE_MAXGROUPS`: half of what a C `int` counts.
pub const MAXGROUPS: u32 = i32::MAX as u32 / 2;

/// Bit of `INFO`: the pattern starts with literal text.
pub const INFO_PREFIX: u32 = 1;
/// Bit of `INFO`: the pattern starts with a character of a set.
pub const INFO_CHARSET: u32 = 4;
