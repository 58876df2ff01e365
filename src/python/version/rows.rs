//! One row for each version. A row says what is different from the one before.

use super::counts::StartCounts;
use super::{Attributes, Constants, Messages, Profile, SipHash, Version};
use crate::python::compiler::carets;
use crate::python::gc::startup::GcStart;
use crate::python::memory::{Addr, freelist};
use crate::python::object::str::layout;
use crate::python::object::types;

/// The types with a `tp_vectorcall` in the order in which they got it, measured by the tuples that `tracemalloc` shows.
const VECTORCALLS: &[Addr] = &[
    types::LIST,
    types::DICT,
    types::TUPLE,
    types::SET,
    types::FROZENSET,
    types::RANGE,
    types::FLOAT,
    types::BOOL,
    types::MAP,
    types::FILTER,
    types::REVERSED,
    types::TYPE,
    types::ENUMERATE,
    types::SUPER,
    types::INT,
    types::STR,
];

/// The first of them.
const fn vectorcalls(count: usize) -> &'static [Addr] {
    VECTORCALLS.split_at(count).0
}

const ROW_3_12: Profile = Profile {
    version: Version::V3_12,
    release: (3, 12, 1),
    build: "(main, Dec  8 2023, 00:00:00) [GCC 12.2.0]",
    copyright_until: 2023,
    gc_thresholds: [700, 10, 10],
    gc_start: GcStart {
        counts: [496, 3, 0],
        collections: 3,
        collected: 24,
    },
    small_int_max: 256,
    immortal_refcount: 0xFFFF_FFFF,
    smaller: &[],
    hash: SipHash::Rounds13,
    slices_have_hashes: true,
    code_tells_no_free: false,
    attributes: Attributes::Beside,
    weakrefs_are_managed: true,
    strings: layout::SHORT,
    comprehensions_are_inlined: true,
    start_counts: None,
    interned_are_immortal: true,
    classes_know_source: false,
    frame_locals_write_through: false,
    main_has_annotations: true,
    loads_borrow: false,
    static_attributes_are_keys: false,
    any_type_inlines_values: false,
    frames_clear_backwards: false,
    dicts_are_tracked: false,
    dict_has_the_values: false,
    small_tables_are_exact: false,
    atom_tuples_untracked: false,
    tree_holds_folded: true,
    tells_what_key: false,
    ignored_says_why: false,
    calls_keep_arguments: false,
    generators_without_frame: None,
    code_size: None,
    messages: Messages {
        slot_names_object: true,
        calls_name_fully: true,
        refused_slots: "nonempty",
        literal_warnings_name_type: true,
        thresholds_are_counted: true,
        import_names_type: false,
        syntax_marks_end: true,
        deletion_names_object: true,
        plain_slice: "can only assign an iterable",
        abstract_quotes_methods: true,
        knows_zero_sign: true,
    },
    frozenset_is_single: false,
    weakrefs_outlive_finalizers: false,
    gc_tells_candidates: false,
    descriptors_are_shared: false,
    atom_frozensets_untracked: false,
    bytearray_holds_more: 0,
    hidden_flags: 0,
    renamed: &[],
    frame_size: None,
    partials_are_methods: false,
    deleting_keeps_room: false,
    extend_starts_exact: true,
    dict_call_makes_table: false,
    traceback_style: carets::Style::FirstLine,
    tracebacks_have_carets: true,
    zero_has_a_digit: true,
    int_block_least: 32,
    modulo_by_zero: "integer modulo by zero",
    vectorcalls: vectorcalls(14),
    getattr_is_bound: false,
    parser_joins_bytes: true,
    spread_calls_keep_tuple: false,
    constants: Constants::InTree,
    warns_of_finally: false,
    unions_are_typing: false,
    weaklists: &[],
    annotations_are_deferred: false,
    loops_count_by_index: false,
    print_makes_tuple: true,
    splits_guess_parts: true,
    static_natives: &[],
    lists_grow_for_sets: false,
    ignored_have_carets: true,
    frozen_at_start: 375,
    free_lists: &freelist::SIZES_3_12,
    static_type_size: 432,
    basicsizes: &[("type", 920), ("code", 192), ("frame", 120)],
    tells_missing_dict: false,
    has_unions: true,
    handled_in_three: false,
};

const ROW_3_11: Profile = Profile {
    slices_have_hashes: false,
    version: Version::V3_11,
    release: (3, 11, 7),
    messages: Messages {
        literal_warnings_name_type: false,
        abstract_quotes_methods: false,
        ..ROW_3_12.messages
    },
    build: "(main, Dec  4 2023, 00:00:00) [GCC 12.2.0]",
    gc_start: GcStart {
        counts: [430, 6, 0],
        collections: 6,
        collected: 24,
    },
    interned_are_immortal: false,
    weakrefs_are_managed: false,
    strings: layout::WITH_WSTR,
    comprehensions_are_inlined: false,
    start_counts: Some(StartCounts {
        column: 2,
        in_data: 999_999_999,
    }),
    frozen_at_start: 0,
    spread_calls_keep_tuple: true,
    getattr_is_bound: true,
    parser_joins_bytes: false,
    splits_guess_parts: false,
    smaller: &[("ImportError", 8)],
    static_natives: &["itertools.", "collections.", "_io."],
    static_type_size: 424,
    basicsizes: &[
        ("type", 904),
        ("str", 80),
        ("bool", 32),
        ("code", 184),
        ("frame", 120),
        ("function", 136),
        ("generator", 152),
        ("coroutine", 152),
        ("async_generator", 152),
        ("range_iterator", 48),
        ("longrange_iterator", 48),
        ("itertools.accumulate", 48),
    ],
    ..ROW_3_12
};

const ROW_3_10: Profile = Profile {
    hash: SipHash::Rounds24,
    code_tells_no_free: true,
    version: Version::V3_10,
    vectorcalls: vectorcalls(12),
    release: (3, 10, 13),
    handled_in_three: true,
    messages: Messages {
        deletion_names_object: false,
        knows_zero_sign: false,
        import_names_type: true,
        ..ROW_3_11.messages
    },
    build: "(main, Aug 24 2023, 00:00:00) [GCC 12.2.0]",
    gc_start: GcStart {
        counts: [510, 7, 0],
        collections: 7,
        collected: 0,
    },
    smaller: &[
        ("ImportError", 16),
        ("collections.deque", 136),
        ("BaseException", 8),
        ("function", 8),
        ("enumerate", 8),
        ("types.GenericAlias", 16),
        ("operator.itemgetter", 8),
        ("operator.attrgetter", 8),
        ("weakref.ReferenceType", 8),
        ("weakref.ProxyType", 8),
        ("weakref.CallableProxyType", 8),
    ],
    attributes: Attributes::Dict,
    static_type_size: 408,
    basicsizes: &[
        ("type", 888),
        ("str", 80),
        ("function", 136),
        ("bool", 32),
        ("range_iterator", 48),
        ("longrange_iterator", 48),
        ("itertools.accumulate", 48),
    ],
    calls_keep_arguments: true,
    generators_without_frame: Some([88, 96, 112]),
    code_size: Some(176),
    frame_size: Some(360),
    tracebacks_have_carets: false,
    zero_has_a_digit: false,
    int_block_least: 24,
    modulo_by_zero: "integer division or modulo by zero",
    print_makes_tuple: false,
    start_counts: Some(StartCounts {
        column: 1,
        in_data: 0,
    }),
    ..ROW_3_11
};

const ROW_3_9: Profile = Profile {
    version: Version::V3_9,
    vectorcalls: vectorcalls(6),
    release: (3, 9, 18),
    has_unions: false,
    small_tables_are_exact: true,
    generators_without_frame: Some([96, 104, 120]),
    frame_size: Some(368),
    messages: Messages {
        slot_names_object: false,
        calls_name_fully: false,
        syntax_marks_end: false,
        ..ROW_3_10.messages
    },
    frozenset_is_single: true,
    hidden_flags: 0b1111 << 5,
    renamed: &[
        ("weakref.ReferenceType", "weakref"),
        ("weakref.ProxyType", "weakproxy"),
        ("weakref.CallableProxyType", "weakcallableproxy"),
    ],
    extend_starts_exact: false,
    dict_call_makes_table: true,
    smaller: &[
        ("ImportError", 16),
        ("AttributeError", 24),
        ("NameError", 16),
        ("SyntaxError", 24),
        ("BaseException", 8),
        ("function", 16),
        ("property", 8),
        ("collections.deque", 136),
        ("zip", 8),
        ("enumerate", 8),
        ("types.GenericAlias", 16),
        ("operator.itemgetter", 8),
        ("operator.attrgetter", 8),
        ("weakref.ReferenceType", 8),
        ("weakref.ProxyType", 8),
        ("weakref.CallableProxyType", 8),
    ],
    basicsizes: &[
        ("type", 880),
        ("str", 80),
        ("function", 136),
        ("bool", 32),
        ("range_iterator", 48),
        ("longrange_iterator", 48),
        ("itertools.accumulate", 48),
    ],
    gc_start: GcStart {
        counts: [310, 7, 0],
        collections: 7,
        collected: 0,
    },
    start_counts: Some(StartCounts {
        column: 0,
        in_data: 0,
    }),
    ..ROW_3_10
};

const ROW_3_13: Profile = Profile {
    version: Version::V3_13,
    release: (3, 13, 0),
    messages: Messages {
        plain_slice: "must assign iterable to extended slice",
        thresholds_are_counted: false,
        ..ROW_3_12.messages
    },
    build: "(main, Oct  7 2024, 00:00:00) [GCC 12.2.0]",
    copyright_until: 2024,
    gc_thresholds: [2000, 10, 10],
    gc_start: GcStart {
        counts: [505, 2, 0],
        collections: 2,
        collected: 24,
    },
    attributes: Attributes::Inline,
    interned_are_immortal: false,
    traceback_style: carets::Style::AllLines,
    classes_know_source: true,
    frame_locals_write_through: true,
    lists_grow_for_sets: true,
    vectorcalls: vectorcalls(16),
    ignored_have_carets: false,
    frozen_at_start: 0,
    free_lists: &freelist::SIZES_3_13,
    static_type_size: 416,
    basicsizes: &[],
    tells_missing_dict: true,
    deleting_keeps_room: true,
    ..ROW_3_12
};

const ROW_3_14: Profile = Profile {
    version: Version::V3_14,
    release: (3, 14, 10),
    build: "(main, Jan  1 2026, 00:00:00) [GCC 16.0.0]",
    copyright_until: 2001,
    immortal_refcount: 0xC000_0000,
    annotations_are_deferred: true,
    constants: Constants::InGraph,
    warns_of_finally: true,
    unions_are_typing: true,
    renamed: &[("types.UnionType", "typing.Union")],
    weaklists: &[("types.UnionType", 48)],
    main_has_annotations: false,
    print_makes_tuple: false,
    loads_borrow: true,
    free_lists: &freelist::SIZES_3_14,
    static_attributes_are_keys: true,
    any_type_inlines_values: true,
    frames_clear_backwards: true,
    dicts_are_tracked: true,
    dict_has_the_values: true,
    small_tables_are_exact: true,
    atom_tuples_untracked: true,
    tree_holds_folded: false,
    tells_what_key: true,
    ignored_says_why: true,
    basicsizes: &[
        ("type", 936),
        ("tuple", 32),
        ("generator", 152),
        ("coroutine", 152),
        ("async_generator", 152),
        ("SyntaxError", 144),
        ("IndentationError", 144),
        ("TabError", 144),
        ("_IncompleteInputError", 144),
        ("BaseExceptionGroup", 96),
        ("itertools.cycle", 40),
        ("code", 208),
        ("frame", 152),
        ("function", 152),
        ("map", 40),
        ("functools.partial", 80),
        ("types.UnionType", 56),
    ],
    partials_are_methods: true,
    ..ROW_3_13
};

const ROW_3_15: Profile = Profile {
    version: Version::V3_15,
    release: (3, 15, 2),
    loops_count_by_index: true,
    constants: Constants::Common,
    ignored_have_carets: true,
    weakrefs_outlive_finalizers: true,
    gc_tells_candidates: true,
    descriptors_are_shared: true,
    atom_frozensets_untracked: true,
    bytearray_holds_more: 40,
    messages: Messages {
        refused_slots: "arbitrary",
        ..ROW_3_14.messages
    },
    small_int_max: 1024,
    static_type_size: 424,
    basicsizes: &[
        ("type", 944),
        ("tuple", 32),
        ("generator", 152),
        ("coroutine", 152),
        ("async_generator", 152),
        ("SyntaxError", 144),
        ("IndentationError", 144),
        ("TabError", 144),
        ("_IncompleteInputError", 144),
        ("BaseExceptionGroup", 96),
        ("itertools.cycle", 40),
        ("code", 208),
        ("frame", 152),
        ("function", 152),
        ("map", 40),
        ("functools.partial", 80),
        ("types.UnionType", 56),
        ("module", 104),
    ],
    ..ROW_3_14
};

/// CPython 3.9.18.
pub static V3_9: Profile = ROW_3_9;
/// CPython 3.10.13.
pub static V3_10: Profile = ROW_3_10;
/// CPython 3.11.7.
pub static V3_11: Profile = ROW_3_11;
/// CPython 3.12.1.
pub static V3_12: Profile = ROW_3_12;
/// CPython 3.13.0.
pub static V3_13: Profile = ROW_3_13;
/// CPython 3.14.10.
pub static V3_14: Profile = ROW_3_14;
/// CPython 3.15.2.
pub static V3_15: Profile = ROW_3_15;
