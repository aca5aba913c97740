//! The check on text that cannot be read. Its findings are made while the sources are parsed; here is its page.

#[expect(clippy::module_inception, reason = "the family has the name of its one check")]
pub mod syntax;
