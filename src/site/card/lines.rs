//! A text in lines: broken at spaces, so that no Korean word is torn, and of much the same length.

/// How wide a text is.
pub type Measure<'a> = dyn Fn(&str) -> f64 + 'a;

/// A text in as few lines as fit, none much longer than the others.
#[cfg_attr(not(feature = "cards"), allow(dead_code))]
pub fn balanced(text: &str, room: f64, measure: &Measure<'_>) -> Vec<String> {
    let filled = broken(text, room, measure);
    if filled.len() < 2 {
        return filled;
    }
    // The narrowest column that needs no more lines.
    let (mut narrow, mut wide) = (room / filled.len() as f64 / 2.0, room);
    for _ in 0..12 {
        let middle = (narrow + wide) / 2.0;
        if broken(text, middle, measure).len() <= filled.len() {
            wide = middle;
        } else {
            narrow = middle;
        }
    }
    let even = broken(text, wide, measure);
    // Words that are too long for a narrow column would be torn there.
    let whole = |lines: &[String]| {
        lines
            .iter()
            .map(|line| line.split(' ').count())
            .sum::<usize>()
    };
    match whole(&even) > whole(&filled) {
        true => filled,
        false => even,
    }
}

/// A text in lines, each as full as it may be. A word that is wider than a line is torn.
fn broken(text: &str, room: f64, measure: &Measure<'_>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        if let Some(line) = lines.last_mut()
            && measure(&format!("{line} {word}")) <= room
        {
            line.push(' ');
            line.push_str(word);
            continue;
        }
        let mut line = String::new();
        for letter in word.chars() {
            line.push(letter);
            if measure(&line) > room && line.chars().count() > 1 {
                line.pop();
                lines.push(std::mem::take(&mut line));
                line.push(letter);
            }
        }
        lines.push(line);
    }
    lines
}

/// The beginning of a text that fits, with `…` if something was cut.
#[cfg_attr(not(feature = "cards"), allow(dead_code))]
pub fn cut(text: &str, room: f64, measure: &Measure<'_>) -> String {
    if measure(text) <= room {
        return text.to_owned();
    }
    let mut kept = text.to_owned();
    while kept.pop().is_some() {
        let shown = format!("{}…", kept.trim_end());
        if measure(&shown) <= room {
            return shown;
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure(text: &str) -> f64 {
        text.chars().count() as f64
    }

    #[test]
    fn lines_are_even_and_words_whole() {
        assert_eq!(
            balanced("객체는 어떻게 살고 사라지는가 하는 물음", 20.0, &measure),
            ["객체는 어떻게 살고", "사라지는가 하는 물음"]
        );
        assert_eq!(balanced("짧다", 20.0, &measure), ["짧다"]);
        assert_eq!(balanced("", 20.0, &measure), Vec::<String>::new());
        assert_eq!(balanced("abcdefgh i", 4.0, &measure), ["abcd", "efgh", "i"]);
    }

    #[test]
    fn what_is_too_long_is_cut() {
        assert_eq!(cut("기억", 5.0, &measure), "기억");
        assert_eq!(cut("기억과 망각", 5.0, &measure), "기억과…");
        assert_eq!(cut("기억", 0.5, &measure), "");
    }
}
