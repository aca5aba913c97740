//! A history of the example policies, made by hand and told step by step: each step is a commit, and what `clausal diff`
//! says of it is kept in `tests/changes/history`.

use std::path::Path;

use super::Repository;
use crate::suite::golden::golden;

/// A text of a file that a step replaces, and what it puts there.
type Edit = (&'static str, &'static str, &'static str);

const FAIRFIELD: &str = "policies/fairfield-trust.policy";

/// The edit that README shows: one clause asks more, one asks something else, one says the same in other words.
const THREE_CLAUSES: &[Edit] = &[
    (FAIRFIELD, "only when daily-use at most 30 minutes", "only when daily-use at most 20 minutes"),
    (FAIRFIELD, "| take more than 30 minutes a day;", "| take more than 20 minutes a day;"),
    (
        FAIRFIELD,
        "| When they learn of any {misuse of social media}, they should report it to the headteacher.",
        "| When they learn of any {misuse of social media}, they must report it to the headteacher or their {line manager}.",
    ),
    (
        FAIRFIELD,
        "rule staff should report misuse to headteacher",
        "rule staff must report misuse to headteacher or line-manager",
    ),
    (
        FAIRFIELD,
        "| {Social media} grows all the time, and with it its weight for the good name of the {Trust}.",
        "| {Social media} keeps growing, and so does its weight for the good name of the {Trust}.",
    ),
];

/// A word of the vocabulary that comes to lie below another: no policy is touched.
const TRAINEES_ARE_STAFF: &[Edit] = &[
    ("policies/school.policy", "\n  party trainee\n", "\n"),
    ("policies/school.policy", "\n    volunteer\n", "\n    volunteer\n    trainee\n"),
];

/// A clause gets another id, one is withdrawn, one stands elsewhere.
const MOVED_ABOUT: &[Edit] = &[
    (FAIRFIELD, "  clause removal {\n", "  clause taking-down was removal {\n"),
    (
        FAIRFIELD,
        "  clause contract {
    | This policy is no part of anybody's contract of employment, and the Trust may amend it at any time.

    rule trust may amend social-media-policy
  }
",
        "  withdrawn contract \"Said in the contracts themselves\"\n",
    ),
    (
        FAIRFIELD,
        "
  clause enquiries {
    | {Questions} about what this policy says or how it applies should go to the headteacher.

    rule staff should refer query to headteacher
  }
",
        "",
    ),
    (
        FAIRFIELD,
        "  clause all-staff {\n",
        "  clause enquiries {
    | {Questions} about what this policy says or how it applies should go to the headteacher.

    rule staff should refer query to headteacher
  }

  clause all-staff {\n",
    ),
];

/// A slip of the hand: one rule cannot be understood.
const BROKEN: &[Edit] = &[(FAIRFIELD, "rule manager must act-on misuse", "rule manager mut act-on misuse")];
const MENDED: &[Edit] = &[(FAIRFIELD, "rule manager mut act-on misuse", "rule manager must act-on misuse")];

/// What a branch changed meanwhile.
const ON_A_BRANCH: &[Edit] = &[(
    "policies/q3-academies.policy",
    "only when approved by 2 of (ceo, headteacher, hr-manager, it-manager)",
    "only when approved by 3 of (ceo, headteacher, hr-manager, it-manager)",
)];

const WITHDRAWN: &[Edit] = &[(FAIRFIELD, "  status       draft\n", "  status       withdrawn\n")];

impl Repository {
    /// The example policies, committed and tagged `agreed`.
    fn with_example_policies() -> Self {
        let repository = Repository::new();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies");
        for entry in std::fs::read_dir(folder).expect("the policies can be listed") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|kind| kind == "policy") {
                let name = path.file_name().expect("a name").to_string_lossy().into_owned();
                repository.folder.write(&format!("policies/{name}"), std::fs::read(path).expect("it can be read"));
            }
        }
        repository.commit("agreed");
        repository
    }

    /// Commits everything, and tags it.
    fn commit(&self, name: &str) {
        self.git("add -A");
        self.git(&format!("commit -q -m {name}"));
        self.git(&format!("tag {name}"));
    }

    #[track_caller]
    fn step(&self, name: &str, edits: &[Edit]) {
        for (path, from, to) in edits {
            let text = std::fs::read_to_string(self.folder.path(path)).expect("a policy can be read");
            assert_eq!(text.matches(from).count(), 1, "{name}: {from}");
            self.folder.write(path, text.replace(from, to));
        }
        self.commit(name);
    }

    #[track_caller]
    fn told(&self, arguments: &str, code: i32) -> String {
        let ran = self.run(&format!("diff {arguments}")).exits(code);
        assert_eq!(ran.err, "", "{arguments}");
        ran.out
    }
}

#[test]
fn a_history_is_told_step_by_step() {
    let it = Repository::with_example_policies();
    it.step("three-clauses", THREE_CLAUSES);
    it.step("trainees", TRAINEES_ARE_STAFF);
    it.step("moved-about", MOVED_ABOUT);
    it.step("broken", BROKEN);
    it.step("mended", MENDED);
    let told = |arguments: &str| it.told(arguments, 0);

    golden("changes/history/three-clauses.txt", &told("agreed..three-clauses -- policies"));
    golden("changes/history/three-clauses.md", &told("agreed..three-clauses --format markdown -- policies"));
    golden("changes/history/three-clauses.json", &told("agreed..three-clauses --format json -- policies"));
    golden("changes/history/for-staff.txt", &told("agreed..three-clauses --for staff -- policies"));
    golden("changes/history/undone.txt", &told("three-clauses..agreed -- policies"));
    let path = "policies/q3-academies.policy";
    golden("changes/history/trainees.txt", &told(&format!("three-clauses..trainees -- {path}")));
    golden("changes/history/trainees.md", &told("three-clauses..trainees --material --format markdown -- policies"));
    golden("changes/history/moved-about.txt", &told("trainees..moved-about -- policies"));
    golden("changes/history/broken.txt", &told("moved-about..broken -- policies"));
    golden("changes/history/mended.txt", &told("broken..mended -- policies"));
    assert_eq!(told("moved-about..mended -- policies"), it.told("moved-about mended --exit-code -- policies", 0));
    assert!(told("moved-about..mended -- policies").starts_with("nothing changed"));
    it.told("agreed..mended --exit-code -- policies", 1);
    it.told("trainees..moved-about --exit-code --material -- policies", 1);

    // A file that got another name and place holds the same policy.
    std::fs::create_dir_all(it.folder.path("policies/fairfield")).expect("a folder can be made");
    it.git(&format!("mv {FAIRFIELD} policies/fairfield/social-media.policy"));
    it.commit("another-place");
    it.told("mended..another-place --exit-code -- policies", 0);
    it.git(&format!("mv policies/fairfield/social-media.policy {FAIRFIELD}"));
    it.commit("back");

    // A merge, told against either of its parents; and what the branch itself changed.
    it.git("checkout -q -b branch agreed");
    it.step("on-a-branch", ON_A_BRANCH);
    it.git("checkout -q main");
    it.git("merge -q --no-ff -m merged branch");
    golden("changes/history/merged.txt", &told("HEAD^! -- policies"));
    let own = told("main^1...branch -- policies");
    assert!(own.contains("approved by 3 of") || own.contains("Q3"), "{own}");
    assert_eq!(
        told("agreed..on-a-branch -- policies").lines().skip(2).collect::<Vec<_>>(),
        own.lines().skip(2).collect::<Vec<_>>()
    );

    it.step("withdrawn", WITHDRAWN);
    golden("changes/history/withdrawn.txt", &told("HEAD^! --material -- policies"));
}

#[test]
fn what_is_told_does_not_hang_on_where_the_program_runs() {
    let it = Repository::with_example_policies();
    it.step("three-clauses", THREE_CLAUSES);
    let here = it.told("agreed..three-clauses --format json -- policies", 0);
    let mut below = it.clausal_at("policies", "diff agreed..three-clauses --format json");
    let below = it.folder.finish(&mut below).exits(0).out;
    assert_eq!(here.replace("policies/", ""), below.replace("policies/", ""));
    let mut threads = it.clausal_at("", "diff agreed..three-clauses --format json -- policies");
    threads.env("RAYON_NUM_THREADS", "1");
    assert_eq!(it.folder.finish(&mut threads).exits(0).out, here);
}
