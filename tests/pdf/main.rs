//! The PDFs: that they are the same every time, take templates and fonts of others, lose nothing, and tell readers who
//! cannot see them what they are.
//!
//! What is read of them is read by other programs, which know nothing of the one that wrote them. Where such a program is
//! missing, its test says so and passes; with `CLAUSAL_REQUIRE_TOOLS=1` in the environment it fails.

mod bytes;
#[path = "../suite/compiled.rs"]
#[allow(dead_code, reason = "the other tests use the rest of it")]
mod compiled;
mod made;
mod printed;
mod program;
mod reading;
mod standard;
mod templates;
#[path = "../outside_tools/tools.rs"]
mod tools;
mod words;
