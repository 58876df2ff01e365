//! Terms: the pieces of text that the index knows.
//!
//! Hangul becomes overlapping pairs of syllables, across spaces too, so that the inside of a word is found and
//! `해시 테이블` and `해시테이블` are one; a run's last syllable stands alone as well. Latin words, numbers and
//! identifiers are words in lower case; an identifier is also its parts. Titles and headings are also known by the
//! initial consonants of their syllables (`ㅈㄴㄹㅇㅌ`). `static/search.js` takes queries apart in the same way.

/// Adds every term of a text.
pub fn terms(text: &str, add: &mut impl FnMut(&str)) {
    let mut reader = Reader::default();
    reader.read_text(text, add);
    reader.end(add);
}

/// Adds every term of a text and, behind it, of as much of another as the first has to do with: a run that goes on.
/// From there the terms of the whole are those of the other text alone.
pub fn terms_up_to(text: &str, next: &str, add: &mut impl FnMut(&str)) {
    let mut reader = Reader::default();
    reader.read_text(text, add);
    for letter in next.chars() {
        if reader.is_between() {
            return;
        }
        reader.read(letter, add);
    }
    reader.end(add);
}

/// What was read of a term that goes on. At most one of the two is there.
#[derive(Default)]
struct Reader {
    /// The last syllable of a run.
    syllable: Option<char>,
    word: String,
}

impl Reader {
    fn read_text(&mut self, text: &str, add: &mut impl FnMut(&str)) {
        let mut at = 0;
        while let Some(byte) = text.as_bytes().get(at) {
            match KINDS[usize::from(*byte)] {
                0 => {
                    let letter = text.get(at..).and_then(|rest| rest.chars().next());
                    let Some(letter) = letter else { return };
                    self.read(letter, add);
                    at += letter.len_utf8();
                }
                SPACE => {
                    self.end_word(add);
                    at += 1;
                }
                _ => {
                    let rest = text.get(at..).unwrap_or_default();
                    at += self.read_word(rest, add);
                }
            }
        }
    }

    /// Reads the letters and digits of ASCII that a text begins with; gives how many there are.
    fn read_word(&mut self, text: &str, add: &mut impl FnMut(&str)) -> usize {
        self.end_run(add);
        let (mut length, mut kinds, mut next) = (0, 0, None);
        for byte in text.bytes() {
            let kind = KINDS[usize::from(byte)];
            if kind & WORD == 0 {
                next = Some(byte);
                break;
            }
            kinds |= kind;
            length += 1;
        }
        let letters = text.get(..length).unwrap_or_default();
        // Most words are whole, and in lower case as they stand.
        let ends = next.is_some_and(|next| next.is_ascii());
        if ends && self.word.is_empty() && kinds & UPPER == 0 {
            add(letters);
            if kinds & JOINT != 0 {
                add_parts(letters, add);
            }
            return length;
        }
        let start = self.word.len();
        self.word.push_str(letters);
        if let Some(added) = self.word.get_mut(start..) {
            added.make_ascii_lowercase();
        }
        length
    }

    fn read(&mut self, letter: char, add: &mut impl FnMut(&str)) {
        // Most letters are their own lower case, or ASCII's.
        if is_syllable(letter) {
            self.end_word(add);
            if let Some(before) = self.syllable.replace(letter) {
                let mut pair = [0; 6];
                before.encode_utf8(&mut pair);
                letter.encode_utf8(pair.get_mut(3..).unwrap_or_default());
                add(std::str::from_utf8(&pair).unwrap_or_default());
            }
        } else if matches!(letter, ' ' | '\n') {
            self.end_word(add);
        } else if letter.is_ascii() {
            self.read_other(letter.to_ascii_lowercase(), add);
        } else {
            letter
                .to_lowercase()
                .for_each(|letter| self.read_other(letter, add));
        }
    }

    /// Reads a letter in lower case that is no syllable.
    fn read_other(&mut self, letter: char, add: &mut impl FnMut(&str)) {
        if letter.is_alphanumeric() || letter == '_' {
            self.end_run(add);
            self.word.push(letter);
        } else {
            self.end_word(add);
            // Spaces do not end a run: authors and readers do not agree on them.
            if !letter.is_whitespace() {
                self.end_run(add);
            }
        }
    }

    fn is_between(&self) -> bool {
        self.syllable.is_none() && self.word.is_empty()
    }

    fn end(&mut self, add: &mut impl FnMut(&str)) {
        self.end_word(add);
        self.end_run(add);
    }

    /// Adds the last syllable of a run; its pairs were added when they were read.
    fn end_run(&mut self, add: &mut impl FnMut(&str)) {
        if let Some(last) = self.syllable.take() {
            add(last.encode_utf8(&mut [0; 4]));
        }
    }

    fn end_word(&mut self, add: &mut impl FnMut(&str)) {
        if !self.word.is_empty() {
            add(&self.word);
            add_parts(&self.word, add);
            self.word.clear();
        }
    }
}

/// Adds the parts of an identifier; nothing if it has but one.
fn add_parts(word: &str, add: &mut impl FnMut(&str)) {
    if word.as_bytes().contains(&b'_') {
        word.split('_')
            .filter(|part| !part.is_empty())
            .for_each(&mut *add);
    }
}

/// Adds the pairs of initial consonants of a title or heading.
pub fn initials(text: &str, add: &mut impl FnMut(&str)) {
    let mut run = String::new();
    for letter in text.chars() {
        match initial(letter) {
            Some(consonant) => run.push(consonant),
            None if letter.is_whitespace() => {}
            None => end_run(&mut run, add),
        }
    }
    end_run(&mut run, add);
}

/// Adds the pairs of a run of consonants, and its last one. They have three bytes each.
fn end_run(run: &mut String, add: &mut impl FnMut(&str)) {
    if run.is_empty() {
        return;
    }
    for start in (0..run.len()).step_by(3) {
        let pair = run.get(start..start + 6).or_else(|| run.get(start..));
        pair.into_iter().for_each(&mut *add);
    }
    run.clear();
}

/// A part of words.
const WORD: u8 = 1;
/// In upper case.
const UPPER: u8 = 2;
/// Between the parts of an identifier.
const JOINT: u8 = 4;
/// Ends words, and not runs.
const SPACE: u8 = 8;

/// What each byte of a text is, as far as that is known without its letter.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte] = match byte as u8 {
            b'_' => WORD | JOINT,
            b'A'..=b'Z' => WORD | UPPER,
            b'a'..=b'z' | b'0'..=b'9' => WORD,
            b' ' | b'\n' => SPACE,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

fn is_syllable(letter: char) -> bool {
    ('가'..='힣').contains(&letter)
}

const INITIALS: [char; 19] = [
    'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ',
    'ㅌ', 'ㅍ', 'ㅎ',
];

/// The consonant that a syllable begins with: Unicode orders syllables by it, 588 each.
fn initial(letter: char) -> Option<char> {
    let place = (letter as u32).checked_sub('가' as u32)? / 588;
    INITIALS
        .get(place as usize)
        .copied()
        .filter(|_| is_syllable(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        terms(text, &mut |term| found.push(term.to_owned()));
        found
    }

    #[test]
    fn hangul_is_pairs_across_spaces() {
        assert_eq!(
            check("인터프리터는"),
            ["인터", "터프", "프리", "리터", "터는", "는"]
        );
        assert_eq!(check("해시 테이블"), check("해시테이블"));
        assert_eq!(check("값, 값"), ["값", "값"]);
    }

    #[test]
    fn words_and_identifiers_stand_alone() {
        assert_eq!(
            check("sys.getsizeof(__slots__)는 3.13"),
            ["sys", "getsizeof", "__slots__", "slots", "는", "3", "13"]
        );
        assert_eq!(check("gc_refs"), ["gc_refs", "gc", "refs"]);
        assert_eq!(check("id()는"), ["id", "는"]);
    }

    #[test]
    fn a_text_is_read_into_the_next_as_far_as_a_run_goes_on() {
        let check = |text: &str, next: &str| {
            let mut found = Vec::new();
            terms_up_to(text, next, &mut |term| found.push(term.to_owned()));
            found
        };
        assert_eq!(
            check("값은 ", "\n가나(1) 다"),
            ["값은", "은가", "가나", "나"]
        );
        assert_eq!(check("ab", "c 가 + d"), ["abc"]);
        assert_eq!(check("값.", "가나"), ["값"]);
        assert_eq!(check("값", "가"), ["값가", "가"]);
    }

    #[test]
    fn initials_of_syllables() {
        let mut found = Vec::new();
        initials("제너레이터 gc", &mut |term| {
            found.push(term.to_owned())
        });
        assert_eq!(found, ["ㅈㄴ", "ㄴㄹ", "ㄹㅇ", "ㅇㅌ", "ㅌ"]);
    }
}
