//! Searching in code points: `find`, `rfind`, `count`, and what `split` and `replace` build on. Every search takes
//! time in proportion to the lengths, whatever the texts. CPython: Objects/stringlib/fastsearch.h.

use super::View;
use memchr::memmem;

/// The units of a text that is searched for, prepared for a haystack of a width.
pub enum Needle {
    /// One byte.
    Byte(u8),
    /// Several bytes.
    Bytes(Box<memmem::Finder<'static>>),
    /// Units of 2 bytes.
    Ucs2(Pattern<u16>),
    /// Units of 4 bytes.
    Ucs4(Pattern<u32>),
    /// Wider than the haystack, so not in it.
    Absent,
}

impl Needle {
    /// Prepares `needle`, which is not empty, for a search in strings as wide as `haystack`.
    pub fn new(haystack: View<'_>, needle: View<'_>) -> Needle {
        match (haystack, needle) {
            (View::Latin1(_), View::Latin1([byte])) => Needle::Byte(*byte),
            (View::Latin1(_), View::Latin1(bytes)) => {
                Needle::Bytes(Box::new(memmem::Finder::new(bytes).into_owned()))
            }
            (View::Ucs2(_), View::Latin1(_) | View::Ucs2(_)) => Needle::Ucs2(Pattern::new(
                needle.iter().map(|point| point as u16).collect(),
            )),
            (View::Ucs4(_), _) => Needle::Ucs4(Pattern::new(needle.to_vec())),
            _ => Needle::Absent,
        }
    }

    /// Where it first stands in `haystack`, at `start` or behind, complete before `end`.
    #[inline]
    pub fn find(&self, haystack: View<'_>, start: usize, end: usize) -> Option<usize> {
        let part = haystack.slice(start, end);
        let found = match (self, part) {
            (Needle::Byte(byte), View::Latin1(units)) => memchr::memchr(*byte, units),
            (Needle::Bytes(finder), View::Latin1(units)) => finder.find(units),
            (Needle::Ucs2(pattern), View::Ucs2(units)) => pattern.find(units),
            (Needle::Ucs4(pattern), View::Ucs4(units)) => pattern.find(units),
            _ => None,
        };
        found.map(|at| at + start)
    }
}

/// A text prepared for the search of Knuth, Morris and Pratt.
pub struct Pattern<T> {
    units: Vec<T>,
    /// For each length of a matched beginning, the longest shorter beginning that it ends in.
    borders: Vec<usize>,
}

impl<T: Copy + Eq> Pattern<T> {
    fn new(units: Vec<T>) -> Pattern<T> {
        let mut borders = vec![0; units.len()];
        let mut border = 0;
        for i in 1..units.len() {
            while border > 0 && units[i] != units[border] {
                border = borders[border - 1];
            }
            if units[i] == units[border] {
                border += 1;
            }
            borders[i] = border;
        }
        Pattern { units, borders }
    }

    fn find(&self, haystack: &[T]) -> Option<usize> {
        let first = *self.units.first()?;
        if self.units.len() == 1 {
            return haystack.iter().position(|unit| *unit == first);
        }
        let mut matched = 0;
        for (i, unit) in haystack.iter().enumerate() {
            while matched > 0 && *unit != self.units[matched] {
                matched = self.borders[matched - 1];
            }
            if *unit == self.units[matched] {
                matched += 1;
            }
            if matched == self.units.len() {
                return Some(i + 1 - matched);
            }
        }
        None
    }
}

/// `haystack.find(needle, start, end)` for a range inside the haystack.
pub fn find(haystack: View<'_>, needle: View<'_>, start: usize, end: usize) -> Option<usize> {
    if needle.is_empty() {
        return Some(start);
    }
    if needle.len() > end - start {
        return None;
    }
    Needle::new(haystack, needle).find(haystack, start, end)
}

/// `haystack.rfind(needle, start, end)`
pub fn rfind(haystack: View<'_>, needle: View<'_>, start: usize, end: usize) -> Option<usize> {
    if needle.is_empty() {
        return Some(end);
    }
    if needle.len() > end - start {
        return None;
    }
    let part = haystack.slice(start, end);
    let found = match (part, needle) {
        (View::Latin1(units), View::Latin1([byte])) => memchr::memrchr(*byte, units),
        (View::Latin1(units), View::Latin1(bytes)) => memmem::rfind(units, bytes),
        (View::Latin1(_), _) | (View::Ucs2(_), View::Ucs4(_)) => None,
        _ => {
            let pattern = Pattern::new(needle.iter().rev().collect());
            let turned: Vec<u32> = part.iter().rev().collect();
            pattern
                .find(&turned)
                .map(|at| part.len() - at - needle.len())
        }
    };
    found.map(|at| at + start)
}

/// `haystack.count(needle, start, end)`, up to `most`.
pub fn count(haystack: View<'_>, needle: View<'_>, start: usize, end: usize, most: usize) -> usize {
    if needle.is_empty() {
        return (end - start + 1).min(most);
    }
    if needle.len() > end - start {
        return 0;
    }
    if let (View::Latin1(units), View::Latin1([byte]), usize::MAX) = (haystack, needle, most) {
        return memchr::memchr_iter(*byte, &units[start..end]).count();
    }
    let prepared = Needle::new(haystack, needle);
    let (mut found, mut at) = (0, start);
    while found < most
        && let Some(place) = prepared.find(haystack, at, end)
    {
        found += 1;
        at = place + needle.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_and_narrow_searches_agree() {
        let texts = [
            "",
            "a",
            "ab",
            "aab",
            "abaab",
            "aabaabaaab",
            "bbbb",
            "abababab",
        ];
        for haystack in texts {
            for needle in texts {
                let wide: Vec<u16> = haystack
                    .bytes()
                    .map(|byte| u16::from(byte) + 0x100)
                    .collect();
                let wide_needle: Vec<u16> =
                    needle.bytes().map(|byte| u16::from(byte) + 0x100).collect();
                let (hay, part) = (View::Ucs2(&wide), View::Ucs2(&wide_needle));
                let end = wide.len();
                assert_eq!(
                    find(hay, part, 0, end),
                    haystack.find(needle),
                    "{needle} in {haystack}"
                );
                assert_eq!(
                    rfind(hay, part, 0, end),
                    haystack.rfind(needle),
                    "{needle} in {haystack}"
                );
                assert_eq!(
                    count(hay, part, 0, end, usize::MAX),
                    haystack.matches(needle).count()
                );
            }
        }
    }
}
