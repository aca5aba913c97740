//! The example policies many times over, each time for trusts of their own: policies as long and as intricate as real ones.

use std::path::Path;

/// The files of so many policies: their names and their texts.
pub fn collection(policies: usize) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies");
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .expect("the policies can be listed")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "policy"))
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).expect("a policy can be read"))
        })
        .collect();
    files.sort();
    let (words, originals): (Vec<_>, Vec<_>) = files.into_iter().partition(|(name, _)| name == "school");
    let mut organisations = String::new();
    let mut made = Vec::with_capacity(policies + 1);
    for number in 0..policies {
        let (name, text) = &originals[number % originals.len()];
        let line =
            text.lines().find(|line| line.starts_with("  organisation")).expect("a policy names its organisation");
        let copy = format!("{name}-{number}");
        organisations.push_str(&format!("  organisation {copy} \"{copy}\"\n"));
        made.push((format!("{copy}.policy"), text.replacen(line, &format!("  organisation {copy}"), 1)));
    }
    for (name, text) in words {
        made.push((format!("{name}.policy"), text.replacen("{\n", &format!("{{\n{organisations}"), 1)));
    }
    made
}
