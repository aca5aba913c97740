//! The settings of a collection and the options that say how much findings weigh.

use super::Folder;

/// A collection in which one word is unused, which is a warning.
fn unused() -> Folder {
    let folder = Folder::with_policies();
    folder.write("policies/more.policy", "vocabulary more {\n  party visitor\n}\n");
    folder
}

fn with_settings(text: &str) -> Folder {
    let folder = unused();
    folder.write("policies/clausal.toml", text);
    folder
}

#[test]
fn settings_give_findings_their_weight() {
    unused().run("check policies").exits(0).says(&["warning[unused-word]"]);
    with_settings("[checks]\nunused-word = \"error\"\n").run("check policies").exits(1).says(&["error[unused-word]"]);
    with_settings("[checks]\nnames = \"note\"\n").run("check policies").exits(0).says(&["note[unused-word]"]);
    with_settings("[checks]\nunused-word = \"off\"\n").run("check policies").exits(0).says(&["no findings"]);
    let folder = with_settings("[checks]\nunused-word = \"error\"\n");
    folder.run("check policies/more.policy policies/vocabulary.policy policies/mobile-phones.policy").exits(1);
}

#[test]
fn options_win_over_settings() {
    let folder = with_settings("[checks]\nunused-word = \"off\"\n");
    folder.run("check policies --deny unused-word").exits(1);
    folder.run("check policies --warn names").exits(0).says(&["warning[unused-word]"]);
    folder.run("check policies --deny names --allow unused-word").exits(0).says(&["no findings"]);
    let folder = unused();
    folder.run("check policies --deny warnings").exits(1);
    folder.run("check policies --deny=all --allow=names").exits(0).says(&["no findings"]);
    folder.run("check policies --allow unused-word,review-overdue").exits(0).says(&["no findings"]);
}

#[test]
fn unknown_names_get_a_suggestion() {
    let folder = unused();
    let ran = folder.run("check policies --deny unusedword --allow wether").exits(2);
    assert!(ran.out.is_empty());
    assert!(
        ran.err.contains("error: --deny unusedword: `unusedword` is not a check\n  help: did you mean"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("--allow wether: `wether` is not a check"), "{}", ran.err);
    folder.run("check policies --allow syntax").exits(2).complains(&["findings of `syntax` are always errors"]);
    folder.run("check policies --allow names --deny names").exits(2).complains(&["another option says otherwise"]);
}

#[test]
fn mistakes_in_the_settings_are_told_with_their_places() {
    let text = "colour = \"red\"\n\n[checks]\nunused-wrd = \"off\"\nunused-word = \"fatal\"\nsyntax = \"off\"\n\n[output]\nfoldr = \
                \"x\"\nformats = [\"html\", \"marcdown\"]\ntemplates = 3\n";
    let ran = with_settings(text).run("check policies").exits(2);
    let told = "\
error: policies/clausal.toml:1:1: `colour` is not a setting
  help: there are `checks`, `output`, `site`
error: policies/clausal.toml:4:1: `unused-wrd` is not a check
  help: did you mean `unused-word`?
error: policies/clausal.toml:5:15: `unused-word` is one of \"error\", \"warning\", \"note\", \"off\"
error: policies/clausal.toml:6:10: findings of `syntax` are always errors
  help: text that cannot be read would be passed over without a word; mend it instead
error: policies/clausal.toml:9:1: `foldr` is not a setting of [output]
  help: did you mean `folder`?
error: policies/clausal.toml:10:20: a format is one of \"html\", \"markdown\", \"json\", \"pdf\"
  help: did you mean \"markdown\"?
error: policies/clausal.toml:11:13: `templates` is the path of a folder, seen from this file
  help: write it in quotes, with `/` between its parts
";
    assert_eq!(ran.err, told);
}

#[test]
fn mistakes_in_who_publishes_are_told_with_their_places() {
    let text = "[site]\nname = \"\"\ncolor = \"#123456\"\nlogo = \"logo.gif\"\ncolour = \"#ffdd00\"\n";
    let folder = with_settings(text);
    folder.write("policies/logo.gif", "GIF89a");
    let told = "\
error: policies/clausal.toml:2:8: `name` is what the publisher is called
  help: write it in quotes, on one line: \"North Shires Trust\"
error: policies/clausal.toml:3:1: `color` is not a setting of [site]
  help: did you mean `colour`?
error: policies/clausal.toml:4:8: the logo `policies/logo.gif` is no picture that can be shown
  help: a logo is an SVG, a PNG or a JPEG file
error: policies/clausal.toml:5:10: the colour #ffdd00 is too light to be read: its contrast with white is 1.34 to 1, and text \
needs 4.5 to 1, on light grey too (WCAG 2.2)
  help: the nearest shade of it that can be read is \"#827000\"
";
    assert_eq!(folder.run("build policies").exits(2).err, told);
    let missing = with_settings("[site]\nlogo = \"nowhere.svg\"\ncolour = \"green\"\n").run("check policies").exits(2);
    assert!(
        missing.err.contains(":2:8: `policies/nowhere.svg` cannot be read: there is no such file"),
        "{}",
        missing.err
    );
    assert!(missing.err.contains(":3:10: `colour` is the colour of the publisher"), "{}", missing.err);
}

#[test]
fn settings_that_are_no_toml_are_told_with_their_line() {
    let ran = with_settings("[checks]\nunused-word = off\n").run("check policies").exits(2);
    assert!(ran.err.starts_with("error: policies/clausal.toml:2:"), "{}", ran.err);
    let ran = with_settings("[checks\n").run("check policies").exits(2);
    assert!(ran.err.starts_with("error: policies/clausal.toml:1:"), "{}", ran.err);
    let folder = unused();
    folder.write("policies/clausal.toml", b"[checks]\n# caf\xe9\n");
    folder.run("check policies").exits(2).complains(&["`policies/clausal.toml` is no text in UTF-8: line 2"]);
}

#[test]
fn settings_of_a_second_folder_are_left_aside_and_told() {
    let folder = unused();
    folder.write("second/clausal.toml", "[checks]\nunused-word = \"off\"\n");
    folder.write("second/more.policy", "vocabulary second {\n  party lodger\n}\n");
    let ran = folder.run("check policies second").exits(0).says(&["warning[unused-word]"]);
    assert!(ran.err.contains("warning: `second/clausal.toml` is left aside"), "{}", ran.err);
}
