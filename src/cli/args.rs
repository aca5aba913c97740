//! The verbs and options, with their help: all that a person sees of the command line before anything is done.
//!
//! It reads nothing and decides nothing; each verb's own module does.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;

const EXAMPLES: &str = "\
Examples:
  clausal init handbook               write a small collection to start from
  clausal check handbook              say what is wrong in it
  clausal fmt handbook                lay its files out
  clausal serve handbook              read it in a browser while you edit it
  clausal build handbook --out site   publish it as web pages, Markdown and JSON
  clausal explain modality-mismatch   read what a finding means and how to mend it

Exit codes:
  0  clean: nothing found that counts as an error
  1  findings of severity error
  2  could not run: a file, a folder or an option is at fault";

const CHECK_EXAMPLES: &str = "\
Examples:
  clausal check                                 every policy below this folder
  clausal check policies --accepted             with the findings somebody decided to live with
  clausal check policies --as-of 2027-01-01     with the reviews that will be overdue by then
  clausal check policies --deny warnings        for a build server: warnings fail too
  clausal check policies --allow prose --deny unused-word
  clausal check policies --format sarif > findings.sarif
  clausal check policies --as-one               what would clash if these schools became one trust
  clausal check policies --fix unused-word --dry-run    what would be mended, and how
  clausal check policies --fix unused-word,misplaced-or
  clausal check policies --staged               what would be committed, rather than the files

For `--deny`, `--warn` and `--allow`, NAME is a check (`review-overdue`), a family of checks (`governance`), `all`, or `warnings`: whatever would be a \
warning otherwise. The narrower name wins over the wider one, an option over `clausal.toml`. What cannot be read at \
all (family `syntax`) is always an error.

A folder stands for every `.policy` file below it; files and folders whose names begin with a dot are left out. The \
settings are those of `clausal.toml` in the first folder, or in the folder of the first file.";

const FMT_EXAMPLES: &str = "\
Examples:
  clausal fmt                                   every policy below this folder, in place
  clausal fmt policies --diff                   what would change
  clausal fmt policies --check                  for a build server: list them, and fail
  clausal fmt - < draft.policy                  from standard input to standard output

Only blanks and line ends change, never a word: comments, empty lines between paragraphs and the line breaks of the \
prose stay where they are. What cannot be read stays as it stands; a file whose braces do not match is left alone. \
The new text is read again before it is written, and must say what the old one said.

Exit codes:
  0  every file is laid out
  1  with `--check` or `--diff`: some files are not
  2  a file could not be read, laid out or written";

const BUILD_EXAMPLES: &str = "\
Examples:
  clausal build policies                        into the folder `site`
  clausal build policies --out public --format html
  clausal build policies --format html,pdf      with a PDF beside each page
  clausal build policies --templates our-look   with templates and styles of your own
  clausal build policies --keep-going           a preview, in spite of errors

The output folder is replaced as a whole once everything has been written, and left as it was if anything fails. A \
folder that `clausal build` did not make is never touched unless it is empty, and the output folder must lie outside \
the folders of the sources.";

const SERVE_EXAMPLES: &str = "\
Examples:
  clausal serve policies                        read and edit: it prints the address
  clausal serve policies --open                 in the browser at once
  clausal serve policies --port 8000            at an address of your own choosing
  clausal serve policies --format html          sooner, without the Markdown and the JSON

The pages are those that `clausal build` would write. They are made again when a source, `clausal.toml` or a template \
of your own changes, and open tabs follow by themselves. While something is wrong, the last good pages stay, and each \
tells what is wrong and where. Nothing is written; nothing but the pages can be read, and from this computer alone. \
Ctrl-C ends it.";

const DIFF_EXAMPLES: &str = "\
Examples:
  clausal diff                                  the files of this folder against what was committed last
  clausal diff v3.0                             against a tag, a branch or a commit
  clausal diff v3.0..v3.1                       one revision against another
  clausal diff main...                          what this branch changed since it left `main`
  clausal diff 'HEAD^!'                         what the last commit changed, a merge commit too
  clausal diff --staged                         what would be committed
  clausal diff v3.0 -- policies/phones.policy   what is told is limited to one policy
  clausal diff old-policies new-policies        two folders, or two files
  clausal diff main... --material --for staff   what this branch asks of staff that was not asked before
  clausal diff v3.0..v3.1 --format html --out changes.html

Before `--` stand the two states, after it the folders and files that it is about. A folder is a collection, as for \
`clausal check`. A file belongs to the nearest folder above it that holds a `clausal.toml`, or else to the highest one \
that is reached from it through folders with policies in them; all of that is read, and what is told is limited to the \
file. Without any, the collection is the folder the program is run in. Revisions are read by git; nothing is checked out.";

const INIT_EXAMPLES: &str = "\
Examples:
  clausal init handbook && clausal check handbook && clausal build handbook --out site

Nothing that exists is overwritten: if one of the files is there already, none is written.";

const GIT_EXAMPLES: &str = "\
Examples:
  clausal git setup --dry-run     what would be written
  clausal git setup               shows it, and asks
  clausal git setup policies      where the collection is a folder of the repository
  clausal git setup --remove      takes it all back";

const SETUP_EXAMPLES: &str = "\
It writes:
  - a line of `.gitattributes`, to be committed: policies are text, with the same line ends in every clone, and their
    differences are those of the driver `policy`
  - the driver, in the configuration of this clone: above each change, `git diff` and `git log -p` name the clause, and
    `git diff --word-diff` knows what a word is
  - a hook that checks what is staged before each commit: an error stops it, `git commit --no-verify` passes it by

A hook that is there already is never changed: what to add to it is told. Nothing outside the repository is touched.";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  clausal explain                     all checks, by family
  clausal explain modality-mismatch   what it finds, why, a wrong example and a right one";

const SCHEMA_EXAMPLES: &str = "\
Examples:
  clausal schema findings > findings.schema.json

Everything that is written names its schema; a schema keeps its meaning as long as the first number of its version.";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  clausal completions bash > ~/.local/share/bash-completion/completions/clausal
  clausal completions fish > ~/.config/fish/completions/clausal.fish
  clausal completions zsh > \"${fpath[1]}/_clausal\"";

/// A compiler for organisational policies
///
/// Reads `.policy` files, in which prose stands beside the rules it means; finds mistakes in them; and publishes them as
/// web pages, Markdown and JSON.
#[derive(Debug, Parser)]
#[command(name = "clausal", version, after_help = EXAMPLES, max_term_width = 100, disable_help_subcommand = true)]
pub(super) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,

    /// When to use colours: `auto` is on a terminal unless NO_COLOR is set, or anywhere if CLICOLOR_FORCE is
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        visible_alias = "colour",
        display_order = 90
    )]
    pub color: Color,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Write a small collection to start from: a vocabulary, a policy and the settings
    #[command(after_help = INIT_EXAMPLES)]
    Init(InitArguments),
    /// Say what is wrong in policies, with the place and the remedy
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArguments),
    /// Lay policies out in the one canonical way: indentation, blanks and line breaks
    #[command(after_help = FMT_EXAMPLES)]
    Fmt(FmtArguments),
    /// Publish policies as web pages, Markdown and JSON
    #[command(after_help = BUILD_EXAMPLES)]
    Build(BuildArguments),
    /// Show policies in a browser on this computer, made again at every change of a file
    #[command(after_help = SERVE_EXAMPLES)]
    Serve(ServeArguments),
    /// Tell what changed between two states of a collection, and what that means for whom
    #[command(after_help = DIFF_EXAMPLES)]
    Diff(DiffArguments),
    /// Make the git repository of a collection good to review policies in
    #[command(after_help = GIT_EXAMPLES)]
    Git(GitArguments),
    /// Tell what a check finds, why it matters and how to mend it
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain(ExplainArguments),
    /// Print the JSON Schema of something Clausal writes
    #[command(after_help = SCHEMA_EXAMPLES)]
    Schema(SchemaArguments),
    /// Print a script that completes Clausal's verbs and options in a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions(CompletionsArguments),
}

/// `clausal init`.
#[derive(Debug, Args)]
pub(super) struct InitArguments {
    /// The folder to write into; made if it does not exist
    #[arg(value_name = "DIR", default_value = ".", value_hint = clap::ValueHint::DirPath)]
    pub folder: PathBuf,
}

/// `clausal check`.
#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    #[command(flatten)]
    pub paths: Paths,

    /// How to tell the findings: `human` for reading, `short` one line each, `json` and `sarif` for programs, `github`
    /// for annotations in GitHub Actions, `gitlab` for the Code Quality report of GitLab
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: ReportFormat,

    /// The day that reviews and decisions are judged against, as in 2026-03-17; today unless given
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,

    #[command(flatten)]
    pub levels: Levels,

    /// Show the findings that somebody has decided to live with, too
    #[arg(long)]
    pub accepted: bool,

    /// Take all organisations as one: what would contradict what if these schools became one trust, and every policy
    /// spoke for all of them
    #[arg(long)]
    pub as_one: bool,

    /// Check what is staged for the next commit in git instead of the files: for a hook that runs before it
    #[arg(long, conflicts_with = "fix")]
    pub staged: bool,

    /// Compare with what was committed at a revision, too: versions, approvals, and ids that are gone
    #[arg(long, value_name = "REV")]
    pub against: Option<String>,

    /// Mend the findings of these checks in the files, where there is one way to do it and it settles nothing that only
    /// people can: never which of two rules gives way, never what somebody has decided to live with
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub fix: Vec<String>,

    /// With `--fix`: print what would change, and change nothing
    #[arg(long, requires = "fix", conflicts_with = "format")]
    pub dry_run: bool,
}

/// `clausal diff`.
#[derive(Debug, Args)]
pub(super) struct DiffArguments {
    /// What to compare: two folders, two files, or revisions of the git repository, as OLD NEW, OLD..NEW, OLD...NEW
    /// (since NEW left OLD), OLD (against the files as they are now) or REV^! (what one commit changed); without any,
    /// what was committed last against the files
    #[arg(value_name = "OLD NEW", num_args = 0..=2, value_hint = clap::ValueHint::AnyPath)]
    pub between: Vec<PathBuf>,

    /// The folders that are the collection, or files of it that alone are told of; everything is read all the same
    #[arg(value_name = "PATH", last = true, value_hint = clap::ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,

    /// Compare with what is staged for the next commit instead of the files
    #[arg(long, visible_alias = "cached")]
    pub staged: bool,

    /// How to tell the changes: `human` for reading here, `markdown` for a comment on a pull request, `html` for a page
    /// to print or send, `json` for programs
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: ChangesFormat,

    /// The file to write into; standard output unless given
    #[arg(long, short, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub out: Option<PathBuf>,

    /// Leave out the changes that are editorial alone
    #[arg(long)]
    pub material: bool,

    /// Tell only what changes for a party, given by its id: rules for it, for what counts as it, and for what it counts as
    #[arg(long = "for", value_name = "PARTY")]
    pub party: Option<String>,

    /// End with exit code 1 if anything has changed; with `--material`, if anything material has
    #[arg(long)]
    pub exit_code: bool,

    /// The day that reviews and decisions are judged against, as in 2026-03-17; unless given, dates are not judged, so
    /// that the same revisions always give the same changes
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,
}

/// `clausal fmt`.
#[derive(Debug, Args)]
#[group(skip)]
#[command(group = clap::ArgGroup::new("dry").args(["check", "diff"]))]
pub(super) struct FmtArguments {
    /// Files and folders to lay out; a folder stands for every `.policy` file below it, `-` alone for standard input,
    /// which is laid out to standard output
    #[arg(value_name = "PATH", default_value = ".", value_hint = clap::ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,

    /// Write nothing; list the files that are not laid out, and exit with 1 if there are any
    #[arg(long)]
    pub check: bool,

    /// Write nothing; print what would change, and exit with 1 if anything would
    #[arg(long, conflicts_with = "check")]
    pub diff: bool,

    /// With `--check` or `--diff`: look at what is staged for the next commit in git instead of the files
    #[arg(long, requires = "dry")]
    pub staged: bool,
}

/// `clausal build`.
#[derive(Debug, Args)]
pub(super) struct BuildArguments {
    #[command(flatten)]
    pub paths: Paths,

    /// The folder to publish into, replaced as a whole; `site` unless given here or in `clausal.toml`
    #[arg(long, short, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub out: Option<PathBuf>,

    /// What to write, separated by commas; `html,markdown,json` unless given here or in `clausal.toml`. `pdf` takes some
    /// time for each policy, and a `clausal` that was built with it
    #[arg(long, value_name = "FORMATS", value_delimiter = ',')]
    pub format: Vec<Format>,

    /// A folder whose templates and styles replace the built-in ones of the same name
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub templates: Option<PathBuf>,

    /// Publish in spite of errors whatever could be understood; the pages say so, and the exit code is 1
    #[arg(long)]
    pub keep_going: bool,

    /// The day that reviews and decisions are judged against, as in 2026-03-17; unless given, dates are not judged, so
    /// that the same sources always give the same pages
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,

    #[command(flatten)]
    pub levels: Levels,
}

/// `clausal serve`.
#[derive(Clone, Debug, Args)]
pub(super) struct ServeArguments {
    #[command(flatten)]
    pub paths: Paths,

    /// The port of the address, from 1 to 65535, or 0 for any that is free; 4747 unless given, or the next that is free
    #[arg(long, value_name = "NUMBER")]
    pub port: Option<u16>,

    /// Open the pages in the browser
    #[arg(long)]
    pub open: bool,

    /// What to make besides the web pages, separated by commas; everything unless given here or in `clausal.toml`
    #[arg(long, value_name = "FORMATS", value_delimiter = ',')]
    pub format: Vec<Format>,

    /// A folder whose templates and styles replace the built-in ones of the same name
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub templates: Option<PathBuf>,

    /// The day that reviews and decisions are judged against, as in 2026-03-17; unless given, dates are not judged, as in
    /// `clausal build`
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,

    #[command(flatten)]
    pub levels: Levels,
}

/// The sources of a run.
#[derive(Clone, Debug, Args)]
pub(super) struct Paths {
    /// Files and folders to read; a folder stands for every `.policy` file below it
    #[arg(value_name = "PATH", default_value = ".", value_hint = clap::ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
}

/// How much findings weigh in this run.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Levels {
    /// Make the findings of a check errors: the name of a check, of a family, `all` or `warnings`
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub deny: Vec<String>,

    /// Make the findings of a check warnings
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub warn: Vec<String>,

    /// Leave the findings of a check out
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub allow: Vec<String>,
}

/// `clausal git`.
#[derive(Debug, Args)]
pub(super) struct GitArguments {
    /// What to do.
    #[command(subcommand)]
    pub verb: GitVerb,
}

/// What can be done to a repository.
#[derive(Debug, Subcommand)]
pub(super) enum GitVerb {
    /// Let differences name their clauses, and check before each commit; shows what it would write, and asks
    #[command(after_help = SETUP_EXAMPLES)]
    Setup(SetupArguments),
}

/// `clausal git setup`.
#[derive(Debug, Args)]
pub(super) struct SetupArguments {
    /// The folder that the hook checks: that of the collection
    #[arg(value_name = "PATH", default_value = ".", value_hint = clap::ValueHint::DirPath)]
    pub paths: Vec<PathBuf>,

    /// Write without asking
    #[arg(long, conflicts_with = "dry_run")]
    pub yes: bool,

    /// Show what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Take back what was written
    #[arg(long)]
    pub remove: bool,
}

/// `clausal explain`.
#[derive(Debug, Args)]
pub(super) struct ExplainArguments {
    /// The check, named as in its findings; without it, all checks are listed
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
}

/// `clausal schema`.
#[derive(Debug, Args)]
pub(super) struct SchemaArguments {
    /// `policy` and `collection` are what `build` writes, `rule` is a line of its `rules.jsonl`, `anchors` is its
    /// `anchors.json`, `findings` is its `findings.json` and what `check --format json` prints, `diff` is what
    /// `diff --format json` prints
    #[arg(value_name = "NAME")]
    pub name: SchemaName,
}

/// `clausal completions`.
#[derive(Debug, Args)]
pub(super) struct CompletionsArguments {
    /// The shell that is to complete
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

/// How findings are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    Human,
    Short,
    Json,
    Sarif,
    Github,
    Gitlab,
}

/// How changes are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ChangesFormat {
    #[value(alias = "terminal")]
    Human,
    Markdown,
    Html,
    Json,
}

/// What is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(super) enum Format {
    Html,
    Markdown,
    Json,
    Pdf,
}

impl Format {
    /// What is written where nobody says: what takes next to no time.
    pub const USUAL: [Format; 3] = [Format::Html, Format::Markdown, Format::Json];
}

/// The documents that have a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaName {
    Policy,
    Collection,
    Rule,
    Anchors,
    Findings,
    Diff,
}

fn date(text: &str) -> Result<Date, String> {
    let whole = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    match text.parse() {
        Ok(date) if whole => Ok(date),
        _ => Err("a day is written as year-month-day, as in 2026-03-17".to_owned()),
    }
}

#[cfg(test)]
mod tests;
