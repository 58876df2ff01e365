//! "Did you mean …?": the known name that a mistyped one is closest to.

/// The known name closest to `name`, if one is close enough to be what was meant.
///
/// # Examples
/// ```
/// use gieok::diagnostic::closest;
/// assert_eq!(closest("sesion", ["session", "skip"]), Some("session"));
/// assert_eq!(closest("banana", ["session", "skip"]), None);
/// ```
pub fn closest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let scored = known.into_iter().map(|candidate| {
        (
            strsim::jaro_winkler(&name.to_lowercase(), candidate),
            candidate,
        )
    });
    scored
        .filter(|(score, _)| *score > 0.75)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, candidate)| candidate)
}
