//! What the loop does for threads that wait: it is left without an exception, and calls leave nothing on the host's stack.

use crate::python::code::Op;
use crate::python::memory::Addr;
use crate::python::module::_thread::scheduler::Leaving;
use crate::python::object::{builtin_function, method, tuple, types};
use crate::python::vm::frame::After;
use crate::python::vm::{PyResult, Raised, Vm};

impl Vm {
    /// The running instruction has asked to be run again: at once (`false`), or when its thread goes on, which leaves
    /// the loop (`true`).
    #[cold]
    pub(super) fn leave_loop(&mut self, leaving: Leaving) -> bool {
        self.settle_dropped();
        if let Some(frame) = self.frames.last_mut() {
            frame.pc -= 1;
            self.heap.pc = frame.pc as usize;
        }
        self.put_manager_back();
        if matches!(leaving, Leaving::Again) {
            self.threads.leaving = None;
            return false;
        }
        true
    }

    /// A `with` has put the bound `__exit__` of its lock in the lock's place before it called `__enter__`.
    fn put_manager_back(&mut self) {
        let Some(frame) = self.frames.last() else {
            return;
        };
        let (at, pc) = (frame.sp.before(8), frame.pc as usize);
        let program = self.program_ref(frame.code);
        let is_with = (program.instructions.get(pc)).is_some_and(|it| it.op == Op::BeforeWith);
        let exit = self.field(at, 0);
        if is_with && self.type_of(exit) == types::BUILTIN_FUNCTION_OR_METHOD {
            let lock = self.incref(self.field(exit, builtin_function::SELF));
            self.set_field(at, 0, Some(lock));
        }
    }

    /// In a thread, `__enter__` of a class made in Python is a frame of the loop: it may wait. Whether it was entered.
    pub(super) fn enter_in_thread(&mut self, enter: Addr, sp: Addr) -> PyResult<bool> {
        if self.threads.running == 0 || self.type_of(enter) != types::METHOD {
            return Ok(false);
        }
        let (function, manager) = (
            self.field(enter, method::FUNC),
            self.field(enter, method::SELF),
        );
        if self.type_of(function) != types::FUNCTION {
            return Ok(false);
        }
        self.retain(function);
        self.retain(manager);
        self.set_word(sp, 0, manager.0);
        self.enter_function(function, sp, 1, Addr::NULL, After::Push)?;
        Ok(true)
    }

    /// In a thread, `method(*args)` becomes `function(instance, *args)`, a frame of the loop. `at` is the word of the
    /// tuple of arguments.
    ///
    /// # Errors
    /// Where it is a method of a Python function: the instruction runs again.
    pub(super) fn take_method_apart(&mut self, at: Addr) -> PyResult<()> {
        let place = at.before(16);
        let bound = self.field(place, 0);
        let (function, instance) = (
            self.field(bound, method::FUNC),
            self.field(bound, method::SELF),
        );
        if self.type_of(function) != types::FUNCTION {
            return Ok(());
        }
        let mut items = vec![instance];
        items.extend(tuple::items(self, self.field(at, 0)));
        let args = tuple::new(self, &items);
        let function = self.incref(function);
        self.set_field(at, 0, Some(args));
        self.set_field(place, 0, Some(function));
        self.threads.leaving = Some(Leaving::Again);
        Err(Raised)
    }
}
