//! The integration tests, in one binary so that they are linked once: a module for each part of the program.

mod suite {
    mod checks;
    mod compiled;
    mod export;
    mod golden;
    mod report;
    mod syntax;
    mod verbalise;
}
