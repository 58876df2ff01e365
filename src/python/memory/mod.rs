//! Memory: the address space, the allocators, addresses and owned references.

mod addr;
pub mod freelist;
mod heap;
pub mod identity;
mod malloc;
mod mappings;
pub mod obmalloc;
mod quick_hash;
mod space;
pub mod tracemalloc;

pub use addr::{Addr, Own, any_dropped, peek_dropped, take_dropped};
pub use freelist::FreeLists;
pub use heap::{Heap, OutOfMemory};
pub use quick_hash::QuickMap;
pub use space::{BASE, END, SPACE_SIZE_BYTES, STACK_BASE, STACK_END, STACK_RESERVE, Space};

#[cfg(test)]
mod tests;
