//! gieok (기억, "memory") turns Markdown posts about Python into pages whose every result is true.

pub mod book;
pub mod cli;
pub mod compare;
pub mod config;
pub mod conformance;
pub mod diagnostic;
pub mod diagram;
pub mod post;
pub mod preview;
pub mod python;
pub mod run;
pub mod site;
pub mod source;
pub mod verify;
