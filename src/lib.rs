//! Clausal: a compiler for organisational policies.
//!
//! ```text
//!  .policy text ──syntax──▶ Ast ──resolve──▶ Collection ──norms──▶ what the rules mean together, with witnesses
//!                                                 ├──checks──▶ findings ──report──▶ terminal, JSON, SARIF, GitHub
//!                                                 ├──verbalise──▶ rules and witnesses as English sentences
//!                                                 └──emit──▶ HTML, Markdown, JSON
//! ```
//!
//! One direction, no way back. Every stage is total: it takes any input, and gives a value and findings. Nothing here but
//! [`cli`] reads or writes files, the clock, the environment or the terminal. The modules, in reading order:

pub mod source;

mod text;

pub mod diagnostic;

pub mod syntax;

pub mod model;

pub mod resolve;

pub mod norms;

pub mod diff;

pub mod checks;

pub mod verbalise;

pub mod emit;

pub mod report;

pub mod cli;
