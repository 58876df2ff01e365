//! Names as numbers, so that the tables of the compiler hash and compare fast, and private-name mangling.

use rustc_hash::FxHashMap;
use std::rc::Rc;

/// An interned name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sym(u32);

/// All the names of one compilation.
#[derive(Debug, Default)]
pub struct Names {
    texts: Vec<Rc<str>>,
    numbers: FxHashMap<Rc<str>, Sym>,
    mangled: FxHashMap<(Sym, Sym), Sym>,
}

impl Names {
    /// The number of a text, the same for the same text.
    pub fn intern(&mut self, text: &str) -> Sym {
        if let Some(&sym) = self.numbers.get(text) {
            return sym;
        }
        let sym = Sym(self.texts.len() as u32);
        let text: Rc<str> = Rc::from(text);
        self.texts.push(text.clone());
        self.numbers.insert(text, sym);
        sym
    }

    /// The text of a name.
    pub fn text(&self, sym: Sym) -> Rc<str> {
        self.texts[sym.0 as usize].clone()
    }

    /// The text of a name, borrowed.
    pub fn str(&self, sym: Sym) -> &str {
        &self.texts[sym.0 as usize]
    }

    /// What `name` becomes in the body of the class `class`: `__x` is `_Class__x` there.
    ///
    /// Names that end in two underscores, names with a dot, and classes named only by underscores are left alone.
    pub fn mangle(&mut self, class: Option<Sym>, name: Sym) -> Sym {
        let Some(class) = class else { return name };
        let text = self.str(name);
        if !text.starts_with("__") || text.ends_with("__") || text.contains('.') {
            return name;
        }
        if let Some(&done) = self.mangled.get(&(class, name)) {
            return done;
        }
        let stem = self.str(class).trim_start_matches('_');
        let result = if stem.is_empty() {
            name
        } else {
            self.intern(&format!("_{stem}{text}"))
        };
        self.mangled.insert((class, name), result);
        result
    }
}
