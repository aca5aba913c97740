//! stub
use super::super::{args::Format, failure::Failure, output::Output, pipeline::Run};
pub(super) fn write(_: &Run, f: &[Format], _: Option<&std::path::Path>, _: bool, o: &Output) -> Result<(), Failure> {
    for x in f {
        o.write(&format!("{x:?}.txt"), b"x")?;
    }
    o.write("index.html", b"<p>")
}
