//! What a pattern does with a text: `match`, `search`, `findall`, `split`, `finditer`, `sub`.

use super::matcher::Matcher;
use super::search::{Mode, Search};
use super::{match_object, pattern, scanner, subject, template};
use crate::python::memory::{Addr, Own};
use crate::python::object::{NONE, bytes, index, int, iterator, list, str, tuple, types};
use crate::python::vm::{Args, PyResult, Raised, Vm};

/// The range that `pos` and `endpos` at `first` ask for.
pub fn range(vm: &mut Vm, args: Args, first: usize) -> PyResult<(isize, isize)> {
    let mut range = [0, isize::MAX];
    for (i, bound) in range.iter_mut().enumerate() {
        if let Some(given) = args.opt(vm, first + i) {
            *bound = index::ssize(vm, given)?;
        }
    }
    Ok((range[0], range[1]))
}

fn once(vm: &mut Vm, this: Addr, args: Args, mode: Mode) -> PyResult<Own> {
    let range = range(vm, args, 1)?;
    let string = args.get(vm, 0);
    let mut search = Search::new(vm, this, string, range)?;
    let start = search.subject.pos;
    let found = search.find(vm, mode, start, false)?;
    match_object::new_or_none(vm, &search, found)
}

/// `pattern.match(string, pos, endpos)`
pub fn match_(vm: &mut Vm, this: Addr, args: Args) -> PyResult<Own> {
    once(vm, this, args, Mode::Match)
}

/// `pattern.fullmatch(string, pos, endpos)`
pub fn fullmatch(vm: &mut Vm, this: Addr, args: Args) -> PyResult<Own> {
    once(vm, this, args, Mode::Full)
}

/// `pattern.search(string, pos, endpos)`
pub fn search(vm: &mut Vm, this: Addr, args: Args) -> PyResult<Own> {
    once(vm, this, args, Mode::Search)
}

/// Every match one behind the other: `f` gets each, and says whether to go on.
fn each(
    vm: &mut Vm,
    search: &mut Search,
    mut f: impl FnMut(&mut Vm, &Search) -> PyResult<bool>,
) -> PyResult<()> {
    let (mut start, mut must_advance) = (search.subject.pos, false);
    while search.find(vm, Mode::Search, start, must_advance)? {
        must_advance = search.matcher.at == search.matcher.start;
        start = search.matcher.at;
        if !f(vm, search)? {
            break;
        }
    }
    Ok(())
}

/// The text of a group (from 0), or what stands for one that took no part.
fn group(vm: &mut Vm, object: Addr, matcher: &Matcher, group: usize, empty: bool) -> PyResult<Own> {
    match matcher.group(group as u32) {
        Some((start, end)) => subject::part(vm, object, start, end),
        None if empty => subject::part(vm, object, 0, 0),
        None => Ok(vm.none()),
    }
}

/// `pattern.findall(string, pos, endpos)`
pub fn findall(vm: &mut Vm, this: Addr, args: Args) -> PyResult<Own> {
    let range = range(vm, args, 1)?;
    let string = args.get(vm, 0);
    let mut search = Search::new(vm, this, string, range)?;
    let found = list::new(vm);
    let groups = pattern::groups(vm, this);
    each(vm, &mut search, |vm, search| {
        let matcher = &search.matcher;
        let item = match groups {
            0 => subject::part(vm, string, matcher.start, matcher.at)?,
            1 => group(vm, string, matcher, 0, true)?,
            _ => {
                let mut items = Vec::with_capacity(groups);
                for i in 0..groups {
                    items.push(group(vm, string, matcher, i, true)?);
                }
                tuple::from_owned(vm, items)
            }
        };
        list::append(vm, found.addr(), item)?;
        Ok(true)
    })?;
    Ok(found)
}

/// `pattern.split(string, maxsplit)`
pub fn split(vm: &mut Vm, this: Addr, args: Args) -> PyResult<Own> {
    let most = match args.opt(vm, 1) {
        Some(most) => index::ssize(vm, most)?,
        None => 0,
    };
    let string = args.get(vm, 0);
    let mut search = Search::new(vm, this, string, (0, isize::MAX))?;
    let parts = list::new(vm);
    let groups = pattern::groups(vm, this);
    let (mut last, mut count) = (0, 0);
    if most >= 0 {
        each(vm, &mut search, |vm, search| {
            let part = subject::part(vm, string, last, search.matcher.start)?;
            list::append(vm, parts.addr(), part)?;
            for i in 0..groups {
                let part = group(vm, string, &search.matcher, i, false)?;
                list::append(vm, parts.addr(), part)?;
            }
            last = search.matcher.at;
            count += 1;
            Ok(count != most)
        })?;
    }
    let end = subject::len(vm, &search.subject);
    let part = subject::part(vm, string, last, end)?;
    list::append(vm, parts.addr(), part)?;
    Ok(parts)
}

/// `pattern.finditer(string, pos, endpos)`: calls the scanner's `search` until it gives `None`.
pub fn finditer(vm: &mut Vm, this: Addr, args: Args) -> PyResult<Own> {
    let scanner = scanner(vm, this, args)?;
    let search = vm.get_attr_name(scanner.addr(), "search")?;
    vm.decref(scanner);
    let iterator = iterator::new_callable(vm, search.addr(), NONE)?;
    vm.decref(search);
    Ok(iterator)
}

/// `pattern.scanner(string, pos, endpos)`
pub fn scanner(vm: &mut Vm, this: Addr, args: Args) -> PyResult<Own> {
    let range = range(vm, args, 1)?;
    let string = args.get(vm, 0);
    let search = Search::new(vm, this, string, range)?;
    scanner::new(vm, this, &search.subject)
}

/// What takes the place of a match.
enum Filter {
    /// This text.
    Literal(Own),
    /// The text of a template.
    Template(Own),
    /// What the function returns for it.
    Function(Own),
}

impl Filter {
    fn of(vm: &mut Vm, pattern: Addr, replacement: Addr) -> PyResult<Filter> {
        if vm.is_callable(replacement) {
            return Ok(Filter::Function(vm.incref(replacement)));
        }
        match subject::of(vm, replacement, (0, isize::MAX)) {
            Ok(subject) if !has_backslash(vm, &subject) => {
                return Ok(Filter::Literal(vm.incref(replacement)));
            }
            Ok(_) => {}
            Err(Raised) => vm.clear_raised(),
        }
        let made = template::compile(vm, pattern, replacement)?;
        if vm.type_of(made.addr()) != types::SRE_TEMPLATE {
            return Ok(Filter::Literal(made));
        }
        Ok(match template::plain_text(vm, made.addr()) {
            Some(text) => {
                let text = vm.incref(text);
                vm.decref(made);
                Filter::Literal(text)
            }
            None => Filter::Template(made),
        })
    }

    fn held(self) -> Own {
        match self {
            Filter::Literal(object) | Filter::Template(object) | Filter::Function(object) => object,
        }
    }
}

fn has_backslash(vm: &Vm, subject: &subject::Subject) -> bool {
    match subject::units(vm, subject) {
        subject::Units::One(text) => text.contains(&b'\\'),
        subject::Units::Two(text) => text.contains(&u16::from(b'\\')),
        subject::Units::Four(text) => text.contains(&u32::from(b'\\')),
    }
}

/// `pattern.sub(repl, string, count)`
pub fn sub(vm: &mut Vm, this: Addr, args: Args) -> PyResult<Own> {
    let (text, _) = substitute(vm, this, args)?;
    Ok(text)
}

/// `pattern.subn(repl, string, count)`
pub fn subn(vm: &mut Vm, this: Addr, args: Args) -> PyResult<Own> {
    let (text, count) = substitute(vm, this, args)?;
    let count = int::from_usize(vm, count);
    Ok(tuple::pair(vm, text, count))
}

fn substitute(vm: &mut Vm, this: Addr, args: Args) -> PyResult<(Own, usize)> {
    let most = match args.opt(vm, 2) {
        Some(most) => index::ssize(vm, most)?,
        None => 0,
    };
    let string = args.get(vm, 1);
    let replacement = args.get(vm, 0);
    let filter = Filter::of(vm, this, replacement)?;
    let mut search = Search::new(vm, this, string, (0, isize::MAX))?;
    let parts = list::new(vm);
    let (mut last, mut count) = (0, 0);
    if most >= 0 {
        each(vm, &mut search, |vm, search| {
            let (start, end) = (search.matcher.start, search.matcher.at);
            if last < start {
                let part = subject::part(vm, string, last, start)?;
                list::append(vm, parts.addr(), part)?;
            }
            let item = replaced(vm, search, &filter)?;
            if item.addr() == NONE {
                vm.decref(item);
            } else {
                list::append(vm, parts.addr(), item)?;
            }
            last = end;
            count += 1;
            Ok(count as isize != most)
        })?;
    }
    let end = subject::len(vm, &search.subject);
    if last < end {
        let part = subject::part(vm, string, last, end)?;
        list::append(vm, parts.addr(), part)?;
    }
    let held = filter.held();
    vm.decref(held);
    let joined = join(vm, search.subject.is_bytes, parts)?;
    Ok((joined, count))
}

fn replaced(vm: &mut Vm, search: &Search, filter: &Filter) -> PyResult<Own> {
    match filter {
        Filter::Literal(text) => Ok(vm.incref(text.addr())),
        Filter::Template(template) => {
            let found = match_object::new(vm, search)?;
            let text = template::expand(vm, template.addr(), found.addr())?;
            vm.decref(found);
            Ok(text)
        }
        Filter::Function(function) => {
            let found = match_object::new(vm, search)?;
            let text = vm.call(function.addr(), &[found.addr()])?;
            vm.decref(found);
            Ok(text)
        }
    }
}

/// The parts in one piece.
pub fn join(vm: &mut Vm, is_bytes: bool, parts: Own) -> PyResult<Own> {
    let empty = if is_bytes {
        bytes::new(vm, b"")
    } else {
        str::empty(vm)
    };
    if list::len(vm, parts.addr()) == 0 {
        vm.decref(parts);
        return Ok(empty);
    }
    let join = str::intern(vm, "join");
    let joined = vm.call_method(empty.addr(), join.addr(), &[parts.addr()]);
    vm.decref(join);
    vm.decref(empty);
    vm.decref(parts);
    joined
}
