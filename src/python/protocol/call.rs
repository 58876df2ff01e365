//! Calling objects. CPython: `PyObject_Vectorcall` and its relatives.

use crate::python::memory::{Addr, Own};
use crate::python::object::{self, MethodKind, builtin_function, descriptor, flags, str, types};
use crate::python::vm::{Args, PyResult, Raised, Signature, Vm};

/// What a native function accepts without binding: positional arguments between two counts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shape {
    least: u16,
    most: u16,
    known: bool,
    makes_tuple: bool,
}

impl Shape {
    fn of(signature: &Signature) -> Shape {
        let required_keyword = signature.params[signature.positional..]
            .iter()
            .any(|p| !p.optional);
        Shape {
            least: if required_keyword {
                u16::MAX
            } else {
                signature.required as u16
            },
            most: if signature.var_positional {
                u16::MAX
            } else {
                signature.positional as u16
            },
            known: true,
            makes_tuple: false,
        }
    }

    /// That of a function which is called with a tuple: none of its calls is plain.
    const WITH_TUPLE: Shape = Shape {
        least: u16::MAX,
        most: 0,
        known: true,
        makes_tuple: true,
    };
}

/// The tuple and the dict of a call's arguments, which live as long as the call.
#[derive(Default)]
pub struct HeldArguments {
    positional: Option<Own>,
    keywords: Option<Own>,
}

impl HeldArguments {
    /// The tuple; `NULL` where none was made.
    pub fn tuple(&self) -> Addr {
        self.positional.as_ref().map_or(Addr::NULL, Own::addr)
    }
}

impl Vm {
    /// `callable(*args)`
    pub fn call(&mut self, callable: Addr, args: &[Addr]) -> PyResult<Own> {
        let pushed = self.push_args(args, Addr::NULL, 0)?;
        let result = self.call_args(callable, pushed);
        self.pop_args(pushed);
        result
    }

    /// `callable(*positional, **keywords)`; `names` is a tuple of as many `str` as `keywords` has values.
    pub fn call_keywords(
        &mut self,
        callable: Addr,
        positional: &[Addr],
        names: Addr,
        keywords: &[Addr],
    ) -> PyResult<Own> {
        let values = [positional, keywords].concat();
        let pushed = self.push_args(&values, names, keywords.len())?;
        let result = self.call_args(callable, pushed);
        self.pop_args(pushed);
        result
    }

    /// Calls with arguments that lie on the data stack.
    #[inline]
    pub fn call_args(&mut self, callable: Addr, args: Args) -> PyResult<Own> {
        let ty = self.type_of(callable);
        if ty == types::BUILTIN_FUNCTION_OR_METHOD {
            let row = self.word(callable, builtin_function::ROW) as usize;
            let instance = self.field(callable, builtin_function::SELF);
            return self.call_native(row, instance, args);
        }
        if ty == types::FUNCTION {
            return self.call_function(callable, args);
        }
        match self.slots(callable).call {
            Some(call) => {
                if self.native_depth >= self.limits.native_recursion {
                    return Err(self.recursion_error(
                        "maximum recursion depth exceeded while calling a Python object",
                    ));
                }
                self.native_depth += 1;
                let result = call(self, callable, args);
                self.native_depth -= 1;
                result
            }
            None => {
                let name = self.type_name(callable);
                Err(self.type_error(format!("'{name}' object is not callable")))
            }
        }
    }

    /// Makes the tuple of a call's arguments, and the dict of its keywords, where a C function would get them so and
    /// Python code can see it: they hold the arguments as long as the call. CPython: `_PyObject_MakeTpCall`.
    pub fn hold_arguments(&mut self, args: Args) -> PyResult<HeldArguments> {
        if std::mem::replace(&mut self.tuple_base, Addr::NULL) == args.base() {
            return Ok(HeldArguments::default());
        }
        Ok(HeldArguments {
            positional: Some(object::tuple::copy_items(self, args.base(), args.len())?),
            keywords: self.keywords_dict(args)?,
        })
    }

    /// A dict of a call's keywords, if there are any: `_PyStack_AsDict`.
    pub fn keywords_dict(&mut self, args: Args) -> PyResult<Option<Own>> {
        if args.keyword_count() == 0 {
            return Ok(None);
        }
        let dict = object::dict::new(self);
        for (name, value) in args.keywords(self) {
            object::dict::set(self, dict.addr(), name, value)?;
        }
        Ok(Some(dict))
    }

    /// Lets go of what [`Vm::hold_arguments`] has made.
    pub fn drop_arguments(&mut self, held: HeldArguments) {
        self.xdecref(held.keywords);
        self.xdecref(held.positional);
    }

    /// `callable(first, *args)` where a C function passes on the tuple and the dict that it got: with keywords it
    /// makes an array of new references. CPython: `_PyObject_Call_Prepend`, `_PyStack_UnpackDict`.
    pub fn call_prepend(&mut self, callable: Addr, first: Addr, args: Args) -> PyResult<Own> {
        let unpacked = match args.keyword_count() {
            0 => 0,
            keywords => (args.len() + keywords) as u64,
        };
        let again = (unpacked > 0).then(|| self.incref(first));
        let values: Vec<Own> = (0..unpacked)
            .map(|i| self.incref(self.field(args.base(), 8 * i)))
            .chain(again)
            .collect();
        // The names of the dict are a new tuple: `_PyStack_UnpackDict`.
        let names = (unpacked > 0).then(|| {
            let names = object::tuple::items(self, args.names());
            object::tuple::new(self, &names)
        });
        let keywords = names.as_ref().map_or(Addr::NULL, Own::addr);
        let args = Args::new(args.base(), args.len(), args.keyword_count(), keywords);
        let result = self.call_with_self(callable, first, args);
        for value in values {
            self.decref(value);
        }
        self.xdecref(names);
        result
    }

    /// `callable(instance, *args)`
    pub fn call_with_self(&mut self, callable: Addr, instance: Addr, args: Args) -> PyResult<Own> {
        let base = self.stack_top;
        let count = args.len() + args.keyword_count();
        let end = base.at(8 * (count as u64 + 1));
        if !self.stack_holds(end) {
            return Err(self.recursion_error("maximum recursion depth exceeded"));
        }
        self.set_word(base, 0, instance.0);
        for i in 0..count as u64 {
            let word = self.word(args.base(), 8 * i);
            self.set_word(base, 8 * (i + 1), word);
        }
        self.stack_top = end;
        let args = Args::new(base, args.len() + 1, args.keyword_count(), args.names());
        let result = self.call_args(callable, args);
        self.stack_top = base;
        result
    }

    /// Calls native function number `row` with `instance` as its `self`.
    #[inline]
    pub fn call_native(&mut self, row: usize, instance: Addr, args: Args) -> PyResult<Own> {
        let method = self.natives[row];
        let shape = match self.native_shapes.get(row) {
            Some(shape) if shape.known => *shape,
            _ => self.learn_shape(row),
        };
        let given = args.len();
        if args.keyword_count() == 0
            && given >= shape.least as usize
            && given <= shape.most as usize
        {
            return (method.call)(self, instance, args);
        }
        self.call_native_bound(row, instance, args)
    }

    #[cold]
    fn learn_shape(&mut self, row: usize) -> Shape {
        let signature = self.signature(self.natives[row].signature);
        if self.native_shapes.len() <= row {
            self.native_shapes.resize(row + 1, Shape::default());
        }
        self.native_shapes[row] = match (self.natives[row].makes_tuple)(self.profile.version) {
            true => Shape::WITH_TUPLE,
            false => Shape::of(&signature),
        };
        self.native_shapes[row]
    }

    #[inline(never)]
    fn call_native_bound(&mut self, row: usize, instance: Addr, args: Args) -> PyResult<Own> {
        if !self.native_shapes[row].makes_tuple {
            return self.bind_native(row, instance, args);
        }
        let held = self.hold_arguments(args)?;
        let result = self.bind_native(row, instance, args);
        self.drop_arguments(held);
        result
    }

    fn bind_native(&mut self, row: usize, instance: Addr, args: Args) -> PyResult<Own> {
        let method = self.natives[row];
        let signature = self.signature(method.signature);
        let given = args.len();
        if signature.is_positional_only() && args.keyword_count() > 0 {
            let name = self.native_name(row, instance);
            return Err(self.type_error(format!("{name}() takes no keyword arguments")));
        }
        if signature.takes_nothing() {
            let name = self.native_name(row, instance);
            return Err(self.type_error(format!("{name}() takes no arguments ({given} given)")));
        }
        if signature.takes_one() && !(given == 1 && self.native_shapes[row].makes_tuple) {
            let name = self.native_name(row, instance);
            return Err(self.type_error(format!(
                "{name}() takes exactly one argument ({given} given)"
            )));
        }
        if signature.var_positional || signature.var_keyword {
            return (method.call)(self, instance, args);
        }
        let mut values = vec![Addr::NULL; signature.params.len()];
        signature.bind(self, method.name, args, &mut values)?;
        let pushed = self.push_args(&values, Addr::NULL, 0)?;
        let result = (method.call)(self, instance, pushed);
        self.pop_args(pushed);
        result
    }

    /// `list.append`, `math.sqrt`, `len`: as CPython's messages name a native function.
    fn native_name(&mut self, row: usize, instance: Addr) -> String {
        let method = self.natives[row];
        if instance.is_null() {
            return method.name.to_owned();
        }
        if self.type_of(instance) == types::MODULE {
            let name = match self.get_attr_opt(instance, self.names.__name__) {
                Ok(Some(name)) => {
                    let text = str::to_rust(self, name.addr());
                    self.decref(name);
                    text
                }
                _ => {
                    self.clear_raised();
                    String::new()
                }
            };
            return match name.as_str() {
                "" | "builtins" => method.name.to_owned(),
                module => format!("{module}.{}", method.name),
            };
        }
        let ty = if self.has_flag(instance, flags::TYPE_SUBCLASS) {
            // A class method is one of the class that it is called on.
            if method.kind == MethodKind::Class {
                return format!("{}.{}", self.type_data(instance).name, method.name);
            }
            instance
        } else {
            self.type_of(instance)
        };
        let mro = self.type_data(ty).mro.clone();
        for class in mro {
            let defines = object::SPECS.iter().any(|spec| {
                spec.address == class && spec.methods.iter().any(|row| std::ptr::eq(row, method))
            });
            if defines {
                return format!("{}.{}", self.type_data(class).name, method.name);
            }
        }
        format!("{}.{}", self.type_data(ty).name, method.name)
    }

    /// `callable(*args, **kwargs)` for a tuple and a dict or `NULL`: `PyObject_Call`.
    pub fn call_tuple_dict(&mut self, callable: Addr, args: Addr, kwargs: Addr) -> PyResult<Own> {
        let (base, count, names) = self.spread(args, kwargs)?;
        let keywords = names
            .as_ref()
            .map_or(0, |names| object::tuple::len(self, names.addr()));
        let names_addr = names.as_ref().map_or(Addr::NULL, Own::addr);
        let held = match keywords > 0 && self.takes_array(callable) {
            true => (0..(count + keywords) as u64)
                .map(|i| self.incref(self.field(base, 8 * i)))
                .collect(),
            false => Vec::new(),
        };
        let top = self.stack_top;
        self.stack_top = base.at(8 * (count + keywords) as u64);
        self.tuple_base = base;
        let result = self.call_args(callable, Args::new(base, count, keywords, names_addr));
        self.tuple_base = Addr::NULL;
        self.stack_top = top;
        for value in held {
            self.decref(value);
        }
        match result {
            Ok(value) => {
                self.xdecref(names);
                Ok(value)
            }
            Err(Raised) => {
                self.xdecref(names);
                Err(Raised)
            }
        }
    }

    /// Whether a callable gets its arguments as an array, not as a tuple and a dict: `PyVectorcall_Function`. Where there are
    /// keywords, the array is made of new references: `_PyStack_UnpackDict`.
    fn takes_array(&self, callable: Addr) -> bool {
        match self.type_of(callable) {
            types::FUNCTION | types::METHOD => true,
            types::BUILTIN_FUNCTION_OR_METHOD => {
                let method = self.natives[self.word(callable, builtin_function::ROW) as usize];
                !(method.makes_tuple)(self.profile.version)
            }
            types::METHOD_DESCRIPTOR => {
                let method = self.natives[descriptor::method_row(self, callable)];
                !(method.makes_tuple)(self.profile.version)
            }
            types::TYPE => self.profile.vectorcalls.contains(&callable),
            ty => ty == types::PARTIAL,
        }
    }

    /// `object.name(*args)`
    pub fn call_method(&mut self, object: Addr, name: Addr, args: &[Addr]) -> PyResult<Own> {
        let ty = self.type_of(object);
        // A plain method is called with the object before its arguments, without a bound method between.
        if let Some(found) = self.type_lookup(ty, name)
            && self.has_flag(found, flags::METHOD_DESCRIPTOR)
            && !self.may_shadow(object)
        {
            let function = self.incref(found);
            let values = [&[object], args].concat();
            let result = self.call(function.addr(), &values);
            self.decref(function);
            return result;
        }
        let method = self.get_attr(object, name)?;
        let result = self.call(method.addr(), args);
        self.decref(method);
        result
    }

    /// Whether an instance may have attributes of its own, or its type looks attributes up in its own way.
    fn may_shadow(&self, object: Addr) -> bool {
        let ty = self.type_of(object);
        let data = self.type_data(ty);
        self.type_flags(ty) & flags::MANAGED_DICT != 0
            || self.word(ty, crate::python::vm::typedata::TP_DICTOFFSET) != 0
            || self.type_flags(ty) & flags::HEAPTYPE != 0
            || data.slots.getattro.is_none()
    }

    /// Whether the object can be called: `callable(object)`.
    pub fn is_callable(&self, object: Addr) -> bool {
        self.slots(object).call.is_some()
    }
}
