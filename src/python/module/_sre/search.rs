//! Finding where a pattern matches, in slices of work that the machine counts.

use super::charset;
use super::matcher::{Found, Matcher, Text};
use super::opcode::{INFO_CHARSET, INFO_PREFIX, at, op};
use super::pattern;
use super::subject::{self, Subject, Units};
use crate::python::memory::Addr;
use crate::python::vm::{PyResult, Vm};

/// Instructions between two looks at the limits.
const SLICE: u64 = 1 << 16;
/// Instructions that count as one step of the machine.
const INSTRUCTIONS_A_STEP: u64 = 4;

/// Where the pattern may match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// At the start.
    Match,
    /// At the start, and all of the text.
    Full,
    /// Anywhere from the start on.
    Search,
}

/// A pattern on its way through a text.
pub struct Search {
    /// The pattern object, borrowed.
    pub pattern: Addr,
    /// What it is matched with.
    pub subject: Subject,
    /// The attempt: after a match, its groups.
    pub matcher: Matcher,
    mode: Mode,
    under_way: bool,
}

impl Search {
    /// Checks the subject and makes ready for the range that the caller wants.
    ///
    /// # Errors
    /// `TypeError` when the subject is neither text nor bytes, or not the one that the pattern is for.
    pub fn new(
        vm: &mut Vm,
        pattern: Addr,
        string: Addr,
        range: (isize, isize),
    ) -> PyResult<Search> {
        let subject = subject::of(vm, string, range)?;
        pattern::check_kind(vm, pattern, &subject)?;
        let groups = pattern::groups(vm, pattern);
        let mut matcher = Matcher::new(subject.pos, subject.end, groups);
        matcher.choices_max = (vm.limits.heap_bytes / 64) as usize;
        Ok(Search {
            pattern,
            subject,
            matcher,
            mode: Mode::Search,
            under_way: false,
        })
    }

    /// Looks from `start` on; with `must_advance` an empty match there is none.
    ///
    /// # Errors
    /// A limit; `MemoryError`; `RuntimeError` for words that are no code.
    pub fn find(
        &mut self,
        vm: &mut Vm,
        mode: Mode,
        start: usize,
        must_advance: bool,
    ) -> PyResult<bool> {
        self.mode = mode;
        self.matcher.start = start;
        self.matcher.match_all = mode == Mode::Full;
        self.matcher.must_advance = must_advance;
        self.under_way = false;
        // A buffer may have become shorter since the last time.
        let len = subject::len(vm, &self.subject);
        self.matcher.end = self.subject.end.min(len);
        if start > self.matcher.end {
            return Ok(false);
        }
        loop {
            self.matcher.fuel = SLICE;
            let found = self.slice(vm);
            let used = SLICE - self.matcher.fuel;
            vm.check_steps(used / INSTRUCTIONS_A_STEP)?;
            match found {
                Found::Match => return Ok(true),
                Found::Nothing => return Ok(false),
                Found::Tired => vm.check_deadline()?,
                Found::Memory => return Err(vm.memory_error()),
                Found::BadCode => return Err(vm.runtime_error("invalid SRE code")),
            }
        }
    }

    fn slice(&mut self, vm: &Vm) -> Found {
        let code = pattern::code(vm, self.pattern);
        match subject::units(vm, &self.subject) {
            Units::One(text) => self.go(&text, code),
            Units::Two(text) => self.go(&text, code),
            Units::Four(text) => self.go(&text, code),
        }
    }

    fn go(&mut self, text: &impl Text, code: &[u32]) -> Found {
        let info = Info::of(code);
        let last = info.last_start(&self.matcher);
        loop {
            if !self.under_way {
                let start = self.matcher.start;
                if self.mode == Mode::Search {
                    let Some(next) = info.next(text, code, start, last, self.matcher.end) else {
                        return Found::Nothing;
                    };
                    self.matcher.fuel = self.matcher.fuel.saturating_sub((next - start) as u64 / 8);
                    self.matcher.must_advance &= next == start;
                    self.matcher.start = next;
                }
                self.matcher.reset(self.matcher.start, info.code);
                self.under_way = true;
            }
            match self.matcher.run(text, code) {
                Found::Nothing if self.mode == Mode::Search => {
                    if self.matcher.start >= last || info.only_at_start {
                        return Found::Nothing;
                    }
                    self.matcher.must_advance = false;
                    self.matcher.start += 1;
                    self.under_way = false;
                }
                found => return found,
            }
        }
    }
}

/// What the `INFO` instruction tells about the text that a pattern matches.
struct Info {
    /// Where the code behind it starts.
    code: usize,
    /// Fewest characters of a match.
    least: usize,
    start: Start,
    /// The pattern starts with `^` or `\A`.
    only_at_start: bool,
}

/// How a match starts.
enum Start {
    Any,
    /// With this character.
    Literal(u32),
    /// With one of the set at this word.
    Set(usize),
}

impl Info {
    fn of(code: &[u32]) -> Info {
        let word = |at: usize| code.get(at).copied().unwrap_or(0);
        let mut info = Info {
            code: 0,
            least: 0,
            start: Start::Any,
            only_at_start: false,
        };
        if word(0) == op::INFO {
            info.code = 1 + word(1) as usize;
            info.least = word(3) as usize;
            info.start = match word(2) {
                flags if flags & INFO_PREFIX != 0 && word(5) > 0 => Start::Literal(word(7)),
                flags if flags & INFO_CHARSET != 0 => Start::Set(5),
                _ => Start::Any,
            };
        }
        info.only_at_start = word(info.code) == op::AT
            && matches!(word(info.code + 1), at::BEGINNING | at::BEGINNING_STRING);
        info
    }

    /// The last place where a match can start.
    fn last_start(&self, matcher: &Matcher) -> usize {
        let room = self.least.saturating_sub(1);
        matcher.end.saturating_sub(room).max(matcher.start)
    }

    /// The next place from `from` on where a match can start.
    fn next(
        &self,
        text: &impl Text,
        code: &[u32],
        from: usize,
        last: usize,
        end: usize,
    ) -> Option<usize> {
        if self.least > end.saturating_sub(from) {
            return None;
        }
        let mut places = from..(last + 1).min(end);
        match self.start {
            Start::Any => Some(from),
            Start::Literal(literal) => places.find(|i| text.get(*i) == literal),
            Start::Set(set) => places.find(|i| charset::in_set(code, set, text.get(*i))),
        }
    }
}
