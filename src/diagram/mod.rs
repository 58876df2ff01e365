//! Pictures: of live memory, and of what an author drew in Mermaid.
//!
//! A picture is SVG text that names colour tokens and carries its own title and description; it needs no script, no
//! server and no font of its own. Widths come from [`measure`], so the same input gives the same bytes everywhere.

pub mod colour;
pub mod measure;
pub mod mermaid;
pub mod object_graph;
pub mod svg;
