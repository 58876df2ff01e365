//! Arguments of a call, where the caller left them on the data stack. CPython: vectorcall.

use super::{PyResult, Vm};
use crate::python::memory::Addr;

/// Positional arguments, then the values of keyword arguments, as consecutive words of the data stack.
///
/// All are borrowed from the caller. In a function called through a [`crate::python::object::Method`] row
/// the keywords are bound already: `get(i)` is parameter `i`. `new`, `init` and `call` slots get them as the caller wrote
/// them, and bind with [`Args::bind`].
#[derive(Clone, Copy, Debug)]
pub struct Args {
    base: Addr,
    count: u32,
    keywords: u32,
    names: Addr,
}

impl Args {
    /// No arguments.
    pub const NONE: Args = Args {
        base: Addr::NULL,
        count: 0,
        keywords: 0,
        names: Addr::NULL,
    };

    /// `count` positional words from `base`, then one word for each of the `keywords` names in the tuple
    /// `names` (`NULL` for none).
    pub fn new(base: Addr, count: usize, keywords: usize, names: Addr) -> Args {
        Args {
            base,
            count: count as u32,
            keywords: keywords as u32,
            names,
        }
    }

    /// The number of positional arguments.
    #[inline(always)]
    pub fn len(self) -> usize {
        self.count as usize
    }

    /// Whether there is no positional argument.
    #[inline(always)]
    pub fn is_empty(self) -> bool {
        self.count == 0
    }

    /// Positional argument `i`, `NULL` when it was not given.
    #[inline(always)]
    pub fn get(self, vm: &Vm, i: usize) -> Addr {
        if i < self.count as usize {
            vm.field(self.base, 8 * i as u64)
        } else {
            Addr::NULL
        }
    }

    /// Positional argument `i`, if given.
    #[inline(always)]
    pub fn opt(self, vm: &Vm, i: usize) -> Option<Addr> {
        self.get(vm, i).some()
    }

    /// All positional arguments.
    pub fn to_vec(self, vm: &Vm) -> Vec<Addr> {
        (0..self.len()).map(|i| self.get(vm, i)).collect()
    }

    /// The positional arguments from `i` on.
    pub fn skip(self, i: usize) -> Args {
        let skipped = i.min(self.len());
        Args {
            base: self.base.at(8 * skipped as u64),
            count: self.count - skipped as u32,
            ..self
        }
    }

    /// The number of keyword arguments.
    pub fn keyword_count(self) -> usize {
        self.keywords as usize
    }

    /// Name and value of keyword argument `i`.
    pub fn keyword(self, vm: &Vm, i: usize) -> (Addr, Addr) {
        let name = crate::python::object::tuple::item(vm, self.names, i);
        (
            name,
            vm.field(self.base, 8 * (self.count as usize + i) as u64),
        )
    }

    /// Names and values of the keyword arguments.
    pub fn keywords(self, vm: &Vm) -> Vec<(Addr, Addr)> {
        (0..self.keyword_count())
            .map(|i| self.keyword(vm, i))
            .collect()
    }

    /// The tuple of keyword names, `NULL` for none.
    pub fn names(self) -> Addr {
        self.names
    }

    /// Address of the first argument's word.
    pub fn base(self) -> Addr {
        self.base
    }

    /// Binds positional and keyword arguments to the parameters of `signature`, for `new`, `init` and
    /// `call` slots: parameter `i` is item `i`, `NULL` where nothing was given. `function` is the name in
    /// messages. A `*args` or `**kwargs` parameter takes no item; read those from `self`.
    ///
    /// # Errors
    /// `TypeError` with CPython's words for a wrong number or an unknown name.
    pub fn bind<const N: usize>(
        self,
        vm: &mut Vm,
        function: &str,
        signature: &'static str,
    ) -> PyResult<[Addr; N]> {
        let parsed = vm.signature(signature);
        let mut values = [Addr::NULL; N];
        if self.keywords == 0 && parsed.accepts_positional(self.len()) {
            // What `*args` takes is no parameter's.
            for (i, value) in values.iter_mut().enumerate().take(parsed.positional) {
                *value = self.get(vm, i);
            }
            return Ok(values);
        }
        parsed.bind(vm, function, self, &mut values)?;
        Ok(values)
    }
}

impl Vm {
    /// Puts arguments on the data stack for one call; [`Vm::pop_args`] with the same `Args` takes them off.
    /// The words borrow: the caller keeps the objects alive.
    pub fn push_args(&mut self, values: &[Addr], names: Addr, keywords: usize) -> PyResult<Args> {
        let base = self.stack_top;
        let end = base.at(8 * values.len() as u64);
        if !self.stack_holds(end) {
            return Err(self.recursion_error("maximum recursion depth exceeded"));
        }
        for (i, value) in values.iter().enumerate() {
            self.set_word(base, 8 * i as u64, value.0);
        }
        self.stack_top = end;
        Ok(Args::new(base, values.len() - keywords, keywords, names))
    }

    /// Takes the arguments of the last [`Vm::push_args`] off the data stack.
    pub fn pop_args(&mut self, args: Args) {
        self.stack_top = args.base;
    }

    /// The parsed form of a signature's text.
    pub fn signature(&mut self, text: &'static str) -> std::rc::Rc<Signature> {
        let key = text.as_ptr() as usize;
        if let Some(parsed) = self.signatures.get(&key) {
            return parsed.clone();
        }
        let parsed = std::rc::Rc::new(Signature::parse(text));
        self.signatures.insert(key, parsed.clone());
        parsed
    }
}

/// One parameter of a native function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Param {
    /// Its name.
    pub name: &'static str,
    /// Whether it may be left out.
    pub optional: bool,
}

/// The parameters of a native function, parsed from their text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// Parameters in order, without `*args` and `**kwargs`.
    pub params: Vec<Param>,
    /// The first so many are positional-only.
    pub positional_only: usize,
    /// The first so many may be given by position.
    pub positional: usize,
    /// The first so many must be given.
    pub required: usize,
    /// There is a `*args`: any number of positional arguments.
    pub var_positional: bool,
    /// There is a `**kwargs`.
    pub var_keyword: bool,
}

impl Signature {
    /// Parses `"(a, /, b=1, *, c)"`. A comma inside a default's brackets or quotes does not separate.
    pub fn parse(text: &'static str) -> Signature {
        let mut signature = Signature::default();
        let mut keyword_only = false;
        let inner = text.trim().trim_start_matches('(').trim_end_matches(')');
        for part in split_params(inner) {
            match part.trim() {
                "" => {}
                "/" => signature.positional_only = signature.params.len(),
                "*" => keyword_only = true,
                part if part.starts_with("**") => signature.var_keyword = true,
                part if part.starts_with('*') => {
                    signature.var_positional = true;
                    keyword_only = true;
                }
                part => signature.push(part, keyword_only),
            }
        }
        signature
    }

    fn push(&mut self, part: &'static str, keyword_only: bool) {
        let (name, optional) = match part.split_once('=') {
            Some((name, _)) => (name.trim(), true),
            None => (part, false),
        };
        self.params.push(Param { name, optional });
        if !keyword_only {
            self.positional += 1;
        }
        if !optional && !keyword_only {
            self.required = self.params.len();
        }
    }

    /// Whether `count` positional arguments and no keyword are fine.
    #[inline]
    pub fn accepts_positional(&self, count: usize) -> bool {
        count >= self.required
            && (count <= self.positional || self.var_positional)
            && !self.params[self.positional..]
                .iter()
                .any(|param| !param.optional)
    }

    /// Whether there is no parameter at all (`METH_NOARGS`).
    pub fn takes_nothing(&self) -> bool {
        self.params.is_empty() && !self.var_positional && !self.var_keyword
    }

    /// Whether there is exactly one, required and positional-only (`METH_O`).
    pub fn takes_one(&self) -> bool {
        self.params.len() == 1
            && self.positional_only == 1
            && self.required == 1
            && !self.var_positional
            && !self.var_keyword
    }

    /// Whether every parameter is positional-only.
    pub fn is_positional_only(&self) -> bool {
        self.positional_only == self.params.len() && !self.var_keyword
    }

    /// Binds arguments to parameters; `values` has one item per parameter.
    ///
    /// # Errors
    /// `TypeError` in CPython's words.
    pub fn bind(
        &self,
        vm: &mut Vm,
        function: &str,
        args: Args,
        values: &mut [Addr],
    ) -> PyResult<()> {
        crate::python::protocol::bind::bind(self, vm, function, args, values)
    }
}

/// Splits parameters at commas outside quotes and brackets.
fn split_params(text: &'static str) -> Vec<&'static str> {
    let (mut parts, mut start, mut depth, mut quote) = (Vec::new(), 0, 0i32, None);
    for (i, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'\'' | b'"') => quote = Some(byte),
            (None, b'(' | b'[' | b'{') => depth += 1,
            (None, b')' | b']' | b'}') => depth -= 1,
            (None, b',') if depth == 0 => {
                parts.push(&text[start..i]);
                start = i + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}
