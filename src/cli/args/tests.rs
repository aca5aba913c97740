//! The command line holds together, and what the documents show of it is true.

use clap::CommandFactory;

use super::*;

#[test]
fn the_command_line_is_consistent() {
    Arguments::command().debug_assert();
}

#[test]
fn every_option_has_its_sentence() {
    for verb in Arguments::command().get_subcommands() {
        for argument in verb.get_arguments() {
            assert!(argument.get_help().is_some(), "{} {}", verb.get_name(), argument.get_id());
        }
    }
}

#[test]
fn only_whole_days_are_dates() {
    assert!(date("2026-03-17").is_ok());
    for wrong in ["2026-3-17", "2026-02-30", "17/03/2026", "2026-03", "20260317", "2026-03-17T10:00"] {
        assert!(date(wrong).is_err(), "{wrong}");
    }
}

/// The commands of `clausal` in a text: of a shell where each line is one, else those set as code.
fn commands(text: &str, is_shell: bool) -> Vec<String> {
    let code: Vec<&str> = match is_shell {
        true => text.lines().collect(),
        false => text.split('`').skip(1).step_by(2).collect(),
    };
    let mut found = Vec::new();
    for line in code {
        let line = line.trim().trim_start_matches("- ").trim_start_matches("run: ");
        // What is told to the shell begins a new command, or ends this one.
        let parts = line.split(['|', ';', '>', '&']).map(str::trim);
        found.extend(parts.filter(|part| part.starts_with("clausal ")).map(str::to_owned));
    }
    found
}

/// The words of a command as a shell takes them.
fn words(command: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for letter in command.chars() {
        match (letter, quote) {
            ('"' | '\'', None) => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (_, Some(open)) if letter == open => quote = None,
            (' ', None) => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

#[test]
fn the_jobs_for_servers_hold_commands_that_there_are() {
    let jobs = [include_str!("../../../docs/ci/github.yml"), include_str!("../../../docs/ci/gitlab.yml")];
    for job in jobs {
        let commands = commands(job, true);
        for verb in ["clausal diff ", "clausal check policies --against ", "clausal fmt --check "] {
            assert!(commands.iter().any(|command| command.starts_with(verb)), "no {verb:?} in {commands:?}");
        }
        for command in commands {
            Arguments::try_parse_from(words(&command)).unwrap_or_else(|error| panic!("{command}: {error}"));
        }
        assert!(job.contains("fetch-depth: 0") || job.contains("GIT_DEPTH: 0"));
    }
}

#[test]
fn the_page_on_reviewing_holds_commands_that_there_are() {
    let commands = commands(include_str!("../../../docs/review.md"), false);
    assert!(commands.len() > 15, "{commands:?}");
    for command in commands {
        Arguments::try_parse_from(words(&command)).unwrap_or_else(|error| panic!("{command}: {error}"));
    }
}
