//! "Did you mean …?": the known name that a mistyped one is closest to.

/// The known name closest to `name`, if one is close enough to be what was meant.
///
/// # Examples
/// ```
/// use gieok::diagnostic::closest;
/// assert_eq!(closest("sesion", ["session", "skip"]), Some("session"));
/// assert_eq!(closest("banana", ["session", "skip"]), None);
/// // Of two that are as close, the one that is as long: a wrong letter is likelier than one too many.
/// assert_eq!(closest("tagz", ["tag", "tags"]), Some("tags"));
/// ```
pub fn closest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    let scored = known.into_iter().map(|candidate| {
        let score = strsim::jaro_winkler(&name, candidate);
        let edits = strsim::osa_distance(&name, candidate);
        let length = candidate.len().abs_diff(name.len());
        (score, edits, length, candidate)
    });
    scored
        .filter(|(score, ..)| *score > 0.75)
        .min_by(|left, right| {
            let edits = left.1.cmp(&right.1).then(left.2.cmp(&right.2));
            edits.then(right.0.total_cmp(&left.0))
        })
        .map(|(.., candidate)| candidate)
}
