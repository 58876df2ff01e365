//! What the outside may see of the engine: plain data, made on request, without a way back in.

pub mod dump;
pub mod fields;
pub mod size;
pub mod snapshot;
pub mod text;
