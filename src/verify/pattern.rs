//! Claims that leave something open: `...`, `[..]`, and numbers within the digits written.

/// Says whether a claim leaves something open.
pub fn has_wildcard(expected: &str) -> bool {
    expected.contains("...") || expected.contains("[..]")
}

/// Says whether a text is as claimed, where `...` and `[..]` stand for any text.
pub fn matches(expected: &str, found: &str) -> bool {
    let normal = expected.replace("[..]", "...");
    let mut pieces = normal.split("...");
    let Some(mut rest) = found.strip_prefix(pieces.next().unwrap_or_default()) else {
        return false;
    };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        match rest.find(piece) {
            Some(at) => rest = rest.get(at + piece.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    true
}

/// Says whether a text begins as claimed.
pub fn begins(expected: &str, found: &str) -> bool {
    matches(&format!("{expected}..."), found)
}

/// Says whether a number is the claimed one within the digits that were written: `3.14` for 3.1416, `12` for 11.6.
pub fn is_about(expected: &str, found: &str) -> bool {
    let number = |text: &str| text.trim().replace('_', "").parse::<f64>().ok();
    let (Some(claimed), Some(value)) = (number(expected), number(found)) else {
        return false;
    };
    let mantissa = expected.trim().split(['e', 'E']).next().unwrap_or_default();
    let exponent = expected
        .trim()
        .split(['e', 'E'])
        .nth(1)
        .and_then(|digits| digits.parse::<i32>().ok())
        .unwrap_or(0);
    let decimals = mantissa
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    let half = 0.5 * 10f64.powi(exponent - i32::try_from(decimals).unwrap_or(i32::MAX));
    // The least bit is given away: 0.5 away in decimal may be more in binary.
    (claimed - value).abs() <= half * (1.0 + 1e-9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anything_may_stand_for_dots() {
        for (expected, found) in [
            ("...", "x"),
            ("<A object at [..]>", "<A object at 0x7f>"),
            ("[1, ...]", "[1, 2, 3]"),
            ("a", "a"),
            ("[...]", "[...]"),
        ] {
            assert!(matches(expected, found), "{expected} {found}");
        }
        for (expected, found) in [
            ("a...", "b"),
            ("...z", "a"),
            ("a", "ab"),
            ("a...b...c", "abb"),
        ] {
            assert!(!matches(expected, found), "{expected} {found}");
        }
        assert!(begins("list index", "list index out of range") && !begins("tuple", "list"));
    }

    #[test]
    fn a_number_is_compared_in_the_digits_written() {
        for (expected, found) in [
            ("3.14", "3.14159"),
            ("12", "11.6"),
            ("1e3", "1000.4"),
            ("0.3", "0.30000000000000004"),
            ("1_000", "1000"),
        ] {
            assert!(is_about(expected, found), "{expected} {found}");
        }
        for (expected, found) in [("3.14", "3.15"), ("12", "13"), ("x", "1"), ("1", "nan")] {
            assert!(!is_about(expected, found), "{expected} {found}");
        }
    }
}
