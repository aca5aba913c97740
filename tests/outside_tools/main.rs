//! What other programs make of the output: Pandoc of the Markdown, a browser of the HTML.
//!
//! Where a program is missing, its test says so and passes; with `CLAUSAL_REQUIRE_TOOLS=1` in the environment it fails.

mod browser;
#[path = "../suite/compiled.rs"]
#[allow(dead_code, reason = "the other tests use the rest of it")]
mod compiled;
mod pandoc;
mod paper;
#[path = "../suite/changes/sample.rs"]
#[allow(dead_code, reason = "the other tests use the rest of it")]
mod sample;
mod site;
mod tools;
