//! Arguments as C reads them one after the other: an argument is converted before the next one is missed.
//! CPython: `vgetargskeywords`, Python/getargs.c.

use crate::python::memory::{Addr, Own};
use crate::python::object::{float, int, str, types};
use crate::python::protocol::bind::unexpected;
use crate::python::vm::{Args, PyResult, Raised, Vm};

/// The parameters of a function.
pub struct Params {
    /// Its name in messages; `""` for a constructor that has none.
    pub function: &'static str,
    /// Their names.
    pub names: &'static [&'static str],
    /// The first so many must be given.
    pub required: usize,
    /// The first so many may be given by position.
    pub positional: usize,
}

impl Params {
    /// Parameters that may all be given by position.
    pub const fn new(
        function: &'static str,
        names: &'static [&'static str],
        required: usize,
    ) -> Params {
        Params {
            function,
            names,
            required,
            positional: names.len(),
        }
    }

    /// Gives each argument to `take`, with the number of its parameter, in the order of the parameters.
    ///
    /// # Errors
    /// `TypeError` for missing, unknown and too many arguments, and what `take` raises.
    pub fn parse(
        &self,
        vm: &mut Vm,
        args: Args,
        mut take: impl FnMut(&mut Vm, usize, Addr) -> PyResult<()>,
    ) -> PyResult<()> {
        let (given, keywords) = (args.len(), args.keyword_count());
        if given + keywords > self.names.len() {
            let kind = if given == 0 { "keyword " } else { "" };
            return Err(self.too_many(vm, kind, self.names.len(), given + keywords));
        }
        let mut used = 0;
        for (i, name) in self.names.iter().enumerate() {
            if i == self.positional && given > i {
                return Err(self.too_many(vm, "positional ", i, given));
            }
            let argument = match args.opt(vm, i) {
                Some(argument) => Some(argument),
                None => self.keyword(vm, args, name).inspect(|_| used += 1),
            };
            match argument {
                Some(argument) => take(vm, i, argument)?,
                None if i < self.required => {
                    let place = i + 1;
                    let function = self.called("function");
                    return Err(vm.type_error(format!(
                        "{function} missing required argument '{name}' (pos {place})"
                    )));
                }
                None => {}
            }
        }
        if used == keywords {
            Ok(())
        } else {
            Err(self.superfluous(vm, args))
        }
    }

    fn called(&self, otherwise: &str) -> String {
        match self.function {
            "" => otherwise.to_owned(),
            function => format!("{function}()"),
        }
    }

    fn keyword(&self, vm: &Vm, args: Args, name: &str) -> Option<Addr> {
        let mut keywords = (0..args.keyword_count()).map(|i| args.keyword(vm, i));
        keywords
            .find(|(key, _)| str::is(vm, *key, name))
            .map(|(_, value)| value)
    }

    #[cold]
    fn too_many(&self, vm: &mut Vm, kind: &str, most: usize, given: usize) -> Raised {
        let function = self.called("function");
        let plural = if most == 1 { "" } else { "s" };
        vm.type_error(format!(
            "{function} takes at most {most} {kind}argument{plural} ({given} given)"
        ))
    }

    /// The error of a keyword that no parameter took.
    #[cold]
    fn superfluous(&self, vm: &mut Vm, args: Args) -> Raised {
        for (i, name) in self.names.iter().enumerate().take(args.len()) {
            if self.keyword(vm, args, name).is_some() {
                let (function, place) = (self.called("function"), i + 1);
                return vm.type_error(format!(
                    "argument for {function} given by name ('{name}') and position ({place})"
                ));
            }
        }
        for (name, _) in args.keywords(vm) {
            let text = str::to_rust(vm, name);
            if !self.names.contains(&text.as_str()) {
                let function = self.called("this function");
                return unexpected(vm, &function, &text, self.names);
            }
        }
        vm.type_error("keywords must be strings")
    }
}

/// The arguments of a function without keywords that takes exactly so many: `PyArg_ParseTuple`.
pub fn exactly<const N: usize>(vm: &mut Vm, function: &str, args: Args) -> PyResult<[Addr; N]> {
    if args.keyword_count() > 0 {
        return Err(vm.type_error(format!("{function}() takes no keyword arguments")));
    }
    if args.len() != N {
        let (plural, given) = (if N == 1 { "" } else { "s" }, args.len());
        return Err(vm.type_error(format!(
            "{function}() takes exactly {N} argument{plural} ({given} given)"
        )));
    }
    Ok(std::array::from_fn(|i| args.get(vm, i)))
}

/// How a C `int` is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CInt {
    /// By the format `i`.
    Format,
    /// By a function that Argument Clinic made.
    Clinic,
}

/// A C `int`.
///
/// # Errors
/// `TypeError` for what is no integer, `OverflowError` for one that does not fit.
pub fn c_int(vm: &mut Vm, given: Addr, how: CInt) -> PyResult<i64> {
    let number = integer(vm, given, true)?;
    let value = int::as_i64(vm, number.addr());
    vm.decref(number);
    let text = match (value, how) {
        (Some(value), _) if i32::try_from(value).is_ok() => return Ok(value),
        (_, CInt::Clinic) => "Python int too large to convert to C int",
        (None, CInt::Format) => "Python int too large to convert to C long",
        (Some(1..), CInt::Format) => "signed integer is greater than maximum",
        (Some(_), CInt::Format) => "signed integer is less than minimum",
    };
    Err(vm.overflow_error(text))
}

/// An int from an integer; `refuses_floats` where a float has words of its own.
pub fn integer(vm: &mut Vm, given: Addr, refuses_floats: bool) -> PyResult<Own> {
    let has_index = int::check(vm, given) || vm.slots(given).index.is_some();
    if has_index || !vm.profile.dates.integers_are_required {
        return vm.index(given);
    }
    if refuses_floats && float::check(vm, given) {
        return Err(vm.type_error("integer argument expected, got float"));
    }
    let name = vm.type_name(given);
    let Some(convert) = vm.slots(given).int else {
        return Err(vm.type_error(format!("an integer is required (got type {name})")));
    };
    let number = convert(vm, given)?;
    if !int::check(vm, number.addr()) {
        let name = vm.type_name(number.addr());
        return Err(vm.type_error(format!("__int__ returned non-int (type {name})")));
    }
    vm.warn(
        types::DEPRECATION_WARNING,
        &format!(
            "an integer is required (got type {name}).  Implicit conversion to integers using __int__ is deprecated, \
             and may be removed in a future version of Python."
        ),
    )?;
    Ok(number)
}
