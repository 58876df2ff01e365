//! Writes a program's statements, and remembers the names that it has used.

use fastrand::Rng;

/// What a variable holds, as far as that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    List,
    Dict,
    Set,
    Text,
    Number,
    /// A tuple, a range, a frozen set: what cannot be changed.
    Fixed,
    /// An instance of one of the program's classes.
    Instance,
    /// Something that can be called without arguments.
    Callable,
    /// Something that `next` takes.
    Iterator,
    /// A weak reference.
    Weak,
    /// An exception.
    Exception,
    Other,
}

struct Variable {
    name: String,
    kind: Kind,
}

pub struct Writer {
    rng: Rng,
    version: (u8, u8),
    /// What was written, a statement each.
    pub statements: Vec<String>,
    variables: Vec<Variable>,
    classes: Vec<String>,
    names: usize,
}

impl Writer {
    pub fn new(seed: u64, version: (u8, u8)) -> Writer {
        Writer {
            rng: Rng::with_seed(seed),
            version,
            statements: vec!["v0 = []\n".to_owned()],
            variables: vec![Variable {
                name: "v0".to_owned(),
                kind: Kind::List,
            }],
            classes: Vec::new(),
            names: 0,
        }
    }

    /// Whether the version has what came in `3.minor`. The choices before and after are those of every version.
    pub fn has(&self, minor: u8) -> bool {
        self.version >= (3, minor)
    }

    /// A number from `least` to `most`, both included.
    pub fn between(&mut self, least: u32, most: u32) -> u32 {
        self.rng.u32(least..=most)
    }

    /// Says yes that many times in a hundred.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.rng.u32(0..100) < percent
    }

    /// One of several.
    pub fn one<'c>(&mut self, choices: &[&'c str]) -> &'c str {
        let place = self.rng.usize(0..choices.len().max(1));
        choices.get(place).copied().unwrap_or_default()
    }

    /// A name that the program has not used.
    pub fn fresh(&mut self, prefix: &str) -> String {
        self.names += 1;
        format!("{prefix}{}", self.names)
    }

    /// A new variable.
    pub fn variable(&mut self, kind: Kind) -> String {
        let name = self.fresh("v");
        self.variables.push(Variable {
            name: name.clone(),
            kind,
        });
        name
    }

    /// A class that was written.
    pub fn add_class(&mut self, name: &str) {
        self.classes.push(name.to_owned());
    }

    /// One of the program's classes.
    pub fn class(&mut self) -> String {
        let place = self.rng.usize(0..self.classes.len().max(1));
        let class = self.classes.get(place).cloned();
        class.unwrap_or_else(|| "object".to_owned())
    }

    /// A variable, new ones more often.
    pub fn any(&mut self) -> String {
        self.picked(|_| true).unwrap_or_default()
    }

    /// A variable of a kind, mostly: sometimes any, so that errors are told too.
    pub fn of(&mut self, kinds: &[Kind]) -> String {
        if self.chance(12) {
            return self.any();
        }
        let found = self.picked(|kind| kinds.contains(&kind));
        found.unwrap_or_else(|| self.any())
    }

    fn picked(&mut self, wanted: impl Fn(Kind) -> bool) -> Option<String> {
        let variables = self
            .variables
            .iter()
            .filter(|variable| wanted(variable.kind));
        let names: Vec<&str> = variables.map(|variable| variable.name.as_str()).collect();
        let last = names.len().checked_sub(1)?;
        // The greater of two throws.
        let place = self.rng.usize(0..=last).max(self.rng.usize(0..=last));
        names.get(place).map(|name| (*name).to_owned())
    }

    /// Writes a statement that cannot fail.
    pub fn plain(&mut self, statement: &str) {
        self.statements.push(format!("{statement}\n"));
    }

    /// Writes a statement; where it fails, the program tells the error and goes on.
    pub fn say(&mut self, statement: &str) {
        let mut text = "try:\n".to_owned();
        for line in statement.lines() {
            text.push_str("    ");
            text.push_str(line);
            text.push('\n');
        }
        text.push_str("except BaseException as error:\n    print(type(error).__name__, error)");
        self.plain(&text);
    }
}
