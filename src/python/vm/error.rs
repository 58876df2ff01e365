//! Raising Python exceptions from Rust.

use super::Vm;
use crate::python::memory::{Addr, Own};
use crate::python::object::{exception, str, types};

/// A Python exception is being raised: it is in `vm.raised`, or `vm.stop` says that a limit ended the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raised;

/// The result of whatever can raise.
pub type PyResult<T> = Result<T, Raised>;

impl Vm {
    /// Raises `exception`, an instance.
    pub fn raise(&mut self, exception: Own) -> Raised {
        self.chain_context(exception.addr());
        let old = self.raised.replace(exception);
        self.xdecref(old);
        Raised
    }

    /// Raises an instance whose context is known already, or comes from elsewhere: `PyErr_SetRaisedException`.
    pub fn restore_raised(&mut self, exception: Own) {
        let old = self.raised.replace(exception);
        self.xdecref(old);
    }

    /// Makes an exception the cause and the context of the one that is being raised: `_PyErr_FormatFromCause`.
    pub(crate) fn set_raised_cause(&mut self, cause: Option<Own>) {
        let (Some(cause), Some(raised)) = (cause, self.raised.as_ref().map(Own::addr)) else {
            return;
        };
        let context = self.incref(cause.addr());
        self.set_field(raised, exception::offsets::CONTEXT, Some(context));
        self.set_field(raised, exception::offsets::CAUSE, Some(cause));
        self.heap
            .space
            .set_byte(raised.at(exception::offsets::SUPPRESS_CONTEXT), 1);
    }

    /// Raises `class(message)`.
    pub fn error(&mut self, class: Addr, message: impl AsRef<str>) -> Raised {
        if let Some((class, text)) = self.profile.told_before(class, message.as_ref()) {
            let message = str::new(self, &text);
            return self.error_value(class, message);
        }
        let message = str::new(self, message.as_ref());
        self.error_value(class, message)
    }

    /// Raises `class(value)`: `KeyError(key)`.
    pub fn error_value(&mut self, class: Addr, value: Own) -> Raised {
        match exception::new(self, class, value) {
            Ok(exception) => self.raise(exception),
            Err(raised) => raised,
        }
    }

    /// Raises `module.class(message)`, an exception that a module defines.
    #[cold]
    pub fn module_error(&mut self, module: &str, class: &str, message: &str) -> Raised {
        let class = self.import_module(module).and_then(|module| {
            let class = self.get_attr_name(module.addr(), class);
            self.decref(module);
            class
        });
        match class {
            Ok(class) => {
                let raised = self.error(class.addr(), message);
                self.decref(class);
                raised
            }
            Err(raised) => raised,
        }
    }

    /// Takes the exception being raised: `PyErr_GetRaisedException`. `None` when a limit stopped the run.
    pub fn take_raised(&mut self) -> Option<Own> {
        self.raised.take()
    }

    /// Raises a `ZeroDivisionError`, which until 3.13 says by which operation.
    #[cold]
    pub fn division_by_zero(&mut self, operation: &str) -> Raised {
        self.zero_to_the_power(operation, "division by zero")
    }

    /// The same for a power: what it says until 3.13, and since.
    #[cold]
    pub fn zero_to_the_power(&mut self, before: &str, since: &str) -> Raised {
        let text = if self.profile.tells_what_key {
            since
        } else {
            before
        };
        self.zero_division_error(text)
    }

    /// Whether the exception being raised is an instance of `class`: `PyErr_ExceptionMatches`.
    pub fn raised_is(&self, class: Addr) -> bool {
        match &self.raised {
            Some(exception) => self.is_subtype(self.type_of(exception.addr()), class),
            None => false,
        }
    }

    /// Forgets the exception being raised: `PyErr_Clear`.
    pub fn clear_raised(&mut self) {
        self.settle_dropped();
        let old = self.raised.take();
        self.xdecref(old);
    }

    /// `Ok(None)` for an exception of `class`, which is cleared; any other goes on.
    pub fn ignore_raised<T>(&mut self, result: PyResult<T>, class: Addr) -> PyResult<Option<T>> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(_) if self.raised_is(class) => {
                self.clear_raised();
                Ok(None)
            }
            Err(raised) => Err(raised),
        }
    }
}

macro_rules! raisers {
    ($($method:ident $class:ident;)*) => {
        impl Vm {
            $(
                #[doc = concat!("Raises `", stringify!($class), "` with a message.")]
                #[cold]
                pub fn $method(&mut self, message: impl AsRef<str>) -> Raised {
                    self.error(types::$class, message)
                }
            )*
        }
    };
}

raisers! {
    type_error TYPE_ERROR;
    value_error VALUE_ERROR;
    index_error INDEX_ERROR;
    attribute_error_text ATTRIBUTE_ERROR;
    runtime_error RUNTIME_ERROR;
    overflow_error OVERFLOW_ERROR;
    zero_division_error ZERO_DIVISION_ERROR;
    system_error SYSTEM_ERROR;
    recursion_error RECURSION_ERROR;
    reference_error REFERENCE_ERROR;
    buffer_error BUFFER_ERROR;
    lookup_error LOOKUP_ERROR;
    import_error IMPORT_ERROR;
    not_implemented_error NOT_IMPLEMENTED_ERROR;
    name_error NAME_ERROR;
    assertion_error ASSERTION_ERROR;
}

impl Vm {
    /// Raises `MemoryError()`, without a message as CPython does.
    #[cold]
    pub fn memory_error(&mut self) -> Raised {
        match exception::new_without_args(self, types::MEMORY_ERROR) {
            Ok(exception) => self.raise(exception),
            Err(raised) => raised,
        }
    }

    /// Raises `KeyError(key)`.
    #[cold]
    pub fn key_error(&mut self, key: Addr) -> Raised {
        let key = self.incref(key);
        self.error_value(types::KEY_ERROR, key)
    }
}
