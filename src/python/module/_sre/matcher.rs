//! The matcher: executes code words on a text. CPython: Modules/_sre/sre_lib.h.
//!
//! Where CPython calls itself for everything that may have to be tried another way, this machine keeps a
//! stack of choices. A choice remembers the place in the text, the open repeats, and how long the trail of
//! group marks was; going back to it undoes the marks behind. A lookaround, an atomic group or one round of a
//! possessive repeat puts a fence on the stack: when its code succeeds, everything from the fence on is
//! dropped, so nothing inside is tried another way.
//!
//! ```text
//! choices  … │ branch │ fence │ repeat │ …        marks  group 1 start, end, group 2 start, …
//! repeats  node ◀── node ◀── node                 trail  (mark, what it was) …
//! ```
//!
//! Repeats with a body (`REPEAT … MAX_UNTIL`) are nodes that never change: a further round is a new node, so
//! a choice brings back the counts by naming the node that was the innermost then.

use super::charset;
use super::opcode::{MAXREPEAT, at, op};

/// No repeat is open.
const NO_REPEAT: u32 = u32::MAX;
/// A group that took no part.
pub const UNSET: usize = usize::MAX;

/// Text as the matcher reads it.
pub trait Text {
    /// Character `i`; the caller keeps it below the length.
    fn get(&self, i: usize) -> u32;
}

impl Text for &[u8] {
    #[inline(always)]
    fn get(&self, i: usize) -> u32 {
        <[u8]>::get(self, i).map_or(0, |unit| u32::from(*unit))
    }
}

impl Text for &[u16] {
    #[inline(always)]
    fn get(&self, i: usize) -> u32 {
        <[u16]>::get(self, i).map_or(0, |unit| u32::from(*unit))
    }
}

impl Text for &[u32] {
    #[inline(always)]
    fn get(&self, i: usize) -> u32 {
        <[u32]>::get(self, i).copied().unwrap_or(0)
    }
}

/// What a matcher came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// The pattern matches up to [`Matcher::at`].
    Match,
    /// It does not.
    Nothing,
    /// The steps ran out; another call goes on.
    Tired,
    /// The choices need more memory than there may be.
    Memory,
    /// The words are no code.
    BadCode,
}

/// A round of a repeat with a body.
#[derive(Clone, Copy, Debug)]
struct Repeat {
    /// Where the word behind `REPEAT` stands.
    pc: u32,
    /// Rounds begun, from 0.
    count: u32,
    /// Where the round before started, `UNSET` for none: a round must not be empty.
    last: usize,
    /// The repeat around this one.
    outer: u32,
}

/// What else may be tried.
#[derive(Clone, Copy, Debug)]
enum Kind {
    /// Goes on at `pc`, at the same place: the next branch, the end of a loop, one more round.
    Goto { pc: u32 },
    /// The next alternative of a `BRANCH`, whose skip word is at `pc`.
    Branch { pc: u32 },
    /// One character less for a greedy run that must keep the place `least`.
    Shorter { pc: u32, least: usize },
    /// One character more for a lazy run whose word behind the operator is at `pc`; so many more may come.
    Longer { pc: u32, left: u32 },
    /// One more round of the lazy repeat.
    Round { repeat: u32 },
    /// The end of what is looked at apart.
    Fence { kind: Fence, below: u32 },
}

#[derive(Clone, Copy, Debug)]
enum Fence {
    /// `(?=…)`: go on at `pc`, where the text was.
    Ahead { pc: u32, from: usize },
    /// `(?!…)`
    NotAhead { pc: u32, from: usize },
    /// `(?>…)`
    Atomic { pc: u32 },
    /// A round of `{m,n}+`; the word behind the operator is at `pc`, `count` rounds are done.
    Possessive { pc: u32, count: u32 },
}

#[derive(Clone, Copy, Debug)]
struct Choice {
    kind: Kind,
    ptr: usize,
    repeat: u32,
    trail: u32,
    repeats: u32,
    last_index: u32,
}

/// The state of one attempt.
#[derive(Clone, Debug)]
pub struct Matcher {
    /// First place of the text that patterns may see: `^` is here.
    pub beginning: usize,
    /// Where the attempt starts.
    pub start: usize,
    /// Behind the last character.
    pub end: usize,
    /// The attempt must take all of the text: `fullmatch`.
    pub match_all: bool,
    /// The attempt must not be empty: behind an empty match.
    pub must_advance: bool,
    /// Where each group starts and ends, two by two.
    pub marks: Vec<usize>,
    /// The group that was closed last, from 1; 0 for none.
    pub last_index: u32,
    /// The end of the match.
    pub at: usize,
    /// Steps that the next call may take.
    pub fuel: u64,
    /// Choices that may wait at one time.
    pub choices_max: usize,
    choices: Vec<Choice>,
    trail: Vec<(u32, usize)>,
    repeats: Vec<Repeat>,
    repeat: u32,
    /// Index of the innermost fence, `u32::MAX` for none.
    fence: u32,
    pc: usize,
}

/// Whether to go on with the code or to go back.
enum Step {
    On,
    Back,
    End(Found),
}

impl Matcher {
    /// A matcher for text from `start` to `end`, for a pattern with so many groups.
    pub fn new(start: usize, end: usize, groups: usize) -> Matcher {
        Matcher {
            beginning: 0,
            start,
            end,
            match_all: false,
            must_advance: false,
            marks: vec![UNSET; 2 * groups],
            last_index: 0,
            at: start,
            fuel: 0,
            choices_max: usize::MAX,
            choices: Vec::new(),
            trail: Vec::new(),
            repeats: Vec::new(),
            repeat: NO_REPEAT,
            fence: u32::MAX,
            pc: 0,
        }
    }

    /// Makes ready for an attempt at `start`, with code from `pc` on.
    pub fn reset(&mut self, start: usize, pc: usize) {
        self.start = start;
        self.at = start;
        self.marks.fill(UNSET);
        self.last_index = 0;
        self.choices.clear();
        self.trail.clear();
        self.repeats.clear();
        self.repeat = NO_REPEAT;
        self.fence = u32::MAX;
        self.pc = pc;
    }

    /// Goes on until the attempt is decided or the fuel is used up.
    pub fn run(&mut self, text: &impl Text, code: &[u32]) -> Found {
        loop {
            if self.fuel == 0 {
                return Found::Tired;
            }
            self.fuel -= 1;
            match self.step(text, code) {
                Step::On => {}
                Step::Back => match self.back(text, code) {
                    Ok(true) => {}
                    Ok(false) => return Found::Nothing,
                    Err(found) => return found,
                },
                Step::End(found) => return found,
            }
        }
    }

    /// One instruction.
    fn step(&mut self, text: &impl Text, code: &[u32]) -> Step {
        let pc = self.pc;
        let word = |at: usize| code.get(pc + at).copied().unwrap_or(op::FAILURE);
        match word(0) {
            op::FAILURE => return Step::Back,
            op::SUCCESS => return self.success(code),
            op::MARK => {
                self.mark(word(1));
                self.pc += 2;
            }
            op::JUMP => self.pc += 1 + word(1) as usize,
            op::INFO => self.pc += 1 + word(1) as usize,
            op::AT => {
                if !self.is_at(text, word(1)) {
                    return Step::Back;
                }
                self.pc += 2;
            }
            op::BRANCH => return self.branch(text, code, pc + 1),
            op::REPEAT_ONE => return self.greedy_run(text, code),
            op::MIN_REPEAT_ONE => return self.lazy_run(text, code),
            op::POSSESSIVE_REPEAT_ONE => {
                let count = self.run_length(text, code, pc + 4, word(3));
                if count < word(2) as usize {
                    return Step::Back;
                }
                self.at += count;
                self.pc += 1 + word(1) as usize;
            }
            op::REPEAT => {
                let first = Repeat {
                    pc: pc as u32 + 1,
                    count: 0,
                    last: UNSET,
                    outer: self.repeat,
                };
                self.repeat = self.repeats.len() as u32;
                self.repeats.push(first);
                self.pc += 1 + word(1) as usize;
            }
            op::MAX_UNTIL => return self.max_until(code),
            op::MIN_UNTIL => return self.min_until(code),
            op::ASSERT | op::ASSERT_NOT => return self.look(code),
            op::ATOMIC_GROUP => {
                let behind = pc as u32 + 1 + word(1);
                self.pc += 2;
                return self.push_fence(Fence::Atomic { pc: behind });
            }
            op::POSSESSIVE_REPEAT => {
                let round = Repeat {
                    pc: u32::MAX,
                    count: 0,
                    last: UNSET,
                    outer: self.repeat,
                };
                self.repeat = self.repeats.len() as u32;
                self.repeats.push(round);
                return self.possessive_round(code, pc as u32 + 1, 0);
            }
            op::GROUPREF
            | op::GROUPREF_IGNORE
            | op::GROUPREF_UNI_IGNORE
            | op::GROUPREF_LOC_IGNORE => {
                if !self.group_again(text, word(0), word(1)) {
                    return Step::Back;
                }
                self.pc += 2;
            }
            op::GROUPREF_EXISTS => {
                self.pc += match self.group(word(1)) {
                    Some(_) => 3,
                    None => 1 + word(2) as usize,
                };
            }
            _ => return self.one_character(text, code),
        }
        Step::On
    }

    fn one_character(&mut self, text: &impl Text, code: &[u32]) -> Step {
        if self.at >= self.end {
            return match charset::unit(code, self.pc, 0) {
                Some(_) => Step::Back,
                None => Step::End(Found::BadCode),
            };
        }
        match charset::unit(code, self.pc, text.get(self.at)) {
            Some(true) => {
                self.at += 1;
                self.pc += charset::unit_len(code, self.pc);
                Step::On
            }
            Some(false) => Step::Back,
            None => Step::End(Found::BadCode),
        }
    }

    /// The code of an attempt, or of what stands inside a fence, is done.
    fn success(&mut self, code: &[u32]) -> Step {
        if self.fence == u32::MAX {
            let refused =
                self.match_all && self.at != self.end || self.must_advance && self.at == self.start;
            return if refused {
                Step::Back
            } else {
                Step::End(Found::Match)
            };
        }
        let index = self.fence as usize;
        let Some(&choice) = self.choices.get(index) else {
            return Step::End(Found::BadCode);
        };
        let Kind::Fence { kind, below } = choice.kind else {
            return Step::End(Found::BadCode);
        };
        self.choices.truncate(index);
        self.fence = below;
        self.repeat = choice.repeat;
        match kind {
            Fence::Ahead { pc, from } => {
                self.at = from;
                self.pc = pc as usize;
                Step::On
            }
            Fence::NotAhead { .. } => {
                self.undo(choice.trail as usize);
                self.last_index = choice.last_index;
                Step::Back
            }
            Fence::Atomic { pc } => {
                self.pc = pc as usize;
                Step::On
            }
            Fence::Possessive { pc, count } => {
                self.possessive_round(code, pc, count.saturating_add(1))
            }
        }
    }

    /// Goes back to the last choice. `false` when there is none.
    fn back(&mut self, text: &impl Text, code: &[u32]) -> Result<bool, Found> {
        loop {
            let Some(choice) = self.choices.pop() else {
                return Ok(false);
            };
            self.undo(choice.trail as usize);
            self.repeats.truncate(choice.repeats as usize);
            self.repeat = choice.repeat;
            self.last_index = choice.last_index;
            self.at = choice.ptr;
            let step = match choice.kind {
                Kind::Goto { pc } => {
                    self.pc = pc as usize;
                    Step::On
                }
                Kind::Branch { pc } => self.branch(text, code, pc as usize),
                Kind::Shorter { pc, least } => self.shorter(text, code, choice, pc, least),
                Kind::Longer { pc, left } => self.longer(text, code, pc, left),
                Kind::Round { repeat } => self.one_more(repeat),
                Kind::Fence { kind, below } => {
                    self.fence = below;
                    self.fence_failed(code, kind)
                }
            };
            match step {
                Step::On => return Ok(true),
                Step::Back => {
                    if self.fuel == 0 {
                        // The next call starts with going back: `FAILURE` does that.
                        self.pc = usize::MAX >> 1;
                        return Err(Found::Tired);
                    }
                    self.fuel -= 1;
                }
                Step::End(found) => return Err(found),
            }
        }
    }

    /// Nothing inside the fence matched.
    fn fence_failed(&mut self, code: &[u32], kind: Fence) -> Step {
        match kind {
            Fence::Ahead { .. } | Fence::Atomic { .. } => Step::Back,
            Fence::NotAhead { pc, from } => {
                self.at = from;
                self.pc = pc as usize;
                Step::On
            }
            Fence::Possessive { pc, count } => {
                let least = code.get(pc as usize + 1).copied().unwrap_or(0);
                if count < least {
                    return Step::Back;
                }
                self.leave_possessive(code, pc)
            }
        }
    }

    fn push(&mut self, kind: Kind, ptr: usize) -> Step {
        if self.choices.len() >= self.choices_max {
            return Step::End(Found::Memory);
        }
        self.choices.push(Choice {
            kind,
            ptr,
            repeat: self.repeat,
            trail: self.trail.len() as u32,
            repeats: self.repeats.len() as u32,
            last_index: self.last_index,
        });
        Step::On
    }

    fn push_fence(&mut self, kind: Fence) -> Step {
        let below = self.fence;
        self.fence = self.choices.len() as u32;
        self.push(Kind::Fence { kind, below }, self.at)
    }

    /// Sets a mark, remembering what it was.
    fn mark(&mut self, index: u32) {
        if index & 1 == 1 {
            self.last_index = index / 2 + 1;
        }
        let Some(mark) = self.marks.get_mut(index as usize) else {
            return;
        };
        self.trail.push((index, *mark));
        *mark = self.at;
    }

    fn undo(&mut self, trail: usize) {
        while self.trail.len() > trail {
            if let Some((index, was)) = self.trail.pop()
                && let Some(mark) = self.marks.get_mut(index as usize)
            {
                *mark = was;
            }
        }
    }

    /// Where a group matched, by its number from 0.
    pub fn group(&self, index: u32) -> Option<(usize, usize)> {
        let index = 2 * index as usize;
        let (start, end) = (*self.marks.get(index)?, *self.marks.get(index + 1)?);
        (start != UNSET && end != UNSET && start <= end).then_some((start, end))
    }

    /// `\1`: the text of a group once more.
    fn group_again(&mut self, text: &impl Text, how: u32, index: u32) -> bool {
        let Some((start, end)) = self.group(index) else {
            return false;
        };
        let fold: fn(u32) -> u32 = match how {
            op::GROUPREF_IGNORE => charset::lower_ascii,
            op::GROUPREF_UNI_IGNORE => charset::lower_unicode,
            op::GROUPREF_LOC_IGNORE => charset::lower_ascii,
            _ => |point| point,
        };
        let len = end - start;
        self.fuel = self.fuel.saturating_sub(len as u64 / 8);
        let same = self.end.saturating_sub(self.at) >= len
            && (0..len).all(|i| fold(text.get(start + i)) == fold(text.get(self.at + i)));
        if same {
            self.at += len;
        }
        same
    }

    fn is_at(&self, text: &impl Text, place: u32) -> bool {
        let (here, end) = (self.at, self.end);
        let boundary = |is_word: fn(u32) -> bool| {
            let before = here > self.beginning && is_word(text.get(here - 1));
            let after = here < end && is_word(text.get(here));
            (self.beginning != end).then_some(before != after)
        };
        match place {
            at::BEGINNING | at::BEGINNING_STRING => here == self.beginning,
            at::BEGINNING_LINE => here == self.beginning || text.get(here - 1) == 10,
            at::END => here == end || here + 1 == end && text.get(here) == 10,
            at::END_LINE => here == end || text.get(here) == 10,
            at::END_STRING => here == end,
            at::BOUNDARY | at::LOC_BOUNDARY => boundary(charset::is_word_ascii) == Some(true),
            at::NON_BOUNDARY | at::LOC_NON_BOUNDARY => {
                boundary(charset::is_word_ascii) == Some(false)
            }
            at::UNI_BOUNDARY => boundary(charset::is_word_unicode) == Some(true),
            at::UNI_NON_BOUNDARY => boundary(charset::is_word_unicode) == Some(false),
            _ => false,
        }
    }

    /// Takes the first alternative from the skip word at `pc` on that may match here.
    fn branch(&mut self, text: &impl Text, code: &[u32], mut pc: usize) -> Step {
        let word = |at: usize| code.get(at).copied().unwrap_or(0);
        loop {
            let skip = word(pc) as usize;
            if skip == 0 {
                return Step::Back;
            }
            let plainly_not = match word(pc + 1) {
                op::LITERAL | op::IN => {
                    self.at >= self.end
                        || charset::unit(code, pc + 1, text.get(self.at)) == Some(false)
                }
                _ => false,
            };
            if !plainly_not {
                self.pc = pc + 1;
                if word(pc + skip) == 0 {
                    return Step::On;
                }
                let next = (pc + skip) as u32;
                return self.push(Kind::Branch { pc: next }, self.at);
            }
            pc += skip;
        }
    }

    /// How many characters from here on match the instruction at `pc`, at most `most`.
    fn run_length(&mut self, text: &impl Text, code: &[u32], pc: usize, most: u32) -> usize {
        let room = self.end.saturating_sub(self.at);
        let most = match most {
            MAXREPEAT => room,
            most => room.min(most as usize),
        };
        let count = match code.get(pc).copied().unwrap_or(op::FAILURE) {
            op::ANY_ALL => most,
            _ => (0..most)
                .position(|i| charset::unit(code, pc, text.get(self.at + i)) != Some(true))
                .unwrap_or(most),
        };
        self.fuel = self.fuel.saturating_sub(count as u64 / 8);
        count
    }

    /// `x*`: as many as there are, then one less each time the rest does not match.
    fn greedy_run(&mut self, text: &impl Text, code: &[u32]) -> Step {
        let pc = self.pc;
        let word = |at: usize| code.get(pc + at).copied().unwrap_or(0);
        let count = self.run_length(text, code, pc + 4, word(3));
        let least = word(2) as usize;
        if count < least {
            return Step::Back;
        }
        let rest = pc + 1 + word(1) as usize;
        let (least, most) = (self.at + least, self.at + count);
        self.settle_run(text, code, rest, least, most)
    }

    fn shorter(
        &mut self,
        text: &impl Text,
        code: &[u32],
        choice: Choice,
        pc: u32,
        least: usize,
    ) -> Step {
        self.settle_run(text, code, pc as usize, least, choice.ptr)
    }

    /// Takes the longest run that ends between `least` and `most` and may have the rest behind it.
    fn settle_run(
        &mut self,
        text: &impl Text,
        code: &[u32],
        rest: usize,
        least: usize,
        most: usize,
    ) -> Step {
        let mut here = most;
        if code.get(rest) == Some(&op::LITERAL) {
            let literal = code.get(rest + 1).copied().unwrap_or(0);
            let fits = |at: usize| at < self.end && text.get(at) == literal;
            while !fits(here) {
                if here <= least {
                    return Step::Back;
                }
                here -= 1;
            }
            self.fuel = self.fuel.saturating_sub((most - here) as u64 / 8);
        }
        self.at = here;
        self.pc = rest;
        if here <= least {
            return Step::On;
        }
        let rest = rest as u32;
        self.push(Kind::Shorter { pc: rest, least }, here - 1)
    }

    /// `x*?`: as few as must be, then one more each time the rest does not match.
    fn lazy_run(&mut self, text: &impl Text, code: &[u32]) -> Step {
        let pc = self.pc;
        let word = |at: usize| code.get(pc + at).copied().unwrap_or(0);
        let (least, most) = (word(2), word(3));
        let count = self.run_length(text, code, pc + 4, least);
        if count < least as usize {
            return Step::Back;
        }
        self.at += count;
        self.pc = pc + 1 + word(1) as usize;
        let left = match most {
            MAXREPEAT => MAXREPEAT,
            most => most.saturating_sub(least),
        };
        let pc = pc as u32 + 1;
        match left {
            0 => Step::On,
            left => self.push(Kind::Longer { pc, left }, self.at),
        }
    }

    fn longer(&mut self, text: &impl Text, code: &[u32], pc: u32, left: u32) -> Step {
        if self.run_length(text, code, pc as usize + 3, 1) == 0 {
            return Step::Back;
        }
        self.at += 1;
        self.pc = pc as usize + code.get(pc as usize).copied().unwrap_or(0) as usize;
        let left = match left {
            MAXREPEAT => MAXREPEAT,
            left => left - 1,
        };
        match left {
            0 => Step::On,
            left => self.push(Kind::Longer { pc, left }, self.at),
        }
    }

    /// The innermost repeat with its bounds.
    fn innermost(&self, code: &[u32]) -> Option<(Repeat, u32, u32)> {
        let repeat = *self.repeats.get(self.repeat as usize)?;
        let least = *code.get(repeat.pc as usize + 1)?;
        let most = *code.get(repeat.pc as usize + 2)?;
        Some((repeat, least, most))
    }

    /// Begins a round: the body of the repeat follows.
    fn begin_round(&mut self, repeat: Repeat) -> Step {
        self.pc = repeat.pc as usize + 3;
        self.repeat = self.repeats.len() as u32;
        if self.repeats.len() >= self.choices_max {
            return Step::End(Found::Memory);
        }
        self.repeats.push(repeat);
        Step::On
    }

    /// The end of a round of a greedy repeat.
    fn max_until(&mut self, code: &[u32]) -> Step {
        let Some((repeat, least, most)) = self.innermost(code) else {
            return Step::End(Found::BadCode);
        };
        let next = Repeat {
            count: repeat.count.saturating_add(1),
            ..repeat
        };
        if repeat.count < least {
            return self.begin_round(next);
        }
        let behind = self.pc + 1;
        if (repeat.count < most || most == MAXREPEAT) && self.at != repeat.last {
            // The choice is the rest, seen from outside of the repeat.
            let inner = std::mem::replace(&mut self.repeat, repeat.outer);
            let pushed = self.push(Kind::Goto { pc: behind as u32 }, self.at);
            self.repeat = inner;
            if let Step::End(found) = pushed {
                return Step::End(found);
            }
            return self.begin_round(Repeat {
                last: self.at,
                ..next
            });
        }
        self.repeat = repeat.outer;
        self.pc = behind;
        Step::On
    }

    /// The end of a round of a lazy repeat.
    fn min_until(&mut self, code: &[u32]) -> Step {
        let Some((repeat, least, most)) = self.innermost(code) else {
            return Step::End(Found::BadCode);
        };
        if repeat.count < least {
            return self.begin_round(Repeat {
                count: repeat.count.saturating_add(1),
                ..repeat
            });
        }
        let behind = self.pc + 1;
        if (repeat.count < most || most == MAXREPEAT) && self.at != repeat.last {
            let inner = self.repeat;
            if let Step::End(found) = self.push(Kind::Round { repeat: inner }, self.at) {
                return Step::End(found);
            }
        }
        self.repeat = repeat.outer;
        self.pc = behind;
        Step::On
    }

    /// The rest did not match: the lazy repeat takes a further round.
    fn one_more(&mut self, repeat: u32) -> Step {
        let Some(repeat) = self.repeats.get(repeat as usize).copied() else {
            return Step::End(Found::BadCode);
        };
        self.begin_round(Repeat {
            count: repeat.count.saturating_add(1),
            last: self.at,
            ..repeat
        })
    }

    /// `(?=…)` and its kin.
    fn look(&mut self, code: &[u32]) -> Step {
        let pc = self.pc;
        let word = |at: usize| code.get(pc + at).copied().unwrap_or(0);
        let behind = pc as u32 + 1 + word(1);
        let (from, back) = (self.at, word(2) as usize);
        let negative = word(0) == op::ASSERT_NOT;
        if from - self.beginning < back {
            if !negative {
                return Step::Back;
            }
            self.pc = behind as usize;
            return Step::On;
        }
        let kind = if negative {
            Fence::NotAhead { pc: behind, from }
        } else {
            Fence::Ahead { pc: behind, from }
        };
        let pushed = self.push_fence(kind);
        self.at -= back;
        self.pc += 3;
        pushed
    }

    /// A further round of a possessive repeat, or what follows it.
    fn possessive_round(&mut self, code: &[u32], pc: u32, count: u32) -> Step {
        let word = |at: usize| code.get(pc as usize + at).copied().unwrap_or(0);
        let (least, most) = (word(1), word(2));
        let last = self
            .repeats
            .get(self.repeat as usize)
            .map_or(UNSET, |repeat| repeat.last);
        let may_have_more = (count < most || most == MAXREPEAT) && self.at != last;
        if count >= least && !may_have_more {
            return self.leave_possessive(code, pc);
        }
        if count >= least {
            let outer = self
                .repeats
                .get(self.repeat as usize)
                .map_or(NO_REPEAT, |repeat| repeat.outer);
            self.repeat = self.repeats.len() as u32;
            self.repeats.push(Repeat {
                pc: u32::MAX,
                count,
                last: self.at,
                outer,
            });
        }
        self.pc = pc as usize + 3;
        self.push_fence(Fence::Possessive { pc, count })
    }

    fn leave_possessive(&mut self, code: &[u32], pc: u32) -> Step {
        self.repeat = self
            .repeats
            .get(self.repeat as usize)
            .map_or(NO_REPEAT, |repeat| repeat.outer);
        // The skip leads to the `SUCCESS` that ends a round.
        self.pc = pc as usize + code.get(pc as usize).copied().unwrap_or(0) as usize + 1;
        Step::On
    }
}
