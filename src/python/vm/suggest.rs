//! "Did you mean": the closest of some names. CPython: Python/suggestions.c and traceback.py.

const MOVE_COST: usize = 2;
const CASE_COST: usize = 1;
const MAX_LEN: usize = 40;
const MAX_CANDIDATES: usize = 750;

/// The candidate that is nearest to `wrong`, if one is near enough.
pub fn best<S: AsRef<str>>(wrong: &str, candidates: &[S]) -> Option<String> {
    if candidates.len() >= MAX_CANDIDATES {
        return None;
    }
    let mut found: Option<(&str, usize)> = None;
    for candidate in candidates {
        let candidate = candidate.as_ref();
        if candidate == wrong {
            continue;
        }
        let mut limit = (candidate.len() + wrong.len() + 3) * MOVE_COST / 6;
        if let Some((_, distance)) = found {
            limit = limit.min(distance.saturating_sub(1));
        }
        let distance = distance(wrong.as_bytes(), candidate.as_bytes(), limit);
        if distance > limit {
            continue;
        }
        if found.is_none_or(|(_, best)| distance < best) {
            found = Some((candidate, distance));
        }
    }
    found.map(|(name, _)| name.to_owned())
}

fn cost(a: u8, b: u8) -> usize {
    if a == b {
        0
    } else if a.eq_ignore_ascii_case(&b) {
        CASE_COST
    } else {
        MOVE_COST
    }
}

/// Levenshtein's distance between bytes of UTF-8 with cheap changes of case; anything above `limit` is `limit + 1`.
fn distance(a: &[u8], b: &[u8], limit: usize) -> usize {
    let common = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[common..], &b[common..]);
    let tail = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let (a, b) = (&a[..a.len() - tail], &b[..b.len() - tail]);
    if a.is_empty() || b.is_empty() {
        return MOVE_COST * (a.len() + b.len());
    }
    if a.len() > MAX_LEN || b.len() > MAX_LEN {
        return limit + 1;
    }
    let (a, b) = if b.len() < a.len() { (b, a) } else { (a, b) };
    if (b.len() - a.len()) * MOVE_COST > limit {
        return limit + 1;
    }
    let mut row: Vec<usize> = (1..=a.len()).map(|i| i * MOVE_COST).collect();
    let mut result = 0;
    for (i, &y) in b.iter().enumerate() {
        let mut distance = i * MOVE_COST;
        result = distance;
        let mut minimum = usize::MAX;
        for (j, &x) in a.iter().enumerate() {
            let substitute = distance + cost(x, y);
            distance = row[j];
            result = substitute.min(result.min(distance) + MOVE_COST);
            row[j] = result;
            minimum = minimum.min(result);
        }
        if minimum > limit {
            return limit + 1;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::best;

    #[test]
    fn near_names_are_suggested() {
        assert_eq!(
            best("blech", &["a", "bluch", "black"]).as_deref(),
            Some("bluch")
        );
        assert_eq!(best("xyzzy", &["a", "bluch"]), None);
        assert_eq!(
            best("somethin", &["something", "other"]).as_deref(),
            Some("something")
        );
    }
}
