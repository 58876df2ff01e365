//! Source text, changed by bytes and by lines and words.

#![no_main]

mod run;

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_target!(|data: &[u8]| {
    run::run(&String::from_utf8_lossy(data), data.len());
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    if seed % 4 == 0 {
        return fuzzer_mutate(data, size, max_size);
    }
    let text = String::from_utf8_lossy(&data[..size]).into_owned();
    let mut numbers = Numbers(u64::from(seed) | 1);
    let changed = match seed % 4 {
        1 => change_lines(&text, &mut numbers),
        _ => change_words(&text, &mut numbers),
    };
    let length = changed.len().min(max_size);
    data[..length].copy_from_slice(&changed.as_bytes()[..length]);
    length
});

/// Numbers by chance: xorshift.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}

/// Drops, repeats, swaps or indents a line.
fn change_lines(text: &str, numbers: &mut Numbers) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        return "print(1)\n".to_owned();
    }
    let (one, other) = (numbers.below(lines.len()), numbers.below(lines.len()));
    match numbers.below(5) {
        0 => drop(lines.remove(one)),
        1 => lines.insert(one, lines[other].clone()),
        2 => lines.swap(one, other),
        3 => lines[one].insert_str(0, "    "),
        _ => lines.truncate(one.max(1)),
    }
    lines.join("\n") + "\n"
}

/// What a word may become: values at the edges, names of builtins, what opens and closes.
const WORDS: &[&str] = &[
    "0", "-1", "1", "2**63", "-2**63", "2**70", "10**6", "1.5", "float('nan')", "1e308", "None", "True", "...", "''", "'\\ud800'",
    "b''", "()", "[]", "{}", "set()", "object()", "type", "int", "str", "list", "dict", "tuple", "self", "super()", "print",
    "len", "iter", "next", "id", "repr", "hash", "sorted", "zip", "map", "slice(None)", "range(3)", "memoryview(b'ab')", "del",
    "yield", "await", "return", "raise", "lambda: 0", "*", "**", "not", "is", "in", "globals()", "locals()", "vars()", "__class__",
    "__del__", "__dict__", "__slots__", "__eq__", "__hash__", "__getattr__", "__init_subclass__", "weakref.ref", "gc.collect()",
    "sys.getrefcount", "exec", "eval", "compile",
];

/// Puts a word in the place of a word: one of the text's own or of [`WORDS`].
fn change_words(text: &str, numbers: &mut Numbers) -> String {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut words: Vec<(usize, &str)> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_word) {
        let end = rest[start..].find(|letter| !is_word(letter));
        let end = end.map_or(rest.len(), |end| start + end);
        words.push((text.len() - rest.len() + start, &rest[start..end]));
        rest = &rest[end..];
    }
    if words.is_empty() {
        return WORDS[numbers.below(WORDS.len())].to_owned();
    }
    let (at, old) = words[numbers.below(words.len())];
    let new = match numbers.below(2) {
        0 => words[numbers.below(words.len())].1,
        _ => WORDS[numbers.below(WORDS.len())],
    };
    format!("{}{new}{}", &text[..at], &text[at + old.len()..])
}
