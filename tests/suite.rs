//! The integration tests, in one binary so that they are linked once: a module for each part of the program.

mod suite {
    mod changes;
    mod checks;
    mod cli;
    mod collection;
    mod compiled;
    mod desk;
    mod diff;
    mod export;
    mod format;
    mod golden;
    mod large;
    mod memory;
    mod norms;
    mod pages;
    mod policies;
    mod policies_as_one;
    mod policies_map;
    mod readers;
    mod readme;
    mod report;
    mod resolve;
    mod search;
    mod slips;
    mod summary;
    mod syntax;
    mod totality;
    mod verbalise;
}
