//! How a version's `datetime` behaves. Measured with each version; of 3.14 and 3.15 read in Modules/_datetimemodule.c.

/// What `_datetime` does its own way.
#[derive(Clone, Copy, Debug)]
pub struct Dates {
    /// Whether what is no integer is told as one that is required, and `__int__` will do.
    pub integers_are_required: bool,
    /// Whether `fromisoformat` reads most of ISO 8601, not only what `isoformat` writes.
    pub reads_most_of_iso: bool,
    /// References that the module itself holds of `timezone.utc`.
    pub utc_references: usize,
    /// Whether the pickle of a time zone has a state even where that is `None`.
    pub zones_have_state: bool,
    /// Whether making naive times in UTC warns.
    pub warns_of_naive_utc: bool,
    /// Whether `strftime` knows `%:z`.
    pub knows_colon_offset: bool,
    /// Whether `timedelta(0)` and `timezone.utc` stand in CPython's data: there is one of each, which never dies.
    pub zero_is_single: bool,
    /// Whether `replace` and a `fold` call the subclass that they make an instance of.
    pub copies_call_class: bool,
    /// Whether a date and a datetime say `NotImplemented` when they are compared.
    pub mixed_comparison_declines: bool,
    /// Whether a number out of range is told.
    pub texts_tell_values: bool,
    /// Whether `fromisoformat` takes 24:00 for the next day's midnight.
    pub midnight_may_be_24: bool,
    /// Whether `strftime` writes years with four digits and goes on behind a NUL.
    pub pads_years: bool,
}

/// 3.9
pub const V3_9: Dates = Dates {
    integers_are_required: true,
    ..V3_10
};

/// 3.10
pub const V3_10: Dates = Dates {
    reads_most_of_iso: false,
    utc_references: 1,
    zones_have_state: false,
    ..V3_11
};

/// 3.11
pub const V3_11: Dates = Dates {
    warns_of_naive_utc: false,
    knows_colon_offset: false,
    ..V3_12
};

/// 3.12
pub const V3_12: Dates = Dates {
    zero_is_single: false,
    copies_call_class: false,
    mixed_comparison_declines: false,
    ..V3_13
};

/// 3.13
pub const V3_13: Dates = Dates {
    integers_are_required: false,
    reads_most_of_iso: true,
    utc_references: 2,
    zones_have_state: true,
    warns_of_naive_utc: true,
    knows_colon_offset: true,
    zero_is_single: true,
    copies_call_class: true,
    mixed_comparison_declines: true,
    texts_tell_values: false,
    midnight_may_be_24: false,
    pads_years: false,
};

/// 3.14 and 3.15
pub const V3_14: Dates = Dates {
    texts_tell_values: true,
    midnight_may_be_24: true,
    pads_years: true,
    ..V3_13
};
