//! x
pub mod checks;
pub mod diagnostic;
pub mod emit;
pub mod model;
pub mod report;
pub mod resolve;
pub mod source;
pub mod syntax;
pub mod verbalise;
