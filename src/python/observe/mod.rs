//! What the outside may see of the engine: plain data, made on request, without a way back in.

pub mod dump;
pub mod text;
