//! What a browser makes of the pages.

use std::process::Command;

use super::site::Site;
use super::tools::{run, tools};

#[test]
fn a_browser_shows_every_page_without_scrolling_sideways() {
    let Some(tool) = tools(&["chromium"]) else { return };
    let site = Site::policies();
    for path in &site.pages {
        // A frame has the width of a telephone whatever the window has.
        let frame = site.folder.path().join("frame.html");
        let page = format!(
            "<body><iframe id=f src='{path}' style='width:360px;height:800px'></iframe><p id=o></p><script>\
             f.onload=()=>{{let d=f.contentDocument.documentElement;\
             o.textContent='widths '+d.scrollWidth+' '+d.clientWidth+' '+getComputedStyle(\
             f.contentDocument.querySelector('h1')).fontWeight}}</script>"
        );
        std::fs::write(&frame, page).expect("the frame can be written");
        let dom = run(Command::new(&tool[0])
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"])
            .args(["--virtual-time-budget=5000", "--dump-dom"])
            .arg(format!("file://{}", frame.display())));
        let widths = dom.split("<p id=\"o\">widths ").nth(1).and_then(|rest| rest.split('<').next());
        let widths: Vec<u32> = widths.unwrap_or("").split(' ').filter_map(|number| number.parse().ok()).collect();
        let &[wide, seen, _] = widths.as_slice() else { panic!("{path} was not shown: {dom}") };
        assert!(seen > 300 && wide <= seen, "{path} is {wide} pixels wide in a window of {seen}");
        let picture = site.folder.path().join("picture.png");
        run(Command::new(&tool[0])
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--window-size=1280,1000"])
            .arg(format!("--screenshot={}", picture.display()))
            .arg(format!("file://{}", site.folder.path().join(path).display())));
        let size = std::fs::metadata(&picture).map_or(0, |it| it.len());
        assert!(size > 10_000, "{path}: a picture of {size} bytes shows nothing");
        std::fs::remove_file(picture).expect("the picture can be removed");
    }
}
