//! Terms: the pieces of text that the index knows.
//!
//! Hangul becomes overlapping pairs of syllables, across spaces too, so that the inside of a word is found and
//! `해시 테이블` and `해시테이블` are one; a run's last syllable stands alone as well. Latin words, numbers and
//! identifiers are words in lower case; an identifier is also its parts. Titles and headings are also known by the
//! initial consonants of their syllables (`ㅈㄴㄹㅇㅌ`). `static/search.js` takes queries apart in the same way.

/// Adds every term of a text.
pub fn terms(text: &str, add: &mut impl FnMut(&str)) {
    let mut reader = Reader {
        run: Vec::new(),
        word: String::new(),
        add,
    };
    for letter in text.chars() {
        // Most letters are their own lower case, or ASCII's.
        if letter.is_ascii() {
            reader.read(letter.to_ascii_lowercase());
        } else if is_syllable(letter) {
            reader.read(letter);
        } else {
            letter.to_lowercase().for_each(|letter| reader.read(letter));
        }
    }
    end_word(&mut reader.word, reader.add);
    end_run(&mut reader.run, reader.add);
}

struct Reader<'a, Add> {
    run: Vec<char>,
    word: String,
    add: &'a mut Add,
}

impl<Add: FnMut(&str)> Reader<'_, Add> {
    fn read(&mut self, letter: char) {
        if is_syllable(letter) {
            end_word(&mut self.word, self.add);
            self.run.push(letter);
        } else if letter.is_alphanumeric() || letter == '_' {
            end_run(&mut self.run, self.add);
            self.word.push(letter);
        } else {
            end_word(&mut self.word, self.add);
            // Spaces do not end a run: authors and readers do not agree on them.
            if !letter.is_whitespace() {
                end_run(&mut self.run, self.add);
            }
        }
    }
}

/// Adds the pairs of initial consonants of a title or heading.
pub fn initials(text: &str, add: &mut impl FnMut(&str)) {
    let mut run: Vec<char> = Vec::new();
    for letter in text.chars() {
        match initial(letter) {
            Some(consonant) => run.push(consonant),
            None if letter.is_whitespace() => {}
            None => end_run(&mut run, add),
        }
    }
    end_run(&mut run, add);
}

fn end_run(run: &mut Vec<char>, add: &mut impl FnMut(&str)) {
    if run.is_empty() {
        return;
    }
    let mut term = String::new();
    for pair in run.windows(2) {
        term.clear();
        term.extend(pair);
        add(&term);
    }
    term.clear();
    term.extend(run.last());
    add(&term);
    run.clear();
}

fn end_word(word: &mut String, add: &mut impl FnMut(&str)) {
    if word.is_empty() {
        return;
    }
    add(word);
    if word.contains('_') {
        word.split('_')
            .filter(|part| !part.is_empty())
            .for_each(&mut *add);
    }
    word.clear();
}

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
    fn initials_of_syllables() {
        let mut found = Vec::new();
        initials("제너레이터 gc", &mut |term| {
            found.push(term.to_owned())
        });
        assert_eq!(found, ["ㅈㄴ", "ㄴㄹ", "ㄹㅇ", "ㅇㅌ", "ㅌ"]);
    }
}
