//! Memory: the address space, the allocators, addresses and owned references.

mod addr;
mod heap;
mod space;

pub use addr::{Addr, Own, any_dropped, take_dropped};
pub use heap::{Heap, OutOfMemory};
pub use space::{BASE, END, SPACE_SIZE_BYTES, STACK_BASE, STACK_END, Space};
