//! Names that a module or a type has only from some version on.
//!
//! Asked for every built-in type and module when an interpreter starts, so an answer looks at later versions only.

use super::Version::{self, V3_10, V3_11, V3_12, V3_13, V3_14};

/// Module or type, the name in it, the first version that has it, in order of versions. Measured with `dir()`.
const SINCE: &[(&str, &str, Version)] = &[
    ("builtins", "aiter", V3_10),
    ("builtins", "anext", V3_10),
    ("builtins", "EncodingWarning", V3_10),
    ("itertools", "pairwise", V3_10),
    ("sys", "_current_exceptions", V3_10),
    ("sys", "orig_argv", V3_10),
    ("sys", "stdlib_module_names", V3_10),
    ("AttributeError", "name", V3_10),
    ("AttributeError", "obj", V3_10),
    ("NameError", "name", V3_10),
    ("SyntaxError", "end_lineno", V3_10),
    ("SyntaxError", "end_offset", V3_10),
    ("classmethod", "__wrapped__", V3_10),
    ("staticmethod", "__wrapped__", V3_10),
    ("staticmethod", "__call__", V3_10),
    ("code", "co_lines", V3_10),
    ("code", "co_linetable", V3_10),
    ("dict_keys", "mapping", V3_10),
    ("dict_values", "mapping", V3_10),
    ("dict_items", "mapping", V3_10),
    ("function", "__builtins__", V3_10),
    ("int", "bit_count", V3_10),
    ("memoryview", "__iter__", V3_10),
    ("module", "__annotations__", V3_10),
    ("type", "__annotations__", V3_10),
    ("type", "__or__", V3_10),
    ("type", "__ror__", V3_10),
    ("types.GenericAlias", "__or__", V3_10),
    ("types.GenericAlias", "__ror__", V3_10),
    ("property", "__set_name__", V3_10),
    ("zip", "__setstate__", V3_10),
    ("object", "__getstate__", V3_11),
    ("_datetime", "UTC", V3_11),
    ("builtins", "BaseExceptionGroup", V3_11),
    ("builtins", "ExceptionGroup", V3_11),
    ("_asyncio.Task", "cancelling", V3_11),
    ("_asyncio.Task", "uncancel", V3_11),
    ("math", "cbrt", V3_11),
    ("math", "exp2", V3_11),
    ("_operator", "call", V3_11),
    ("sys", "exception", V3_11),
    ("BaseException", "add_note", V3_11),
    ("bytes", "__bytes__", V3_11),
    ("complex", "__complex__", V3_11),
    ("code", "_co_code_adaptive", V3_11),
    ("code", "co_qualname", V3_11),
    ("generator", "gi_suspended", V3_11),
    ("coroutine", "cr_suspended", V3_11),
    ("types.GenericAlias", "__iter__", V3_11),
    (
        "types.GenericAlias",
        "__typing_unpacked_tuple_args__",
        V3_11,
    ),
    ("types.GenericAlias", "__unpacked__", V3_11),
    ("_asyncio", "_eager_tasks", V3_12),
    ("_asyncio", "_register_eager_task", V3_12),
    ("_asyncio", "_scheduled_tasks", V3_12),
    ("_asyncio", "_swap_current_task", V3_12),
    ("_asyncio", "_unregister_eager_task", V3_12),
    ("_asyncio", "current_task", V3_12),
    ("_asyncio.Task", "get_context", V3_12),
    ("itertools", "batched", V3_12),
    ("math", "sumprod", V3_12),
    ("sys", "_getframemodulename", V3_12),
    ("sys", "_setprofileallthreads", V3_12),
    ("sys", "_settraceallthreads", V3_12),
    ("sys", "activate_stack_trampoline", V3_12),
    ("sys", "deactivate_stack_trampoline", V3_12),
    ("sys", "getunicodeinternedsize", V3_12),
    ("sys", "is_stack_trampoline_active", V3_12),
    ("sys", "monitoring", V3_12),
    ("array.array", "__class_getitem__", V3_12),
    ("ImportError", "name_from", V3_12),
    ("async_generator", "ag_suspended", V3_12),
    ("bytearray", "__buffer__", V3_12),
    ("bytearray", "__release_buffer__", V3_12),
    ("bytes", "__buffer__", V3_12),
    ("memoryview", "__buffer__", V3_12),
    ("memoryview", "__release_buffer__", V3_12),
    ("memoryview", "_from_flags", V3_12),
    ("function", "__type_params__", V3_12),
    ("type", "__type_params__", V3_12),
    ("int", "is_integer", V3_12),
    ("datetime.date", "__replace__", V3_13),
    ("datetime.datetime", "__replace__", V3_13),
    ("datetime.time", "__replace__", V3_13),
    ("sys", "_baserepl", V3_13),
    ("sys", "_clear_internal_caches", V3_13),
    ("sys", "_get_cpu_count_config", V3_13),
    ("sys", "_is_gil_enabled", V3_13),
    ("sys", "_is_interned", V3_13),
    ("builtins", "PythonFinalizationError", V3_13),
    ("builtins", "_IncompleteInputError", V3_13),
    ("math", "fma", V3_13),
    ("types.SimpleNamespace", "__replace__", V3_13),
    ("code", "__replace__", V3_13),
    ("property", "__name__", V3_13),
    ("functools.partial", "__get__", V3_13),
    ("generator", "__class_getitem__", V3_13),
    ("coroutine", "__class_getitem__", V3_13),
    ("datetime.date", "strptime", V3_14),
    ("datetime.time", "strptime", V3_14),
    ("_asyncio", "all_tasks", V3_14),
    ("module", "__annotate__", V3_14),
    ("types.UnionType", "__class_getitem__", V3_14),
    ("types.UnionType", "__origin__", V3_14),
    ("types.UnionType", "__mro_entries__", V3_14),
    ("type", "__annotate__", V3_14),
    ("function", "__annotate__", V3_14),
    ("sys", "_is_immortal", V3_14),
    ("sys", "_clear_type_descriptors", V3_14),
];

/// How the names of types begin, a name in them, the first version that has it no more.
const GONE: &[(&str, &str, Version)] = &[
    ("itertools.", "__reduce__", V3_14),
    ("itertools.", "__setstate__", V3_14),
];

/// The names that a module or a type gets only after a version, and those that it has no more.
pub fn missing_names(version: Version, owner: &str) -> impl Iterator<Item = &'static str> {
    let later = SINCE.partition_point(|row| row.2 <= version);
    let later = SINCE[later..].iter().filter(move |row| row.0 == owner);
    let gone = GONE.iter().filter(move |row| row.2 <= version);
    later
        .chain(gone.filter(move |row| owner.starts_with(row.0)))
        .map(|row| row.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_in_order_of_versions() {
        assert!(SINCE.is_sorted_by_key(|row| row.2));
    }
}
