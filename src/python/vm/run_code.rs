//! Running code objects: modules, class bodies, `exec`.

use super::frame::{After, Frame, Owner};
use super::{PyResult, Raised, Vm, program};
use crate::python::compiler::{self, Mode};
use crate::python::memory::{Addr, Own};
use crate::python::object::{cell, function, types};

impl Vm {
    /// The globals of the running Python code, `NULL` if none runs.
    pub fn current_globals(&self) -> Addr {
        self.frame_globals()
    }

    /// What `super()` without arguments means in the running frame: `__class__` and the first argument,
    /// borrowed.
    pub fn super_arguments(&mut self) -> PyResult<(Addr, Addr)> {
        let Some(frame) = self.frames.last() else {
            return Err(self.runtime_error("super(): no current frame"));
        };
        let (program, base) = (self.program(frame.code), frame.base);
        if program.argcount == 0 {
            return Err(self.runtime_error("super(): no arguments"));
        }
        let mut first = self.field(base, 0);
        if let Some((_, kind)) = program.code.localsplus.first()
            && kind.cell
            && !first.is_null()
            && self.type_of(first) == types::CELL
        {
            first = self.field(first, cell::REF);
        }
        if first.is_null() {
            return Err(self.runtime_error("super(): arg[0] deleted"));
        }
        let slot = program
            .code
            .localsplus
            .iter()
            .position(|(name, kind)| kind.free && &**name == "__class__");
        let Some(slot) = slot else {
            return Err(self.runtime_error("super(): __class__ cell not found"));
        };
        let holder = self.field(base, 8 * slot as u64);
        if holder.is_null() || self.type_of(holder) != types::CELL {
            return Err(self.runtime_error("super(): bad __class__ cell"));
        }
        match self.field(holder, cell::REF).some() {
            Some(class) => Ok((class, first)),
            None => Err(self.runtime_error("super(): empty __class__ cell")),
        }
    }

    /// Compiles Python text to a code object; a mistake in it raises `SyntaxError`.
    pub fn compile_source(&mut self, text: &str, filename: &str, mode: &str) -> PyResult<Own> {
        let unit = self.compile_unit(text, filename, mode)?;
        Ok(unit.into_code(self))
    }

    /// Compiles Python text and runs it: `PyRun_String`, `PyRun_File`.
    pub fn run_source(
        &mut self,
        text: &str,
        filename: &str,
        mode: &str,
        globals: Addr,
        locals: Addr,
    ) -> PyResult<Own> {
        let unit = self.compile_unit(text, filename, mode)?;
        self.arenas.push(unit.arena);
        let result = self.run_code(unit.code.addr(), globals, locals);
        self.decref(unit.code);
        if let Some(arena) = self.arenas.pop() {
            program::free_arena(self, arena);
        }
        result
    }

    fn compile_unit(&mut self, text: &str, filename: &str, mode: &str) -> PyResult<program::Unit> {
        let mode = match mode {
            "eval" => Mode::Eval,
            "single" => Mode::Single,
            _ => Mode::Exec,
        };
        let mut options = compiler::Options {
            version: self.profile.version,
            ..compiler::Options::default()
        };
        if filename == &*self.main_file {
            options.watched.clone_from(&self.watch.values);
        }
        match compiler::compile_whole(text, filename, mode, options) {
            Ok(compiled) => {
                self.warn_of_syntax(&compiled.warnings, filename)?;
                let unit = program::load(self, &compiled.code)?;
                self.leave_free(&compiled, self.frames.is_empty())?;
                Ok(unit)
            }
            Err(error) => Err(self.raise_syntax_error(&error, filename)),
        }
    }

    /// Runs a code object with these namespaces: `PyEval_EvalCode`.
    pub fn run_code(&mut self, code: Addr, globals: Addr, locals: Addr) -> PyResult<Own> {
        let function = function::new(self, code, globals)?;
        let result = self.run_code_of(function.addr(), locals);
        self.decref(function);
        result
    }

    /// Runs the code of a function without arguments, its names in the mapping `locals`.
    pub(crate) fn run_code_of(&mut self, function: Addr, locals: Addr) -> PyResult<Own> {
        if self.stop.is_some() {
            return Err(Raised);
        }
        let program = self.program(self.field(function, function::CODE));
        let base = self.frame_room(program.frame_bytes())?;
        for i in 0..u64::from(program.nlocalsplus) {
            self.set_word(base, 8 * i, 0);
        }
        for owned in [program.object, function, locals] {
            self.retain(owned);
        }
        let frame = Frame {
            block: self.take_frame_block(&program),
            code: program.object,
            function,
            globals: self.field(function, function::GLOBALS),
            builtins: self.field(function, function::BUILTINS),
            locals,
            base,
            sp: base.at(8 * u64::from(program.nlocalsplus)),
            top: base.at(program.frame_bytes()),
            pc: 0,
            owner: Owner::Thread,
            after: After::Leave,
            object: Addr::NULL,
        };
        self.push_frame(frame);
        self.run_top_frame()
    }
}
