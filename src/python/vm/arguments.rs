//! Binding the arguments of a call to the parameters of a Python function.
//! CPython: `_PyEvalFramePushAndInit`, `initialize_locals`, and the errors beside them.

use super::frame::{After, Frame, Owner};
use super::program::Program;
use super::{PyResult, Raised, Vm};
use crate::python::code::flags;
use crate::python::memory::{Addr, Own};
use crate::python::object::{dict, flags as type_flags, function, str, tuple};

impl Vm {
    /// Pushes the frame of a call of `function` with `count` words from `from`: positional arguments, then
    /// one value for each name in the tuple `names` (`NULL` for none). The frame takes over the function and
    /// the words, also when the call cannot begin.
    #[inline(never)]
    pub(crate) fn enter_function(
        &mut self,
        function: Addr,
        from: Addr,
        count: u32,
        names: Addr,
        after: After,
    ) -> PyResult<()> {
        let code = self.field(function, function::CODE);
        let program = self.program_ref(code);
        if !(program.simple && count == program.argcount && names.is_null()) {
            return self.enter_function_slow(function, from, count, names, after);
        }
        let (locals, bytes) = (u64::from(program.nlocalsplus), program.frame_bytes());
        let base = match self.frame_room(bytes) {
            Ok(base) => base,
            Err(Raised) => return self.drop_call(function, from, count),
        };
        let count = u64::from(count);
        for i in 0..count {
            let word = self.word(from, 8 * i);
            self.set_word(base, 8 * i, word);
        }
        for i in count..locals {
            self.set_word(base, 8 * i, 0);
        }
        self.push_function_frame(code, function, base, locals, bytes, after);
        Ok(())
    }

    #[cold]
    fn drop_call(&mut self, function: Addr, from: Addr, count: u32) -> PyResult<()> {
        for i in 0..count {
            let word = self.word(from, 8 * u64::from(i));
            self.decref_word(word);
        }
        self.release(function);
        Err(Raised)
    }

    #[inline(always)]
    fn push_function_frame(
        &mut self,
        code: Addr,
        function: Addr,
        base: Addr,
        locals: u64,
        bytes: u64,
        after: After,
    ) {
        self.retain(code);
        let block = match self.profile.frame_size {
            None => Addr::NULL,
            Some(_) => {
                let program = self.program(code);
                self.take_frame_block(&program)
            }
        };
        let frame = Frame {
            block,
            code,
            function,
            globals: self.field(function, function::GLOBALS),
            builtins: self.field(function, function::BUILTINS),
            locals: Addr::NULL,
            base,
            sp: base.at(8 * locals),
            top: base.at(bytes),
            pc: 0,
            owner: Owner::Thread,
            after,
            object: Addr::NULL,
        };
        self.push_frame(frame);
    }

    #[inline(never)]
    fn enter_function_slow(
        &mut self,
        function: Addr,
        from: Addr,
        count: u32,
        names: Addr,
        after: After,
    ) -> PyResult<()> {
        let code = self.field(function, function::CODE);
        let program = self.program(code);
        let base = match self.frame_room(program.frame_bytes()) {
            Ok(base) => base,
            Err(Raised) => return self.drop_call(function, from, count),
        };
        let locals = u64::from(program.nlocalsplus);
        for i in 0..locals {
            self.set_word(base, 8 * i, 0);
        }
        // Natives that binding calls put their arguments above the new frame.
        self.stack_top = base.at(program.frame_bytes());
        let mut call = Call {
            vm: self,
            program: &program,
            function,
            from,
            count,
            names,
            base,
        };
        let result = call.bind();
        self.stack_top = base;
        match result {
            Ok(()) => {
                self.push_function_frame(
                    code,
                    function,
                    base,
                    locals,
                    program.frame_bytes(),
                    after,
                );
                Ok(())
            }
            Err(Raised) => {
                for i in 0..locals {
                    let word = self.word(base, 8 * i);
                    self.set_word(base, 8 * i, 0);
                    self.decref_word(word);
                }
                self.drop_call(function, from, count)
            }
        }
    }

    /// `function(*args)` from Rust: the arguments are borrowed.
    pub fn call_function(&mut self, function: Addr, args: super::Args) -> PyResult<Own> {
        if self.stop.is_some() {
            return Err(Raised);
        }
        let count = args.len() + args.keyword_count();
        for i in 0..count {
            let value = self.field(args.base(), 8 * i as u64);
            self.retain(value);
        }
        self.retain(function);
        let code = self.field(function, function::CODE);
        let program = self.program_ref(code);
        let is_plain = program.simple && count == program.argcount as usize;
        let (base, names) = (args.base(), args.names());
        if is_plain && names.is_null() {
            self.enter_function(function, base, count as u32, names, After::Leave)?;
            return self.run_top_frame();
        }
        // Binding takes the words away, which are still the caller's.
        let words: Vec<u64> = (0..count).map(|i| self.word(base, 8 * i as u64)).collect();
        let entered = self.enter_function(function, base, count as u32, names, After::Leave);
        for (i, word) in words.into_iter().enumerate() {
            self.set_word(base, 8 * i as u64, word);
        }
        entered?;
        self.run_top_frame()
    }
}

/// One call being bound. A word of `from` is set to `NULL` when it has moved to its parameter.
struct Call<'a> {
    vm: &'a mut Vm,
    program: &'a Program,
    function: Addr,
    from: Addr,
    count: u32,
    names: Addr,
    base: Addr,
}

impl Call<'_> {
    fn take(&mut self, i: usize) -> u64 {
        let word = self.vm.word(self.from, 8 * i as u64);
        self.vm.set_word(self.from, 8 * i as u64, 0);
        word
    }

    fn set(&mut self, slot: usize, word: u64) {
        self.vm.set_word(self.base, 8 * slot as u64, word);
    }

    fn is_set(&self, slot: usize) -> bool {
        self.vm.word(self.base, 8 * slot as u64) != 0
    }

    fn bind(&mut self) -> PyResult<()> {
        let code = self.program.code.clone();
        let argcount = code.argcount as usize;
        let total = argcount + code.kwonlyargcount as usize;
        let keywords = if self.names.is_null() {
            0
        } else {
            tuple::len(self.vm, self.names)
        };
        let positional = self.count as usize - keywords;
        let varargs = code.flags & flags::VARARGS != 0;
        let mut kwdict = Addr::NULL;
        if code.flags & flags::VARKEYWORDS != 0 {
            let made = dict::new(self.vm);
            kwdict = made.addr();
            self.set(total + usize::from(varargs), made.into_addr().0);
        }
        let taken = positional.min(argcount);
        for i in 0..taken {
            let word = self.take(i);
            self.set(i, word);
        }
        if varargs {
            let mut rest = Vec::with_capacity(positional - taken);
            for i in taken..positional {
                let word = self.take(i);
                rest.extend(Own::from_word(word));
            }
            let rest = tuple::from_owned(self.vm, rest);
            self.set(total, rest.into_addr().0);
        }
        for i in 0..keywords {
            self.keyword(i, positional, total, kwdict)?;
        }
        if positional > argcount && !varargs {
            return Err(self.too_many(positional));
        }
        self.defaults(positional, argcount)?;
        self.keyword_defaults(argcount, total)
    }

    fn keyword(&mut self, i: usize, positional: usize, total: usize, kwdict: Addr) -> PyResult<()> {
        let name = tuple::item(self.vm, self.names, i);
        if !self.vm.has_flag(name, type_flags::UNICODE_SUBCLASS) {
            let function = self.name();
            return Err(self
                .vm
                .type_error(format!("{function}() keywords must be strings")));
        }
        let first = self.program.code.posonlyargcount as usize;
        let parameters = self.vm.field(
            self.program.object,
            crate::python::object::code::LOCALSPLUSNAMES,
        );
        let mut slot = (first..total).find(|&j| tuple::item(self.vm, parameters, j) == name);
        if slot.is_none() {
            slot = (first..total).find(|&j| {
                let parameter = tuple::item(self.vm, parameters, j);
                str::equal(self.vm, parameter, name)
            });
        }
        match slot {
            Some(slot) if self.is_set(slot) => {
                let (function, name) = (self.name(), str::to_rust(self.vm, name));
                Err(self.vm.type_error(format!(
                    "{function}() got multiple values for argument '{name}'"
                )))
            }
            Some(slot) => {
                let word = self.take(positional + i);
                self.set(slot, word);
                Ok(())
            }
            None if !kwdict.is_null() => {
                let value = self.vm.field(self.from, 8 * (positional + i) as u64);
                dict::set(self.vm, kwdict, name, value)?;
                let word = self.take(positional + i);
                self.vm.decref_word(word);
                Ok(())
            }
            None => Err(self.unexpected_keyword(name, total)),
        }
    }

    fn name(&self) -> String {
        if !self.vm.profile.messages.calls_name_fully {
            return self.program.code.name.to_string();
        }
        str::to_rust(self.vm, self.vm.field(self.function, function::QUALNAME))
    }

    #[cold]
    fn unexpected_keyword(&mut self, name: Addr, total: usize) -> Raised {
        let function = self.name();
        let code = self.program.code.clone();
        let first = code.posonlyargcount as usize;
        // Names of positional-only parameters given as keywords come first, all in one message.
        let mut wrong = Vec::new();
        for parameter in &code.localsplus[..first] {
            for i in 0..tuple::len(self.vm, self.names) {
                let given = tuple::item(self.vm, self.names, i);
                if str::to_rust(self.vm, given) == *parameter.0 {
                    wrong.push(parameter.0.to_string());
                }
            }
        }
        if !wrong.is_empty() {
            return self.vm.type_error(format!(
                "{function}() got some positional-only arguments passed as keyword arguments: '{}'",
                wrong.join(", ")
            ));
        }
        let name = str::to_rust(self.vm, name);
        let candidates: Vec<String> = code.localsplus[first..total]
            .iter()
            .map(|(name, _)| name.to_string())
            .collect();
        let mut message = format!("{function}() got an unexpected keyword argument '{name}'");
        if let Some(best) = super::suggest::best(&name, &candidates) {
            message.push_str(&format!(". Did you mean '{best}'?"));
        }
        self.vm.type_error(message)
    }

    #[cold]
    fn too_many(&mut self, given: usize) -> Raised {
        let code = self.program.code.clone();
        let argcount = code.argcount as usize;
        let defaults = self.default_count();
        let keyword_only = (argcount..argcount + code.kwonlyargcount as usize)
            .filter(|&i| self.is_set(i))
            .count();
        let (takes, plural) = if defaults > 0 {
            (format!("from {} to {argcount}", argcount - defaults), true)
        } else {
            (argcount.to_string(), argcount != 1)
        };
        let s = |n: usize| if n == 1 { "" } else { "s" };
        let extra = if keyword_only > 0 {
            format!(
                " positional argument{} (and {keyword_only} keyword-only argument{})",
                s(given),
                s(keyword_only)
            )
        } else {
            String::new()
        };
        let verb = if given == 1 && keyword_only == 0 {
            "was"
        } else {
            "were"
        };
        let function = self.name();
        self.vm.type_error(format!(
            "{function}() takes {takes} positional argument{} but {given}{extra} {verb} given",
            if plural { "s" } else { "" }
        ))
    }

    fn default_count(&self) -> usize {
        match self.vm.field(self.function, function::DEFAULTS).some() {
            Some(defaults) => tuple::len(self.vm, defaults),
            None => 0,
        }
    }

    fn defaults(&mut self, positional: usize, argcount: usize) -> PyResult<()> {
        if positional >= argcount {
            return Ok(());
        }
        let defaults = self.vm.field(self.function, function::DEFAULTS);
        let count = self.default_count();
        let first_default = argcount.saturating_sub(count);
        let missing: Vec<usize> = (positional..first_default)
            .filter(|&i| !self.is_set(i))
            .collect();
        if !missing.is_empty() {
            return Err(self.missing(&missing, "positional"));
        }
        for slot in positional.max(first_default)..argcount {
            if !self.is_set(slot) {
                let value = tuple::item(self.vm, defaults, slot + count - argcount);
                self.vm.retain(value);
                self.set(slot, value.0);
            }
        }
        Ok(())
    }

    fn keyword_defaults(&mut self, argcount: usize, total: usize) -> PyResult<()> {
        let defaults = self.vm.field(self.function, function::KWDEFAULTS);
        let mut missing = Vec::new();
        for slot in argcount..total {
            if self.is_set(slot) {
                continue;
            }
            let mut value = None;
            if !defaults.is_null() {
                let parameters = self.vm.field(
                    self.program.object,
                    crate::python::object::code::LOCALSPLUSNAMES,
                );
                let name = tuple::item(self.vm, parameters, slot);
                value = dict::get(self.vm, defaults, name)?;
            }
            match value {
                Some(value) => {
                    self.vm.retain(value);
                    self.set(slot, value.0);
                }
                None => missing.push(slot),
            }
        }
        if missing.is_empty() {
            Ok(())
        } else {
            Err(self.missing(&missing, "keyword-only"))
        }
    }

    #[cold]
    fn missing(&mut self, slots: &[usize], kind: &str) -> Raised {
        let names: Vec<String> = slots
            .iter()
            .map(|&slot| format!("'{}'", self.program.code.localsplus[slot].0))
            .collect();
        let list = match names.as_slice() {
            [one] => one.clone(),
            [one, two] => format!("{one} and {two}"),
            [firsts @ .., last] => format!("{}, and {last}", firsts.join(", ")),
            [] => String::new(),
        };
        let function = self.name();
        let s = if names.len() == 1 { "" } else { "s" };
        self.vm.type_error(format!(
            "{function}() missing {} required {kind} argument{s}: {list}",
            names.len()
        ))
    }
}
